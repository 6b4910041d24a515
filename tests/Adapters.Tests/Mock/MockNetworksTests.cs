using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Mock;

public sealed class MockNetworksTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task One_key_creates_one_network_and_its_servers_live_in_it()
    {
        await using var pool = new MockPool();
        var network = await pool.CreateNetworkAsync("n-1", "10.20.0.0/29");
        Assert.Equal(network, await pool.CreateNetworkAsync("n-1", "10.20.0.0/29"));
        Assert.Equal(network, await pool.Adapter.Networks!.FindAsync(new OperationKey("n-1"), None));
        Assert.Equal(network, await pool.Adapter.Networks!.GetAsync(network.Id, None));
        Assert.Equal(network, Assert.Single(await pool.Adapter.Inventory!.ListNetworksAsync(None).ToListAsync(None)));

        foreach (var number in Enumerable.Range(1, 5))
        {
            await pool.CreateServerAsync($"k-{number}", network: network.Id);
        }

        var addresses = (await pool.ServersAsync()).SelectMany(server => server.Addresses).ToList();
        Assert.Equal(["10.20.0.2", "10.20.0.3", "10.20.0.4", "10.20.0.5", "10.20.0.6"], addresses);
        await MockPool.FailsAsync(FailureKind.NoCapacity, () => pool.CreateServerAsync("k-6", network: network.Id));
    }

    [Theory]
    [InlineData("not a range", "ten")]
    [InlineData("host bits are set", "10.20.0.1/24")]
    [InlineData("not IPv4", "fd00::/64")]
    [InlineData("too small", "10.20.0.0/30")]
    public async Task Refuses_a_wrong_range(string because, string cidr)
    {
        await using var pool = new MockPool();
        var failure = await MockPool.FailsAsync(FailureKind.InvalidRequest, () => pool.CreateNetworkAsync("n-1", cidr));
        Assert.True(failure.Message.Contains(cidr, StringComparison.Ordinal), because);
    }

    [Fact]
    public async Task A_network_with_servers_is_not_deleted()
    {
        await using var pool = new MockPool();
        var network = (await pool.CreateNetworkAsync()).Id;
        var server = (await pool.CreateServerAsync(network: network)).Id;
        await MockPool.FailsAsync(FailureKind.Conflict, () => pool.Adapter.Networks!.DeleteAsync(network, None));
        await pool.Adapter.Servers!.DeleteAsync(server, None);
        await pool.Adapter.Networks!.DeleteAsync(network, None);
        await pool.Adapter.Networks!.DeleteAsync(network, None);
        await MockPool.FailsAsync(FailureKind.NotFound, () => pool.Adapter.Networks!.GetAsync(network, None));
    }

    [Fact]
    public async Task One_key_allocates_one_address_and_bandwidth_can_change()
    {
        await using var pool = new MockPool();
        var address = await pool.CreateAddressAsync("a-1");
        Assert.Equal(address, await pool.CreateAddressAsync("a-1"));
        Assert.NotEqual(address.Address, (await pool.CreateAddressAsync("a-2")).Address);
        Assert.Equal(address, await pool.Adapter.Addresses!.FindAsync(new OperationKey("a-1"), None));
        Assert.Equal(2, await pool.Adapter.Inventory!.ListAddressesAsync(None).CountAsync(None));

        await pool.Adapter.Addresses!.SetBandwidthAsync(address.Id, 20, None);
        Assert.Equal(20, (await pool.Adapter.Addresses!.GetAsync(address.Id, None)).BandwidthMbps);
        await MockPool.FailsAsync(
            FailureKind.InvalidRequest,
            () => pool.Adapter.Addresses!.SetBandwidthAsync(address.Id, 0, None)
        );

        await pool.Adapter.Addresses!.DeleteAsync(address.Id, None);
        await pool.Adapter.Addresses!.DeleteAsync(address.Id, None);
        await MockPool.FailsAsync(FailureKind.NotFound, () => pool.Adapter.Addresses!.GetAsync(address.Id, None));
    }

    [Fact]
    public async Task An_address_is_bound_to_one_server()
    {
        await using var pool = new MockPool();
        var address = (await pool.CreateAddressAsync()).Id;
        var server = (await pool.CreateServerAsync("k-1")).Id;
        var other = (await pool.CreateServerAsync("k-2")).Id;
        await pool.Adapter.Binding!.BindAsync(address, server, None);
        await pool.Adapter.Binding!.BindAsync(address, server, None);
        Assert.Equal(server, (await pool.Adapter.Addresses!.GetAsync(address, None)).BoundTo);
        await MockPool.FailsAsync(FailureKind.Conflict, () => pool.Adapter.Binding!.BindAsync(address, other, None));
        await pool.Adapter.Binding!.UnbindAsync(address, None);
        await pool.Adapter.Binding!.UnbindAsync(address, None);
        await pool.Adapter.Binding!.BindAsync(address, other, None);
        Assert.Equal(other, (await pool.Adapter.Addresses!.GetAsync(address, None)).BoundTo);
    }
}

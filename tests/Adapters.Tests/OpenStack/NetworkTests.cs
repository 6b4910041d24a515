using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>A tenant network is made in parts: each crash between them is made good, and all of them go again.</summary>
public sealed class NetworkTests
{
    private const string Root = "/network/v2.0";
    private const string Note = "cloudmanager cm-1-3 10.9.0.0/24";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationKey Key = new("cm-1-3");
    private static readonly NativeId Id = new("net-1");

    [Fact]
    public async Task A_network_comes_with_subnet_and_router_in_this_order_all_under_its_key()
    {
        await using var cloud = Empty();

        var network = await cloud.Adapter.Networks!.CreateAsync(new NetworkSpec("n", "10.9.0.0/24"), Key, None);

        Assert.Equal(
            (Id, CloudState.Active, "10.9.0.0/24", Key),
            (network.Id, network.State, network.Cidr, network.Key)
        );
        Assert.Equal(["networks", "subnets", "routers", "add_router_interface"], Changes(cloud));
        Assert.All(
            cloud.Calls.Where(call => call.Method == "POST" && call.Path.StartsWith(Root, StringComparison.Ordinal)),
            call => Assert.Contains(Note, call.Body, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_network_whose_making_was_cut_off_is_finished_when_it_is_found()
    {
        await using var cloud = Empty();
        cloud.Always($"GET {Root}/networks", new WireAnswer(200, Networks(Note)));

        var network = await cloud.Adapter.Networks!.FindAsync(Key, None);

        Assert.Equal((Id, CloudState.Active), (network!.Id, network.State));
        Assert.Equal(["subnets", "routers", "add_router_interface"], Changes(cloud));
    }

    [Fact]
    public async Task A_network_that_cannot_be_finished_is_taken_away_again()
    {
        await using var cloud = Empty();
        cloud.Always(
            $"POST {Root}/routers",
            new WireAnswer(409, """{"NeutronError": {"type": "OverQuota", "message": "routers", "detail": ""}}""")
        );

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            cloud.Adapter.Networks!.CreateAsync(new NetworkSpec("n", "10.9.0.0/24"), Key, None)
        );

        Assert.Equal(FailureKind.QuotaExceeded, failure.Kind);
        Assert.Equal(1, cloud.Count($"DELETE {Root}/networks/net-1"));
    }

    [Fact]
    public async Task A_network_of_somebody_else_has_no_key()
    {
        await using var cloud = Empty();
        cloud.Always($"GET {Root}/networks", new WireAnswer(200, Networks("test network")));

        Assert.Null(await cloud.Adapter.Networks!.FindAsync(Key, None));
        var listed = await cloud.Adapter.Inventory!.ListNetworksAsync(None).ToListAsync(None);
        Assert.All(listed, network => Assert.Null(network.Key));
        Assert.Contains(listed, network => network.Id == Id);
    }

    [Theory]
    [InlineData("its router was made for it", Note, "remove_router_interface,router-1,net-1")]
    [InlineData("its router serves others too", "the big one", "remove_router_interface,net-1")]
    public async Task A_network_goes_after_its_routers_interface(string because, string router, string calls)
    {
        await using var cloud = Empty();
        cloud
            .Always($"GET {Root}/ports", Ports("network:dhcp", "network:router_interface"))
            .Always($"GET {Root}/routers/router-1", Router(router));

        await cloud.Adapter.Networks!.DeleteAsync(Id, None);

        Assert.True(calls == string.Join(',', Changes(cloud)), $"{because}: {string.Join(',', Changes(cloud))}");
    }

    [Fact]
    public async Task A_network_with_servers_stays_whole()
    {
        await using var cloud = Empty();
        cloud.Always($"GET {Root}/ports", Ports("network:router_interface", "compute:nova"));

        var failure = await Assert.ThrowsAsync<AdapterException>(() => cloud.Adapter.Networks!.DeleteAsync(Id, None));

        Assert.Equal(FailureKind.Conflict, failure.Kind);
        Assert.Empty(Changes(cloud));
    }

    [Theory]
    [InlineData("it is bound to this server", "server-1", null, 0)]
    [InlineData("it is bound to another", "server-2", FailureKind.Conflict, 0)]
    [InlineData("it is free", "", null, 1)]
    public async Task An_address_is_bound_to_the_servers_port_once(
        string because,
        string holder,
        FailureKind? kind,
        int calls
    )
    {
        await using var cloud = Empty();
        var port = holder.Length == 0 ? "null" : $$"""{"device_id": "{{holder}}"}""";
        var body = $$$"""
            {"floatingip": {"id": "f", "floating_ip_address": "172.30.0.9", "status": "DOWN", "description": "",
             "port_id": {{{(holder.Length == 0 ? "null" : "\"p\"")}}}, "port_details": {{{port}}}}}
            """;
        cloud
            .Always($"GET {Root}/floatingips/f", new WireAnswer(200, body))
            .Always($"PUT {Root}/floatingips/f", new WireAnswer(200, "{}"))
            .Always($"GET {Root}/ports", Ports("compute:nova"));

        var failure = await Record.ExceptionAsync(() =>
            cloud.Adapter.Binding!.BindAsync(new NativeId("f"), new NativeId("server-1"), None)
        );

        Assert.True(kind == (failure as AdapterException)?.Kind, because);
        Assert.Equal(calls, cloud.Count($"PUT {Root}/floatingips/f"));
    }

    /// <summary>A project without networks, where everything may be made.</summary>
    private static ScriptedCloud Empty() =>
        new ScriptedCloud()
            .Always($"POST {Root}/networks", new WireAnswer(201, $$$"""{"network": {{{Network(Note)}}}}"""))
            .Always($"GET {Root}/networks/net-1", new WireAnswer(200, $$$"""{"network": {{{Network(Note)}}}}"""))
            .Always($"DELETE {Root}/networks/net-1", new WireAnswer(204, ""))
            .Always($"GET {Root}/subnets", new WireAnswer(200, """{"subnets": []}"""))
            .Always(
                $"POST {Root}/subnets",
                new WireAnswer(
                    201,
                    """{"subnet": {"id": "sub-1", "network_id": "net-1", "cidr": "10.9.0.0/24", "ip_version": 4}}"""
                )
            )
            .Always($"GET {Root}/ports", new WireAnswer(200, """{"ports": []}"""))
            .Always($"GET {Root}/routers", new WireAnswer(200, """{"routers": []}"""))
            .Always($"POST {Root}/routers", Router(Note))
            .Always($"DELETE {Root}/routers/router-1", new WireAnswer(204, ""))
            .Always($"PUT {Root}/routers/router-1/add_router_interface", new WireAnswer(200, "{}"))
            .Always($"PUT {Root}/routers/router-1/remove_router_interface", new WireAnswer(200, "{}"));

    private static string Network(string description) =>
        $$"""{"id": "net-1", "name": "n", "status": "ACTIVE", "description": "{{description}}", "router:external": false}""";

    private static string Networks(string description) =>
        $$$"""
            {"networks": [{{{Network(description)}}},
             {"id": "ext", "name": "public", "status": "ACTIVE", "description": "", "router:external": true}]}
            """;

    private static WireAnswer Router(string description) =>
        new(200, $$$"""{"router": {"id": "router-1", "description": "{{{description}}}"}}""");

    private static WireAnswer Ports(params string[] owners)
    {
        var ports = owners.Select(owner =>
            $$"""{"id": "p-{{owner}}", "device_id": "router-1", "device_owner": "{{owner}}", "fixed_ips": [{"ip_address": "10.9.0.5"}]}"""
        );
        return new WireAnswer(200, $$$"""{"ports": [{{{string.Join(",", ports)}}}]}""");
    }

    /// <summary>What was changed, by the last word of each call's path.</summary>
    private static List<string> Changes(ScriptedCloud cloud) =>
        [
            .. cloud
                .Calls.Where(call => call.Method != "GET" && call.Path.StartsWith(Root, StringComparison.Ordinal))
                .Select(call => call.Path.Split('/')[^1]),
        ];
}

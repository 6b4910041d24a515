using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Mock;

public sealed class MockServersTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_server_is_pending_when_created_and_active_at_the_next_look()
    {
        await using var pool = new MockPool();
        var created = await pool.CreateServerAsync("k-1", "m4-16");
        Assert.Equal(CloudState.Pending, created.State);
        Assert.Empty(created.Addresses);

        var seen = await pool.Adapter.Servers!.GetAsync(created.Id, None);
        Assert.Equal(CloudState.Active, seen.State);
        Assert.Equal(new ServerSize(4, 16), seen.Size);
        Assert.Equal("k-1", seen.Key!.Value.Value);
        Assert.StartsWith("10.", Assert.Single(seen.Addresses), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_stays_pending_for_createSeconds_of_machine_time()
    {
        await using var pool = new MockPool("""{"createSeconds": 30}""");
        var created = await pool.CreateServerAsync();
        pool.Business.Advance(TimeSpan.FromDays(1));
        pool.Machine.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(CloudState.Pending, (await pool.Adapter.Servers!.GetAsync(created.Id, None)).State);
        await MockPool.FailsAsync(FailureKind.Conflict, () => pool.Adapter.Power!.StopAsync(created.Id, None));

        pool.Machine.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(CloudState.Active, (await pool.Adapter.Servers!.GetAsync(created.Id, None)).State);
    }

    [Fact]
    public async Task One_key_creates_one_server()
    {
        await using var pool = new MockPool();
        var first = await pool.CreateServerAsync("k-1");
        var again = await pool.CreateServerAsync("k-1");
        var other = await pool.CreateServerAsync("k-2");

        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, other.Id);
        Assert.Equal(2, (await pool.ServersAsync()).Count);
        Assert.Equal(first.Id, (await pool.Adapter.Servers!.FindAsync(new OperationKey("k-1"), None))!.Id);
        Assert.Null(await pool.Adapter.Servers!.FindAsync(new OperationKey("k-3"), None));
    }

    public static TheoryData<string, ServerSpec> Wrong() =>
        new()
        {
            { "an unknown flavour", MockPool.Server() with { Flavour = "m3-7" } },
            { "an unknown image", MockPool.Server() with { Image = "templeos" } },
            { "an unknown network", MockPool.Server() with { Network = new NativeId("nowhere") } },
            { "an empty name", MockPool.Server() with { Name = "" } },
            { "a name of 64 characters", MockPool.Server() with { Name = new string('x', 64) } },
            { "no system disk", MockPool.Server() with { SystemDiskGiB = 0 } },
        };

    [Theory, MemberData(nameof(Wrong))]
    public async Task Refuses_a_wrong_specification(string because, ServerSpec spec)
    {
        await using var pool = new MockPool();
        var key = new OperationKey("k-1");
        var failure = await MockPool.FailsAsync(
            FailureKind.InvalidRequest,
            () => pool.Adapter.Servers!.CreateAsync(spec, key, None)
        );
        Assert.Equal("Mock.InvalidRequest", failure.ProviderCode);
        Assert.True((await pool.ServersAsync()).Count == 0, because);
    }

    [Fact]
    public async Task Power_is_switched_and_asking_twice_is_success()
    {
        await using var pool = new MockPool();
        var id = (await pool.CreateServerAsync()).Id;
        await pool.Adapter.Power!.StopAsync(id, None);
        await pool.Adapter.Power!.StopAsync(id, None);
        Assert.Equal(CloudState.Stopped, (await pool.Adapter.Servers!.GetAsync(id, None)).State);

        await pool.Adapter.Power!.StartAsync(id, None);
        await pool.Adapter.Power!.RebootAsync(id, None);
        Assert.Equal(CloudState.Active, (await pool.Adapter.Servers!.GetAsync(id, None)).State);
        await MockPool.FailsAsync(FailureKind.NotFound, () => pool.Adapter.Power!.StartAsync(new NativeId("x"), None));
    }

    [Fact]
    public async Task A_resize_changes_what_runs_and_what_is_taken()
    {
        await using var pool = new MockPool();
        var id = (await pool.CreateServerAsync()).Id;
        await pool.Adapter.Resizing!.ResizeAsync(id, "m8-32", new ServerSize(8, 32), None);
        await pool.Adapter.Resizing!.ResizeAsync(id, "m8-32", new ServerSize(8, 32), None);

        Assert.Equal(new ServerSize(8, 32), (await pool.Adapter.Servers!.GetAsync(id, None)).Size);
        var capacity = await pool.Adapter.Capacity!.GetAsync(None);
        Assert.Equal((8L, 32L, 40L), (capacity.VcpusUsed, capacity.MemoryGiBUsed, capacity.StorageGiBUsed));
        Assert.Null(capacity.VcpusTotal);
        await MockPool.FailsAsync(
            FailureKind.InvalidRequest,
            () => pool.Adapter.Resizing!.ResizeAsync(id, "big", new ServerSize(8, 32), None)
        );
    }

    [Fact]
    public async Task A_pool_may_resize_stopped_servers_only()
    {
        await using var pool = new MockPool("""{"resizeNeedsStop": true}""");
        Assert.True(pool.Adapter.Info.Limits.ResizeNeedsStop);
        var id = (await pool.CreateServerAsync()).Id;
        Task ResizeAsync() => pool.Adapter.Resizing!.ResizeAsync(id, "m1-1", new ServerSize(1, 1), None);
        await MockPool.FailsAsync(FailureKind.Conflict, ResizeAsync);
        await pool.Adapter.Power!.StopAsync(id, None);
        await ResizeAsync();
        Assert.Equal(new ServerSize(1, 1), (await pool.Adapter.Servers!.GetAsync(id, None)).Size);
    }

    [Fact]
    public async Task Deleting_a_server_frees_its_volumes_and_addresses_and_deleting_again_is_success()
    {
        await using var pool = new MockPool();
        var server = (await pool.CreateServerAsync()).Id;
        var volume = (await pool.CreateVolumeAsync()).Id;
        var address = (await pool.CreateAddressAsync()).Id;
        await pool.Adapter.Attachment!.AttachAsync(volume, server, None);
        await pool.Adapter.Binding!.BindAsync(address, server, None);

        await pool.Adapter.Servers!.DeleteAsync(server, None);
        await pool.Adapter.Servers!.DeleteAsync(server, None);

        Assert.Null((await pool.Adapter.Volumes!.GetAsync(volume, None)).AttachedTo);
        Assert.Null((await pool.Adapter.Addresses!.GetAsync(address, None)).BoundTo);
        await MockPool.FailsAsync(FailureKind.NotFound, () => pool.Adapter.Servers!.GetAsync(server, None));
        Assert.Null(await pool.Adapter.Servers!.FindAsync(new OperationKey("k-1"), None));
        Assert.Equal(100, (await pool.Adapter.Capacity!.GetAsync(None)).StorageGiBUsed);
    }

    [Theory]
    [InlineData("cores are used up", """{"capacity": {"vcpus": 3}}""")]
    [InlineData("memory is used up", """{"capacity": {"memoryGiB": 7}}""")]
    [InlineData("storage is used up", """{"capacity": {"storageGiB": 79}}""")]
    public async Task A_full_pool_has_no_capacity_for_a_second_server(string because, string settings)
    {
        await using var pool = new MockPool(settings);
        var first = await pool.CreateServerAsync("k-1");
        await MockPool.FailsAsync(FailureKind.NoCapacity, () => pool.CreateServerAsync("k-2"));
        await pool.Adapter.Servers!.DeleteAsync(first.Id, None);
        Assert.True((await pool.CreateServerAsync("k-2")).Id != first.Id, because);
    }

    [Fact]
    public async Task Offers_its_table_of_flavours_and_its_images()
    {
        await using var pool = new MockPool();
        var flavours = await pool.Adapter.Offerings!.ListFlavoursAsync(None).ToListAsync(None);
        var images = await pool.Adapter.Offerings!.ListImagesAsync(None).ToListAsync(None);

        Assert.Equal(28, flavours.Count);
        Assert.Contains(new CloudFlavour("m64-512", new ServerSize(64, 512)), flavours);
        Assert.Equal(
            ["kylin-v10-x86", "kylin-v10-arm", "uos-20", "openeuler-22.03", "centos-7.9", "windows-2019"],
            images.Select(image => image.Id)
        );
    }
}

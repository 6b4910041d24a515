using System.Text;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Mock;

public sealed class MockStateTests
{
    private const string Remembering = """{"state": "cloud/mock.state"}""";

    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly FileStreamOptions Appending = new()
    {
        Mode = FileMode.Append,
        Access = FileAccess.Write,
        Share = FileShare.ReadWrite,
    };

    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        await using var pool = new MockPool(Remembering);
        var network = await pool.CreateNetworkAsync();
        var server = await pool.CreateServerAsync(network: network.Id);
        var volume = await pool.CreateVolumeAsync();
        var address = await pool.CreateAddressAsync();
        var stopped = await pool.CreateServerAsync("k-2");
        await pool.Adapter.Attachment!.AttachAsync(volume.Id, server.Id, None);
        await pool.Adapter.Binding!.BindAsync(address.Id, server.Id, None);
        await pool.Adapter.Power!.StopAsync(stopped.Id, None);
        await pool.Adapter.Resizing!.ResizeAsync(stopped.Id, "m8-8", new ServerSize(8, 8), None);
        var before = await StoryAsync(pool);

        await pool.RestartAsync();
        Assert.Equal(before, await StoryAsync(pool));
        await pool.RestartAsync();
        Assert.Equal(before, await StoryAsync(pool));
        Assert.Equal(server.Id, (await pool.CreateServerAsync("k-1")).Id);
        await MockPool.FailsAsync(FailureKind.Conflict, () => pool.Adapter.Networks!.DeleteAsync(network.Id, None));
    }

    [Fact]
    public async Task Identifiers_are_never_given_twice_even_after_deletion_and_restart()
    {
        await using var pool = new MockPool(Remembering);
        var ids = new HashSet<string>();
        for (var round = 0; round < 3; round++)
        {
            var server = await pool.CreateServerAsync();
            var volume = await pool.CreateVolumeAsync();
            var address = await pool.CreateAddressAsync();
            var network = await pool.CreateNetworkAsync();
            await pool.Adapter.Servers!.DeleteAsync(server.Id, None);
            await pool.Adapter.Volumes!.DeleteAsync(volume.Id, None);
            await pool.Adapter.Addresses!.DeleteAsync(address.Id, None);
            await pool.Adapter.Networks!.DeleteAsync(network.Id, None);
            ids.UnionWith([server.Id.Value, volume.Id.Value, address.Id.Value, network.Id.Value]);
            await pool.RestartAsync();
        }

        Assert.Equal(12, ids.Count);
        Assert.Contains("mock-t-vol-3", ids);
        Assert.Empty(await pool.ServersAsync());
    }

    [Fact]
    public async Task A_create_is_on_disk_when_it_returns_and_when_its_answer_is_lost()
    {
        await using var pool = new MockPool(
            """{"state": "s", "faults": {"createVolume": {"kind": "timeoutAfterSuccess", "probability": 1}}}"""
        );
        await pool.CreateServerAsync("k-77");
        Assert.Contains("k-77", Read(pool), StringComparison.Ordinal);
        await MockPool.FailsAsync(FailureKind.Unavailable, () => pool.CreateVolumeAsync("v-77"));
        Assert.Contains("v-77", Read(pool), StringComparison.Ordinal);

        await pool.RestartAsync();
        Assert.NotNull(await pool.Adapter.Volumes!.FindAsync(new OperationKey("v-77"), None));
    }

    [Fact]
    public async Task A_torn_last_line_never_happened()
    {
        await using var pool = new MockPool("""{"state": "s"}""");
        await pool.CreateServerAsync("k-1");
        await pool.CreateServerAsync("k-2");
        await pool.Adapter.DisposeAsync();
        var whole = await File.ReadAllBytesAsync(pool.Folder.File("s"), None);
        var lastLine = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;

        for (var length = lastLine; length < whole.Length; length += 20)
        {
            await File.WriteAllBytesAsync(pool.Folder.File("s"), whole[..length], None);
            await pool.RestartAsync();
            Assert.Equal("k-1", Assert.Single(await pool.ServersAsync()).Key!.Value.Value);
            await pool.CreateServerAsync("k-3");
            await pool.RestartAsync();
            Assert.Equal(2, (await pool.ServersAsync()).Count);
            await pool.Adapter.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_broken_line_in_the_middle_stops_the_pool_and_is_named()
    {
        await using var pool = new MockPool("""{"state": "s"}""");
        await pool.CreateServerAsync("k-1");
        await pool.Adapter.DisposeAsync();
        var lines = (await File.ReadAllLinesAsync(pool.Folder.File("s"), None)).ToList();
        lines.Insert(1, """{"change": "serv""");
        await File.WriteAllLinesAsync(pool.Folder.File("s"), lines, None);
        var failure = Assert.Throws<AdapterException>(() => pool.Make());
        Assert.Contains("Line 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journal_is_compacted_when_it_is_opened()
    {
        await using var pool = new MockPool("""{"state": "s"}""");
        var id = (await pool.CreateServerAsync()).Id;
        for (var turn = 0; turn < 20; turn++)
        {
            var volume = await pool.CreateVolumeAsync($"v-{turn}");
            await pool.Adapter.Volumes!.DeleteAsync(volume.Id, None);
        }

        await pool.RestartAsync();
        Assert.Equal(2, Read(pool).Count(character => character == '\n'));
        Assert.Equal(id, Assert.Single(await pool.ServersAsync()).Id);
    }

    [Fact]
    public async Task Two_processes_make_each_server_once_and_under_a_number_of_its_own()
    {
        await using var pool = new MockPool("""{"state": "s"}""");
        await using var second = pool.Make();
        var created = await Task.WhenAll(CreateManyAsync(pool.Adapter), CreateManyAsync(second));
        Assert.Equal(100, created.SelectMany(ids => ids).Distinct().Count());

        // Each asks for what the other made.
        var again = await Task.WhenAll(CreateManyAsync(pool.Adapter, created[1]), CreateManyAsync(second, created[0]));
        Assert.Equal(created[1], again[0]);
        Assert.Equal(created[0], again[1]);

        var expected = Enumerable.Range(1, 100).Select(number => $"mock-t-srv-{number}").Order();
        foreach (var adapter in new[] { pool.Adapter, second })
        {
            var servers = await adapter.Inventory!.ListServersAsync(None).ToListAsync(None);
            Assert.Equal(expected, servers.Select(server => server.Id.Value).Order());
            Assert.Equal(100, servers.SelectMany(server => server.Addresses).Distinct().Count());
        }
    }

    [Fact]
    public async Task One_process_sees_at_once_what_the_other_did()
    {
        await using var pool = new MockPool("""{"state": "s"}""");
        await using var second = pool.Make();
        var server = await pool.CreateServerAsync();
        var volume = await second.Volumes!.CreateAsync(new VolumeSpec("d", 10, "ssd"), new OperationKey("v-1"), None);
        await second.Attachment!.AttachAsync(volume.Id, server.Id, None);
        await second.Power!.StopAsync(server.Id, None);

        Assert.Equal(CloudState.Stopped, (await pool.Adapter.Servers!.GetAsync(server.Id, None)).State);
        Assert.Equal(server.Id, (await pool.Adapter.Volumes!.GetAsync(volume.Id, None)).AttachedTo);
        await pool.Adapter.Servers.DeleteAsync(server.Id, None);
        await MockPool.FailsAsync(FailureKind.NotFound, () => second.Servers!.GetAsync(server.Id, None));
        Assert.Null((await second.Volumes.GetAsync(volume.Id, None)).AttachedTo);
        Assert.Equal(0, (await second.Capacity!.GetAsync(None)).VcpusUsed);
    }

    [Fact]
    public async Task A_create_with_a_lost_answer_is_found_by_the_other_process()
    {
        await using var pool = new MockPool(
            """{"state": "s", "faults": {"createServer": {"kind": "timeoutAfterSuccess", "probability": 1}}}"""
        );
        await using var second = pool.Make();
        await MockPool.FailsAsync(FailureKind.Unavailable, () => pool.CreateServerAsync());
        Assert.NotNull(await second.Servers!.FindAsync(new OperationKey("k-1"), None));
    }

    [Theory]
    [InlineData("shorter than the next line", 5)]
    [InlineData("longer than the next line", 5_000)]
    public async Task A_line_that_a_killed_process_left_unfinished_is_cut_by_the_other(string because, int length)
    {
        await using var pool = new MockPool("""{"state": "s"}""");
        await using var second = pool.Make();
        await pool.CreateServerAsync("k-1");
        await using (var file = new FileStream(pool.Folder.File("s"), Appending))
        {
            file.Write(Encoding.UTF8.GetBytes("""{"change":"server","row":""".PadRight(length)[..length]));
        }

        await second.Servers!.CreateAsync(MockPool.Server(), new OperationKey("k-2"), None);
        Assert.True((await pool.ServersAsync()).Count == 2, because);
        Assert.EndsWith("}\n", Read(pool), StringComparison.Ordinal);
        await second.DisposeAsync();
        await pool.RestartAsync();
        Assert.Equal(["k-1", "k-2"], (await pool.ServersAsync()).Select(server => server.Key!.Value.Value).Order());
    }

    [Fact]
    public async Task The_journal_is_not_rewritten_under_another_process()
    {
        await using var pool = new MockPool("""{"state": "s"}""");
        var volume = await pool.CreateVolumeAsync();
        await pool.Adapter.Volumes!.DeleteAsync(volume.Id, None);
        await using (var second = pool.Make())
        {
            // Opened, made, deleted; opened beside.
            Assert.Equal(4, Read(pool).Count(character => character == '\n'));
            await second.Volumes!.CreateAsync(new VolumeSpec("d", 10, "ssd"), new OperationKey("v-2"), None);
            await pool.Adapter.DisposeAsync();
        }

        await pool.RestartAsync();
        Assert.Equal(2, Read(pool).Count(character => character == '\n'));
        Assert.Equal("mock-t-vol-3", (await pool.CreateVolumeAsync("v-3")).Id.Value);
    }

    [Fact]
    public async Task A_state_file_that_stays_locked_is_waited_for_ten_seconds()
    {
        await using var pool = new MockPool("""{"state": "s"}""");
        var path = pool.Folder.File("s.lock");
        using (File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var from = pool.Machine.GetUtcNow();
            var create = Task.Run(() => pool.CreateServerAsync());
            while (!create.IsCompleted)
            {
                pool.Machine.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();
            }

            await MockPool.FailsAsync(FailureKind.Unavailable, () => create);
            Assert.True(pool.Machine.GetUtcNow() - from >= TimeSpan.FromSeconds(10));
        }

        Assert.NotNull(await pool.CreateServerAsync());
    }

    [Fact]
    public async Task Two_pools_never_share_a_state_file_and_never_share_memory()
    {
        await using var pool = new MockPool("""{"state": "s"}""");
        var failure = Assert.Throws<AdapterException>(() => pool.Make("mock-u"));
        Assert.Equal(FailureKind.Unavailable, failure.Kind);

        await using var one = new MockPool();
        await using var other = new MockPool(pool: "mock-u");
        await one.CreateServerAsync();
        Assert.Empty(await other.ServersAsync());
    }

    [Fact]
    public async Task Without_a_state_file_a_restart_forgets()
    {
        await using var pool = new MockPool();
        await pool.CreateServerAsync();
        await pool.RestartAsync();
        Assert.Empty(await pool.ServersAsync());
        Assert.Empty(Directory.GetFiles(pool.Folder.Path));
    }

    /// <summary>Fifty servers, several at a time; or once more, by their keys, those with these identifiers.</summary>
    private static async Task<NativeId[]> CreateManyAsync(ICloudAdapter adapter, NativeId[]? made = null)
    {
        var keys = new List<OperationKey>();
        for (var index = 0; index < 50; index++)
        {
            keys.Add(
                made is null
                    ? new OperationKey($"k-{Guid.NewGuid():n}")
                    : (await adapter.Servers!.GetAsync(made[index], None)).Key!.Value
            );
        }

        var servers = await Task.WhenAll(
            keys.Select(key => Task.Run(() => adapter.Servers!.CreateAsync(MockPool.Server(), key, None)))
        );
        return [.. servers.Select(server => server.Id)];
    }

    private static string Read(MockPool pool)
    {
        using var file = new FileStream(pool.Folder.File("s"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(file).ReadToEnd();
    }

    private static async Task<string> StoryAsync(MockPool pool)
    {
        var inventory = pool.Adapter.Inventory!;
        var all = new List<object>();
        all.AddRange((await pool.ServersAsync()).Select(server => server with { Addresses = [] }));
        all.AddRange((await pool.ServersAsync()).SelectMany(server => server.Addresses));
        all.AddRange(await inventory.ListVolumesAsync(None).ToListAsync(None));
        all.AddRange(await inventory.ListNetworksAsync(None).ToListAsync(None));
        all.AddRange(await inventory.ListAddressesAsync(None).ToListAsync(None));
        all.Add(await pool.Adapter.Capacity!.GetAsync(None));
        return string.Join('\n', all);
    }
}

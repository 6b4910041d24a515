using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Mock;

/// <summary>The incremental listing, snapshots and consoles.</summary>
public sealed class MockChangesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Only_what_was_made_changed_or_deleted_since_is_listed_also_after_a_restart()
    {
        await using var pool = new MockPool("""{"state": "mock.state"}""");
        var (still, stopped, gone) = (
            await pool.CreateServerAsync("k-1"),
            await pool.CreateServerAsync("k-2"),
            await pool.CreateServerAsync("k-3")
        );
        pool.Business.Advance(TimeSpan.FromHours(1));
        var since = pool.Business.GetUtcNow();
        var made = await pool.CreateServerAsync("k-4");
        await pool.Adapter.Power!.StopAsync(stopped.Id, None);
        await pool.Adapter.Servers!.DeleteAsync(gone.Id, None);

        for (var round = 0; round < 2; round++)
        {
            var changes = await ChangesAsync(pool, since);
            Assert.Equal(
                [(stopped.Id, CloudState.Stopped), (gone.Id, null), (made.Id, CloudState.Active)],
                changes
                    .OrderBy(change => change.Id.Value, StringComparer.Ordinal)
                    .Select(change => (change.Id, change.Server?.State))
            );
            await pool.RestartAsync();
        }

        Assert.Empty(await ChangesAsync(pool, since.AddSeconds(1)));
        Assert.Contains(await ChangesAsync(pool, since.AddHours(-1)), change => change.Id == still.Id);
    }

    [Fact]
    public async Task A_server_that_settles_is_a_change()
    {
        await using var pool = new MockPool("""{"createSeconds": 60}""");
        var id = (await pool.CreateServerAsync()).Id;
        Assert.Equal(
            CloudState.Pending,
            Assert.Single(await ChangesAsync(pool, pool.Business.GetUtcNow())).Server!.State
        );
        pool.Business.Advance(TimeSpan.FromSeconds(61));
        pool.Machine.Advance(TimeSpan.FromSeconds(61));
        var since = pool.Business.GetUtcNow().AddSeconds(-30);
        Assert.Equal(
            (id, CloudState.Active),
            (await ChangesAsync(pool, since)).Select(it => (it.Id, it.Server!.State)).Single()
        );
        Assert.Empty(await ChangesAsync(pool, pool.Business.GetUtcNow()));
    }

    [Fact]
    public void Deleted_servers_are_remembered_for_31_days_and_never_more_than_the_bound()
    {
        var tombstones = new Tombstones();
        for (var number = 0; number < Tombstones.Most + 10; number++)
        {
            tombstones.Add(Removed(number, number));
        }

        Assert.Equal(Tombstones.Most, tombstones.Rows.Count);
        Assert.Null(tombstones.Find("s-9"));
        Assert.NotNull(tombstones.Find("s-10"));
        tombstones.Add(Removed(1_000_000, (long)Tombstones.Kept.TotalMilliseconds + Tombstones.Most));
        Assert.Equal(["s-50000", "s-50001"], tombstones.Rows.Select(row => row.Id).Take(2));
        Assert.Equal(11, tombstones.Rows.Count);
    }

    [Fact]
    public async Task One_key_takes_one_snapshot_and_a_volume_with_one_stays()
    {
        await using var pool = new MockPool("""{"state": "mock.state"}""");
        var snapshots = pool.Adapter.Snapshots!;
        var volume = (await pool.CreateVolumeAsync(sizeGiB: 30)).Id;
        var spec = new SnapshotSpec("before", volume);
        var taken = await snapshots.CreateAsync(spec, new OperationKey("s-1"), None);
        Assert.Equal((volume, 30, CloudState.Active), (taken.Volume, taken.SizeGiB, taken.State));
        await MockPool.FailsAsync(FailureKind.Conflict, () => pool.Adapter.Volumes!.DeleteAsync(volume, None));

        await pool.RestartAsync();
        snapshots = pool.Adapter.Snapshots!;
        Assert.Equal(taken, await snapshots.CreateAsync(spec, new OperationKey("s-1"), None));
        Assert.Equal(taken, await snapshots.FindAsync(new OperationKey("s-1"), None));
        Assert.Equal(taken, await snapshots.GetAsync(taken.Id, None));
        await snapshots.DeleteAsync(taken.Id, None);
        await snapshots.DeleteAsync(taken.Id, None);
        await MockPool.FailsAsync(FailureKind.NotFound, () => snapshots.GetAsync(taken.Id, None));
        await pool.Adapter.Volumes!.DeleteAsync(volume, None);
        await MockPool.FailsAsync(
            FailureKind.NotFound,
            () => snapshots.CreateAsync(spec, new OperationKey("s-2"), None)
        );
    }

    [Fact]
    public async Task A_console_is_clearly_simulated_and_opens_only_on_a_server_that_runs()
    {
        await using var pool = new MockPool();
        var id = (await pool.CreateServerAsync()).Id;
        var address = await pool.Adapter.Console!.OpenAsync(id, None);
        Assert.Equal("simulated-console.invalid", address.Host);
        Assert.Contains(id.Value, address.AbsolutePath, StringComparison.Ordinal);
        await pool.Adapter.Power!.StopAsync(id, None);
        await MockPool.FailsAsync(FailureKind.Conflict, () => pool.Adapter.Console!.OpenAsync(id, None));
        await MockPool.FailsAsync(
            FailureKind.NotFound,
            () => pool.Adapter.Console!.OpenAsync(new NativeId("none"), None)
        );
    }

    [Fact]
    public async Task A_server_and_a_volume_say_what_they_were_ordered_as_and_when_they_were_made()
    {
        await using var pool = new MockPool();
        var made = pool.Business.GetUtcNow();
        var id = (await pool.CreateServerAsync()).Id;
        pool.Business.Advance(TimeSpan.FromDays(1));
        await pool.Adapter.Power!.StopAsync(id, None);
        var server = await pool.Adapter.Servers!.GetAsync(id, None);
        Assert.Equal(("m2-4", made), (server.Flavour!, server.CreatedAt!.Value));
        Assert.Equal("ssd", (await pool.CreateVolumeAsync()).Type);
    }

    private static ValueTask<List<ServerChange>> ChangesAsync(MockPool pool, DateTimeOffset since) =>
        pool.Adapter.Changes!.ListAsync(since, None).ToListAsync(None);

    private static ServerRow Removed(int number, long at) =>
        new()
        {
            Id = $"s-{number}",
            Name = "gone",
            Number = number,
            Flavour = "m1-1",
            Image = "uos-20",
            SystemDiskGiB = 40,
            Address = "10.0.0.9",
            ReadyAt = 0,
            Phases = [new Phase(0, 1, 1, true)],
            RemovedAt = at,
        };
}

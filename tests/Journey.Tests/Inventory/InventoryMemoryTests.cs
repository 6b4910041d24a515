using CloudManager.Bench.Inventory;
using CloudManager.Core.Inventory;
using CloudManager.Core.Kernel;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Journey.Tests.Inventory;

/// <summary>What is alive is the whole process's, so nothing else runs beside it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}

/// <summary>What an inventory holds in memory does not grow with the pool.</summary>
[Collection(AloneCollection.Name)]
public sealed class InventoryMemoryTests
{
    /// <summary>Twenty thousand servers kept as they are listed take some ten times as much.</summary>
    private const long Room = 1024 * 1024;

    [Fact]
    public async Task A_pool_of_twenty_times_the_servers_takes_no_more_memory()
    {
        // What is compiled and cached on first use is there before anything is measured.
        await MostAliveAsync(1_000);
        var small = await MostAliveAsync(1_000);

        var large = await MostAliveAsync(20_000);

        Assert.True(large <= small + Room, $"{small:N0} bytes for 1,000 servers, {large:N0} for 20,000");
    }

    private static async Task<long> MostAliveAsync(int servers)
    {
        await using var province = await Province.FoundAsync();
        var cloud = new GeneratedCloud(servers, lookEvery: servers / 7) { ReadyEvery = 10 };
        GC.WaitForPendingFinalizers();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sync = new SyncPool(
            cloud,
            province.Get<IBooks>(),
            province.Get<ListPool>(),
            province.Get<ProveGone>(),
            province.Get<SyncTerms>()
        );
        var run = await sync.ExecuteAsync(cloud.Declared[0], CancellationToken.None);
        Assert.Equal((RunOutcome.Completed, servers), (run!.Outcome, run.Counts.Servers));
        return cloud.MostAlive - before;
    }
}

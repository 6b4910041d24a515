using CloudManager.Adapters.Sdk;
using CloudManager.Labs.Huawei;

namespace CloudManager.Adapters.Huawei.Tests;

/// <summary>Large projects are read page by page, with the calls that the cloud's bounds make necessary and no more.</summary>
public sealed class ScaleTests
{
    private const string List = "GET /v1/{p}/cloudservers/detail";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Five_thousand_servers_are_listed_once_each_a_page_at_a_time()
    {
        const int Servers = 5_000;
        await using var cloud = await HuaweiSimulator.StartAsync(
            new SimulatorOptions { PremadeServers = Servers },
            None
        );
        await using var adapter = ConformanceTests.Adapter(cloud);
        var seen = new HashSet<NativeId>();
        var most = 0L;

        await foreach (var server in adapter.Inventory!.ListServersAsync(None))
        {
            Assert.True(seen.Add(server.Id), $"'{server.Id}' is listed twice.");
            if (seen.Count % 1_000 == 1)
            {
                // A page is asked for when the one before is read: never two ahead.
                Assert.InRange(Calls(cloud), (seen.Count / 1_000) + 1, (seen.Count / 1_000) + 1);
            }

            most = Math.Max(most, Calls(cloud));
        }

        Assert.Equal(Servers, seen.Count);
        Assert.InRange(most, Servers / 1_000, (Servers / 1_000) + 1);
    }

    [Fact]
    public async Task Two_thousand_servers_are_measured_with_the_least_calls()
    {
        const int Servers = 2_000;
        var options = new SimulatorOptions
        {
            PremadeServers = Servers,
            AgentPercent = 100,
            Usage = (_, _, _) => 7,
        };
        await using var cloud = await HuaweiSimulator.StartAsync(options, None);
        await using var adapter = ConformanceTests.Adapter(cloud);
        var servers = await adapter
            .Inventory!.ListServersAsync(None)
            .Where(it => it.State == CloudState.Active)
            .Select(it => it.Id)
            .ToListAsync(None);
        cloud.ClearCounts();
        var until = TimeProvider.System.GetUtcNow().AddMinutes(-15);

        var read = await adapter
            .Usage!.ReadAsync(servers, until.AddMinutes(-5), until, None)
            .SelectMany(it => it)
            .ToListAsync(None);

        Assert.Equal(servers.Count, read.Count);
        Assert.All(
            read,
            sample =>
                Assert.Equal(
                    (7f, 7f, 7f),
                    (sample.CpuPercent!.Value, sample.MemoryPercent!.Value, sample.DiskPercent!.Value)
                )
        );
        Assert.All(read, sample => Assert.Equal(2_100f, sample.NetworkInBytes));
        // Five metrics a server, five hundred a call.
        Assert.InRange(servers.Count, 1_900, Servers);
        Assert.Equal((int)Math.Ceiling(servers.Count * 5 / 500.0), cloud.TotalCalls);
    }

    [Fact]
    public async Task Throttling_in_the_middle_of_a_listing_breaks_it_off_with_its_pause()
    {
        var options = new SimulatorOptions
        {
            PremadeServers = 5_000,
            ThrottleEvery = 4,
            RetryAfterSeconds = 3,
        };
        await using var cloud = await HuaweiSimulator.StartAsync(options, None);
        await using var adapter = ConformanceTests.Adapter(cloud);

        var failure = await Assert.ThrowsAsync<AdapterException>(async () =>
            await adapter.Inventory!.ListServersAsync(None).CountAsync(None)
        );

        Assert.Equal((FailureKind.Throttled, 3), (failure.Kind, failure.RetryAfter!.Value.TotalSeconds));
    }

    private static int Calls(RunningSimulator cloud) => cloud.Calls.GetValueOrDefault(List);
}

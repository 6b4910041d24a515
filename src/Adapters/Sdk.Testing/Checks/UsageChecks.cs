namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That measured use and capacity come as the contract has them.</summary>
internal static class UsageChecks
{
    /// <summary>How many servers that were there before are read along, so that there is something to judge.</summary>
    private const int Others = 20;

    /// <summary>The most percent of its cores that a server is believed to use.</summary>
    private const float MostBusy = 200;

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(
            "usage.comes-in-whole-slots",
            "A14a",
            new CheckText(
                "监控数据可批量读取，只含所问云服务器和时段，时点对齐五分钟且不重复",
                "measured use comes for the servers and the range asked for, in whole slots, each once"
            ),
            WholeSlotsAsync,
            nameof(ICloudAdapter.Servers),
            nameof(ICloudAdapter.Usage)
        ),
        new(
            "usage.values-are-in-range",
            "A19",
            new CheckText(
                "监控数值在合理范围内，未测得的为空而非零",
                "values are in range; what nobody measured is missing"
            ),
            InRangeAsync,
            nameof(ICloudAdapter.Servers),
            nameof(ICloudAdapter.Usage)
        ),
        new(
            "usage.percent-of-what-was-allocated",
            "A19",
            new CheckText(
                "处理器使用率以分配的全部核数为 100%，而非以单核计",
                "processor use is in percent of all allocated cores, not of one"
            ),
            OfTheAllocatedAsync,
            nameof(ICloudAdapter.Servers),
            nameof(ICloudAdapter.Usage)
        ),
        new(
            "usage.capacity-adds-up",
            "A14a",
            new CheckText(
                "资源池容量为非负数，已用不超过总量",
                "capacity is not negative, and what is taken is not above the total"
            ),
            CapacityAsync,
            nameof(ICloudAdapter.Capacity)
        ),
    ];

    private static async Task WholeSlotsAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var until = run.Options.BusinessTime.GetUtcNow();
        var from = until.AddHours(-1);
        var servers = await AskedAsync(run, cancellationToken);
        var seen = new HashSet<(NativeId, DateTimeOffset)>();
        await foreach (var batch in run.Adapter.Usage!.ReadAsync(servers, from, until, cancellationToken))
        {
            foreach (var sample in batch)
            {
                ConformanceFailure.Unless(servers.Contains(sample.Server), $"Nobody asked for '{sample.Server}'.");
                ConformanceFailure.Unless(
                    sample.Slot >= from && sample.Slot < until,
                    $"Asked for [{from:O}, {until:O}), got {sample.Slot:O}."
                );
                ConformanceFailure.Unless(
                    sample.Slot.UtcTicks % TimeSpan.FromMinutes(5).Ticks == 0,
                    $"{sample.Slot:O} does not start a slot of five minutes."
                );
                ConformanceFailure.Unless(
                    seen.Add((sample.Server, sample.Slot)),
                    $"Two samples of '{sample.Server}' for {sample.Slot:O}."
                );
            }
        }
    }

    private static async Task InRangeAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var until = run.Options.BusinessTime.GetUtcNow();
        var servers = await AskedAsync(run, cancellationToken);
        await foreach (var batch in run.Adapter.Usage!.ReadAsync(servers, until.AddDays(-1), until, cancellationToken))
        {
            foreach (var sample in batch)
            {
                Within("CPU", sample.CpuPercent, 400, sample);
                Within("Memory", sample.MemoryPercent, 200, sample);
                Within("Disk", sample.DiskPercent, 200, sample);
                Within("Bytes in", sample.NetworkInBytes, float.MaxValue, sample);
                Within("Bytes out", sample.NetworkOutBytes, float.MaxValue, sample);
            }
        }
    }

    /// <summary>What a hypervisor does for a server counts to it, so that a little above 100 is honest; twice is not.</summary>
    private static async Task OfTheAllocatedAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var until = run.Options.BusinessTime.GetUtcNow();
        var servers = await AskedAsync(run, cancellationToken);
        await foreach (var batch in run.Adapter.Usage!.ReadAsync(servers, until.AddDays(-1), until, cancellationToken))
        {
            foreach (var sample in batch)
            {
                ConformanceFailure.Unless(
                    sample.CpuPercent is null or <= MostBusy,
                    $"Server '{sample.Server}' is said to use {sample.CpuPercent} % of its cores at {sample.Slot:O}; "
                        + $"all of them together are 100 %, and above {MostBusy} % it is a share of one core."
                );
            }
        }
    }

    private static async Task CapacityAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var capacity = await run.Adapter.Capacity!.GetAsync(cancellationToken);
        AddsUp("vCPU", capacity.VcpusTotal, capacity.VcpusUsed);
        AddsUp("GiB of memory", capacity.MemoryGiBTotal, capacity.MemoryGiBUsed);
        AddsUp("GiB of storage", capacity.StorageGiBTotal, capacity.StorageGiBUsed);
    }

    private static async Task<HashSet<NativeId>> ServersAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        HashSet<NativeId> servers = [(await run.First.GetAsync(cancellationToken)).Id];
        if (run.Adapter.Inventory is { } inventory)
        {
            var others = inventory
                .ListServersAsync(cancellationToken)
                .Where(server => !run.IsOurs(server.Name, server.Key));
            servers.UnionWith(await others.Select(it => it.Id).Take(Others).ToListAsync(cancellationToken));
        }

        return servers;
    }

    private static async Task<IReadOnlyList<NativeId>> AskedAsync(
        ConformanceRun run,
        CancellationToken cancellationToken
    ) => [.. await ServersAsync(run, cancellationToken)];

    private static void Within(string what, float? value, float most, in UsageSample sample) =>
        ConformanceFailure.Unless(
            value is null || (value >= 0 && value <= most),
            $"{what} of '{sample.Server}' at {sample.Slot:O} is {value}; 0 to {most} is possible."
        );

    private static void AddsUp(string what, long? total, long? used) =>
        ConformanceFailure.Unless(
            (total ?? 0) >= 0 && (used ?? 0) >= 0 && (total is null || used is null || used <= total),
            $"{used} of {total} {what} are said to be taken."
        );
}

namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That what exists and what it does can be seen.</summary>
internal static class WatchingChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(InventoryAsync)
        {
            Id = "inventory.shows-each-thing-once",
            Group = "inventory",
            Article = "A14a",
            Proves = new CheckText(
                "资源盘点无遗漏、无重复，内容与单查一致",
                "the inventory shows every server once, as looking at it alone does"
            ),
            Requires = [nameof(ICloudAdapter.Servers), nameof(ICloudAdapter.Inventory)],
        },
        new(UsageAsync)
        {
            Id = "usage.reads-in-bulk",
            Group = "usage",
            Article = "A14a",
            Proves = new CheckText(
                "监控数据可批量读取，时点对齐五分钟且不重复",
                "measured use comes for the servers and the range asked for, in whole slots, each once"
            ),
            Requires = [nameof(ICloudAdapter.Servers), nameof(ICloudAdapter.Usage)],
        },
    ];

    private static async Task InventoryAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var shared = await run.SharedServerAsync(cancellationToken);
        List<CloudServer> all = [];
        await run.UntilAsync(
            $"server '{shared.Id}' to be in the inventory",
            async () =>
            {
                all = await run.Adapter.Inventory!.ListServersAsync(cancellationToken).ToListAsync(cancellationToken);
                return all.Exists(server => server.Id == shared.Id);
            },
            cancellationToken
        );
        var twice = all.CountBy(server => server.Id).Where(count => count.Value > 1).Select(count => count.Key);
        ConformanceFailure.Unless(!twice.Any(), $"Listed more than once: {string.Join(", ", twice)}.");
        var listed = all.First(server => server.Id == shared.Id);
        ConformanceFailure.Unless(
            (listed.Name, listed.Size, listed.Key) == (shared.Name, shared.Size, shared.Key),
            $"The inventory shows {listed.Name}, {listed.Size}, key {listed.Key}; "
                + $"looking alone shows {shared.Name}, {shared.Size}, key {shared.Key}."
        );
    }

    private static async Task UsageAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var id = (await run.SharedServerAsync(cancellationToken)).Id;
        var until = run.Options.BusinessTime.GetUtcNow();
        var from = until.AddHours(-1);
        var seen = new HashSet<DateTimeOffset>();
        await foreach (var batch in run.Adapter.Usage!.ReadAsync([id], from, until, cancellationToken))
        {
            foreach (var sample in batch)
            {
                ConformanceFailure.Unless(sample.Server == id, $"Asked for '{id}', got a sample of '{sample.Server}'.");
                ConformanceFailure.Unless(
                    sample.Slot >= from && sample.Slot < until,
                    $"Asked for [{from:O}, {until:O}), got {sample.Slot:O}."
                );
                ConformanceFailure.Unless(
                    sample.Slot.UtcTicks % TimeSpan.FromMinutes(5).Ticks == 0,
                    $"{sample.Slot:O} does not start a slot of five minutes."
                );
                ConformanceFailure.Unless(seen.Add(sample.Slot), $"Two samples for {sample.Slot:O}.");
            }
        }
    }
}

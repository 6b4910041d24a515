using CloudManager.Core.Reports;
using CloudManager.Documents.Html;

namespace CloudManager.Documents.Reports;

/// <summary>Resources that came, went and were changed.</summary>
internal static class ChangesPart
{
    public static Piece Render(ChangeFigures changes, IReadOnlyList<PoolFigures> pools)
    {
        var names = pools.ToDictionary(p => p.Pool, p => p.Name);
        var table = new Table(
            ("当月资源变化", "Resources that came, went and were changed"),
            new(("资源池", "pool"), false),
            new(("新增", "entered")),
            new(("终止", "ended")),
            new(("变更工单", "change orders")),
            new(("vCPU 净增", "cores, net")),
            new(("内存净增 GiB", "memory, net")),
            new(("存储净增 GiB", "storage, net"))
        );
        foreach (var (pool, count) in changes.ByPool.Select(p => (p.Pool, p.Count)))
        {
            table.Row([Cell.Name(names.GetValueOrDefault(pool, pool), pool), .. Counts(count)]);
        }

        return table.Total([Cell.Both(("合计", "total")), .. Counts(changes.Total)]).Render();
    }

    private static Cell[] Counts(ChangeCount count) =>
        [
            Cell.Of(count.Entered.Resources),
            Cell.Of(count.Ended.Resources),
            Cell.Of(count.Changed),
            Cell.Of(Numbers.Change(count.Net.Vcpus)),
            Cell.Of(Numbers.Change(count.Net.MemoryGiB)),
            Cell.Of(Numbers.Change(count.Net.StorageGiB)),
        ];
}

using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;
using CloudManager.Documents.Charts;
using CloudManager.Documents.Html;

namespace CloudManager.Documents.Reports;

/// <summary>Capacity and use by pool.</summary>
internal static class PoolsPart
{
    private static readonly Bilingual Percent = ("%", "percent");
    private static readonly Series Mean = new("a", ("均值", "mean"));
    private static readonly Series P95 = new("b", ("P95", "95th percentile"));
    private static readonly Series Vcpus = new("a", ("vCPU", "cores"));
    private static readonly Series Memory = new("c", ("内存", "memory"));
    private static readonly Series Storage = new("b", ("存储", "storage"));
    private static readonly string NoData = $"{Numbers.NoData} {Numbers.NoDataEn}";

    public static Piece Render(IReadOnlyList<PoolFigures> pools) =>
        Piece.Join([
            Register(pools),
            CapacityTable(pools),
            CapacityChart(pools),
            UseTable(pools),
            UseChart("use-cpu", ("各资源池 CPU 使用率", "CPU use by pool"), pools, u => u.Cpu),
            UseChart("use-memory", ("各资源池内存使用率", "Memory use by pool"), pools, u => u.Memory),
            UseChart("use-disk", ("各资源池磁盘使用率", "Disk use by pool"), pools, u => u.Disk),
        ]);

    private static Piece Register(IReadOnlyList<PoolFigures> pools)
    {
        var table = new Table(
            ("资源池概况", "The pools"),
            new(("资源池", "pool"), false),
            new(("云服务商", "provider"), false),
            new(("行政区划", "region"), false),
            new(("类别", "kind"), false),
            new(("月末在用服务器", "servers in service at month's end"))
        );
        foreach (var pool in pools)
        {
            table.Row(
                Cell.Name(pool.Name, pool.Pool),
                pool.Provider is { } provider ? Cell.Name(provider.Name, provider.Code) : Cell.Of(null as string),
                Cell.Of(pool.Region?.Name),
                Cell.Both(Vocabulary.PoolKind(pool.Kind)),
                Cell.Of(pool.Servers)
            );
        }

        return table.Render();
    }

    private static Piece CapacityTable(IReadOnlyList<PoolFigures> pools)
    {
        var table = new Table(
            ("容量（生成时）", "Capacity, when the report was made"),
            new(("资源池", "pool"), false),
            new(("vCPU 已用", "cores used")),
            new(("vCPU 总量", "cores total")),
            new(("内存已用 GiB", "memory used")),
            new(("内存总量 GiB", "memory total")),
            new(("存储已用 GiB", "storage used")),
            new(("存储总量 GiB", "storage total"))
        );
        foreach (var pool in pools)
        {
            table.Row(
                Cell.Name(pool.Name, pool.Pool),
                Cell.Of(pool.Capacity?.Vcpus.Used),
                Cell.Of(pool.Capacity?.Vcpus.Total),
                Cell.Of(pool.Capacity?.MemoryGiB.Used),
                Cell.Of(pool.Capacity?.MemoryGiB.Total),
                Cell.Of(pool.Capacity?.StorageGiB.Used),
                Cell.Of(pool.Capacity?.StorageGiB.Total)
            );
        }

        return table.Render();
    }

    private static Piece CapacityChart(IReadOnlyList<PoolFigures> pools)
    {
        var groups = pools.Select(p => new BarGroup(
            Name(p),
            [
                Part(Vcpus, p.Capacity?.Vcpus, "vCPU"),
                Part(Memory, p.Capacity?.MemoryGiB, "GiB"),
                Part(Storage, p.Capacity?.StorageGiB, "GiB"),
            ]
        ));
        return Chart("capacity", ("各资源池容量使用", "Capacity used by pool"), [.. groups]);
    }

    /// <summary>How much of the part is given out, in percent of all there is.</summary>
    private static Bar Part(Series series, CapacityPart? part, string unit) =>
        part is { Total: > 0 and var total, Used: { } used }
            ? new Bar(
                series,
                100d * used / total,
                $"{Numbers.Whole(used)} / {Numbers.Whole(total)} {unit} ({Numbers.Percent(100d * used / total)}%)",
                Track: 100
            )
            : new Bar(series, null, $"{series.Name.Zh} {NoData}");

    private static Piece UseTable(IReadOnlyList<PoolFigures> pools)
    {
        var table = new Table(
            ("使用率（%，按容量加权）", "Use in percent, weighted by capacity"),
            new(("资源池", "pool"), false),
            new(("指标", "metric"), false),
            new(("均值", "mean")),
            new(("P95", "95th percentile")),
            new(("最大值", "max")),
            new(("覆盖率 %", "coverage"))
        );
        foreach (var pool in pools)
        {
            table.Row([Cell.Name(pool.Name, pool.Pool), Cell.Of("CPU"), .. Metric(pool.Use?.Cpu)]);
            table.Row([Cell.Of(""), Cell.Both(("内存", "memory")), .. Metric(pool.Use?.Memory)]);
            table.Row([Cell.Of(""), Cell.Both(("磁盘", "disk")), .. Metric(pool.Use?.Disk)]);
        }

        return table.Render();
    }

    private static Cell[] Metric(MetricFigures? metric) =>
        [
            Cell.Of(Numbers.Percent(metric?.Mean)),
            Cell.Of(Numbers.Percent(metric?.P95)),
            Cell.Of(Numbers.Percent(metric?.Max)),
            Cell.Of(metric is null ? null : Numbers.Share(metric.Coverage)),
        ];

    private static Piece UseChart(
        string id,
        Bilingual title,
        IReadOnlyList<PoolFigures> pools,
        Func<UseFigures, MetricFigures> metric
    )
    {
        var groups = pools.Select(p =>
        {
            var use = p.Use is { } measured ? metric(measured) : null;
            return new BarGroup(Name(p), [Measured(Mean, use?.Mean), Measured(P95, use?.P95)]);
        });
        return Chart(id, title, [.. groups]);
    }

    private static Bar Measured(Series series, double? value) =>
        new(series, value, value is null ? $"{series.Name.Zh} {NoData}" : $"{Numbers.Percent(value)}%");

    private static Piece Chart(string id, Bilingual title, IReadOnlyList<BarGroup> groups) =>
        new BarChart
        {
            Id = id,
            Title = title,
            Unit = Percent,
            Axis = Axis.For(groups.SelectMany(g => g.Bars).Select(b => b.Value ?? 0), 100, 1),
            Groups = groups,
        }.Render();

    private static string Name(PoolFigures pool) => $"{pool.Name} ({pool.Pool})";
}

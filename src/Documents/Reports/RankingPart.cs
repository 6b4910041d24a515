using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;
using CloudManager.Documents.Html;

namespace CloudManager.Documents.Reports;

/// <summary>Who uses most and least of what was allocated (art. 22(1)).</summary>
internal static class RankingPart
{
    /// <summary>How many of those with too little data the page lists; the rest are in the JSON.</summary>
    private const int MostListed = 50;

    public static Piece Render(Rankings rankings) =>
        Piece.Join([
            Block(("云使用单位", "Tenants"), ("单位", "tenant"), rankings.Tenants),
            Block(("政务信息系统", "Information systems"), ("系统", "system"), rankings.Systems),
        ]);

    private static Piece Block(Bilingual title, Bilingual what, Ranking ranking) =>
        Piece.Join([
            Markup.Of($"<h3>{Headings.Both(title)}</h3>"),
            List(("CPU 均值最高", "Highest by mean CPU"), what, ranking.Highest, isRanked: true),
            List(("CPU 均值最低", "Lowest by mean CPU"), what, ranking.Lowest, isRanked: true),
            List(
                ("数据不足（CPU 覆盖率低于 80%，不参与排名）", "Insufficient data, not ranked"),
                what,
                [.. ranking.Insufficient.Take(MostListed)],
                isRanked: false
            ),
            More(ranking.Insufficient.Count - MostListed),
        ]);

    private static Piece More(int count) =>
        count > 0
            ? Markup.Of(
                $"<p>另有 {count} 项，见 JSON。<span class=\"en\" lang=\"en\">{count} more in the JSON.</span></p>"
            )
            : Piece.None;

    private static Piece List(Bilingual caption, Bilingual what, IReadOnlyList<RankedUse> rows, bool isRanked)
    {
        var table = new Table(
            caption,
            new(("名次", "rank")),
            new(what, false),
            new(("服务器", "servers")),
            new(("CPU 均值 %", "CPU mean")),
            new(("CPU P95 %", "CPU p95")),
            new(("内存均值 %", "memory mean")),
            new(("CPU 覆盖率 %", "CPU coverage"))
        );
        for (var i = 0; i < rows.Count; i++)
        {
            var use = rows[i].Use;
            table.Row(
                isRanked ? Cell.Of(i + 1) : Cell.Of("–"),
                Subject(rows[i]),
                Cell.Of(use.Servers),
                Cell.Of(Numbers.Percent(use.Cpu.Mean)),
                Cell.Of(Numbers.Percent(use.Cpu.P95)),
                Cell.Of(Numbers.Percent(use.Memory.Mean)),
                Cell.Of(Numbers.Share(use.Cpu.Coverage))
            );
        }

        return table.Render();
    }

    private static Cell Subject(RankedUse row) =>
        row.Tenant is { } tenant
            ? new(Markup.Of($"{row.Name}<span class=\"code\">{row.Code} · {tenant.Name}</span>"))
            : Cell.Name(row.Name, row.Code);
}

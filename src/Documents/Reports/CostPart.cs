using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;
using CloudManager.Documents.Charts;
using CloudManager.Documents.Html;

namespace CloudManager.Documents.Reports;

/// <summary>What the month cost (art. 40).</summary>
internal static class CostPart
{
    /// <summary>How many a chart shows by themselves; the table beside it has all.</summary>
    private const int MostBars = 20;

    private static readonly Series Cost = new("a", ("费用", "cost"));

    public static Piece Render(CostFigures cost) =>
        Piece.Join([
            Markup.Of($"<p>账单 {cost.Bills} 份 <span class=\"en\" lang=\"en\">{cost.Bills} bill(s)</span></p>"),
            List(("按云使用单位（元）", "By tenant, yuan"), ("单位", "tenant"), cost.ByTenant, cost.Total),
            Chart("cost-tenant", ("各云使用单位费用", "Cost by tenant"), cost.ByTenant),
            List(("按云服务商（元）", "By provider, yuan"), ("云服务商", "provider"), cost.ByProvider, cost.Total),
            Chart("cost-provider", ("各云服务商费用", "Cost by provider"), cost.ByProvider),
        ]);

    private static Piece List(Bilingual caption, Bilingual what, IReadOnlyList<CostOf> rows, CostSum total)
    {
        var table = new Table(
            caption,
            new(what, false),
            new(("当月使用", "usage")),
            new(("调整", "adjustments")),
            new(("扣减", "deductions")),
            new(("合计", "total"))
        );
        foreach (var row in rows)
        {
            table.Row([Cell.Name(row.Name, row.Code), .. Sums(row.Sum)]);
        }

        return table.Total([Cell.Both(("合计", "total")), .. Sums(total)]).Render();
    }

    private static Cell[] Sums(CostSum sum) =>
        [
            Cell.Of(Numbers.Yuan(sum.Usage)),
            Cell.Of(Numbers.Yuan(sum.Adjustments)),
            Cell.Of(Numbers.Yuan(sum.Deductions)),
            Cell.Of(Numbers.Yuan(sum.Total)),
        ];

    private static Piece Chart(string id, Bilingual title, IReadOnlyList<CostOf> rows)
    {
        var most = rows.OrderByDescending(r => r.Sum.Total).ThenBy(r => r.Code, StringComparer.Ordinal).ToList();
        var groups = most.Take(MostBars).Select(r => Group(r.Name, r.Sum.Total)).ToList();
        if (most.Count > MostBars)
        {
            var others = most.Skip(MostBars).ToList();
            groups.Add(Group($"其余 {others.Count} 家 {others.Count} others", others.Sum(r => r.Sum.Total)));
        }

        return groups.Count == 0
            ? Piece.None
            : new BarChart
            {
                Id = id,
                Title = title,
                Unit = ("元", "yuan"),
                Axis = Axis.For(groups.SelectMany(g => g.Bars).Select(b => b.Value!.Value), 1, 1),
                Groups = groups,
            }.Render();
    }

    private static BarGroup Group(string name, decimal yuan) =>
        new(name, [new Bar(Cost, (double)yuan, Numbers.Yuan(yuan))]);
}

using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;
using CloudManager.Documents.Html;

namespace CloudManager.Documents.Reports;

/// <summary>The figures that a reader in a hurry looks for.</summary>
internal static class KeyFiguresPart
{
    public static Piece Render(MonthlyReport report)
    {
        var (kept, missed) = Deadlines(report.Requests.Deadlines);
        var net = report.Changes.Total.Net;
        var page = new Markup().Raw("<dl class=\"key\">");
        Figure(page, ("资源池", "Pools"), Markup.Of($"{Numbers.Whole(report.Pools.Count)}"));
        Figure(
            page,
            ("在用服务器", "Servers in service"),
            Markup.Of($"{Numbers.Whole(report.Pools.Sum(p => p.Servers))}")
        );
        Figure(page, ("资源净增", "Net change of resources"), Markup.Of($"{Numbers.Change(net.Resources)}"));
        Figure(page, ("vCPU 净增", "Net change of vCPUs"), Markup.Of($"{Numbers.Change(net.Vcpus)}"));
        Figure(
            page,
            ("提交申请", "Requests submitted"),
            Markup.Of($"{Numbers.Whole(report.Requests.ByType.Sum(t => t.Submitted))}")
        );
        Figure(page, ("按期办结率", "Deadlines kept"), Rate(kept, missed));
        Figure(page, ("逾期时限", "Deadlines missed"), Markup.Of($"{Numbers.Whole(missed)}"));
        Figure(
            page,
            ("当月费用", "Cost of the month"),
            Markup.Of($"{Numbers.Yuan(report.Cost.Total.Total)} <small>元 CNY</small>")
        );
        return new Piece(page.Raw("</dl>").ToString());
    }

    private static (long Kept, long Missed) Deadlines(IReadOnlyList<DeadlineCounts> steps) =>
        (steps.Sum(s => s.Kept), steps.Sum(s => s.Missed));

    private static Piece Rate(long kept, long missed) =>
        kept + missed == 0
            ? Markup.Of($"{Numbers.NoData} <small lang=\"en\">{Numbers.NoDataEn}</small>")
            : Markup.Of($"{Numbers.Share((double)kept / (kept + missed))}%");

    private static void Figure(Markup page, Bilingual name, Piece value) =>
        page.Line($"<div><dt>{Headings.Both(name)}</dt><dd>{value}</dd></div>");
}

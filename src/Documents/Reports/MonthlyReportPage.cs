using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;
using CloudManager.Documents.Html;

namespace CloudManager.Documents.Reports;

/// <summary>
/// The monthly report (运行月报, art. 25) as one HTML file that holds everything it needs: it opens without a network,
/// prints on A4, and comes out the same for the same report, byte for byte.
/// </summary>
public static class MonthlyReportPage
{
    public static string Render(MonthlyReport report)
    {
        var page = new Markup();
        page.Raw("<!DOCTYPE html>")
            .Raw("<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Line($"<title>{report.Province}政务云运行月报 {report.Period}</title>")
            .Raw($"<style>\n{PageStyle.Text}</style></head><body>");
        Head(page, report);
        Section(page, ("概况", "Key figures"), KeyFiguresPart.Render(report));
        Section(page, ("资源池", "Resource pools"), PoolsPart.Render(report.Pools));
        Section(page, ("使用效率排名", "Ranking by use"), RankingPart.Render(report.Ranking));
        Section(page, ("申请与时限", "Requests and deadlines"), RequestsPart.Render(report.Requests));
        Section(page, ("资源变化", "Changes"), ChangesPart.Render(report.Changes, report.Pools));
        Section(page, ("费用", "Cost"), CostPart.Render(report.Cost));
        Section(page, ("说明", "Notes"), Notes(report.Notes));
        page.Line($"<footer>{report.Id} · {report.Installation} · CloudManager 统一云管平台</footer>");
        return page.Raw("</body></html>").ToString();
    }

    private static void Head(Markup page, MonthlyReport report)
    {
        page.Line($"<header><h1>{report.Province}政务云运行月报");
        page.Line($"<span class=\"en\" lang=\"en\">Monthly report of the government cloud (art. 25)</span></h1>");
        page.Raw("<dl class=\"facts\">");
        var last = report.Until.AddDays(-1);
        Fact(page, ("期间", "Period"), $"{report.Period}（{report.From:yyyy-MM-dd} – {last:yyyy-MM-dd}）");
        var created = China.Local(report.CreatedAt).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        Fact(page, ("生成时间", "Generated"), $"{created} (UTC+8)");
        Fact(page, ("编号", "Number"), report.Id);
        page.Raw("</dl></header>");
    }

    private static void Fact(Markup page, Bilingual name, string value) =>
        page.Line($"<div><dt>{Headings.Both(name)}</dt><dd>{value}</dd></div>");

    private static void Section(Markup page, Bilingual title, Piece content) =>
        page.Line($"<section><h2>{Headings.Both(title)}</h2>").Line($"{content}</section>");

    private static Piece Notes(IReadOnlyList<Bilingual> notes) =>
        Markup.Of(
            $"<ol class=\"notes\">{Piece.Join(notes.Select(n => Markup.Of($"<li>{Headings.Both(n)}</li>")))}</ol>"
        );
}

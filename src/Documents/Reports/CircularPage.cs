using System.Globalization;
using CloudManager.Core.Findings;
using CloudManager.Core.Findings.SizePlans;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Reports;
using CloudManager.Core.Reports.Circulars;
using CloudManager.Documents.Html;

namespace CloudManager.Documents.Reports;

/// <summary>
/// A circular (使用效率通报, art. 22(1)) as one HTML file that holds everything it needs: it opens without a network, prints
/// on A4, and comes out the same for the same circular, byte for byte.
/// </summary>
public static class CircularPage
{
    public static string Render(CircularContent content, CircularHead head)
    {
        var page = new Markup();
        page.Raw("<!DOCTYPE html>")
            .Raw("<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Line($"<title>{content.Tenant.Name} 政务云使用效率通报 {content.Month}</title>")
            .Raw($"<style>\n{PageStyle.Text}</style></head><body>");
        Head(page, content, head);
        Section(page, ("使用效率", "Use"), Use(content));
        Section(page, ("监测问题", "Findings"), Findings(content));
        Section(page, ("优化建议", "Recommendations"), Recommendations(content));
        Section(page, ("说明", "Notes"), Notes(content.Notes));
        page.Line($"<footer>{content.Id} · CloudManager 统一云管平台</footer>");
        return page.Raw("</body></html>").ToString();
    }

    private static void Head(Markup page, CircularContent content, CircularHead head)
    {
        page.Line($"<header><h1>{content.Province}政务云使用效率通报");
        page.Line($"<span class=\"en\" lang=\"en\">Circular on the use of the government cloud (art. 22)</span></h1>");
        page.Raw("<dl class=\"facts\">");
        Fact(page, ("单位", "Tenant"), content.Tenant.Name);
        Fact(page, ("月份", "Month"), content.Month);
        Fact(page, ("编号", "Number"), content.Id);
        Fact(page, ("生成时间", "Generated"), Instant(content.CreatedAt));
        Fact(page, ("发布", "Issued"), head.IssuedAt is { } at ? Instant(at) : "草稿，尚未发布 (draft)");
        Fact(page, ("排名", "Rank"), content.Rank is { } place ? $"{place.Rank} / {place.Of}" : Numbers.NoData);
        if (head.Opinion is { } opinion)
        {
            Fact(page, ("意见", "Opinion"), opinion);
        }

        page.Raw("</dl></header>");
    }

    private static string Instant(DateTimeOffset at) =>
        $"{China.Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} (UTC+8)";

    private static Piece Use(CircularContent content)
    {
        var table = new Table(
            ("各系统使用效率", "Use by system"),
            new(("系统", "system"), false),
            new(("环境", "environment"), false),
            new(("服务器", "servers")),
            new(("无数据", "left out")),
            new(("CPU 均值 %", "CPU mean")),
            new(("CPU P95 %", "CPU p95")),
            new(("内存均值 %", "memory mean")),
            new(("内存 P95 %", "memory p95")),
            new(("CPU 覆盖率 %", "CPU coverage"))
        );
        foreach (var system in content.Systems)
        {
            table.Row([
                Cell.Name(system.Name, system.Code),
                Cell.Both(Environment(system.Environment)),
                .. Figures(system.Use),
            ]);
        }

        if (content.Use is { } all)
        {
            table.Total([Cell.Both(("合计", "total")), Cell.Of(""), .. Figures(all)]);
        }

        return table.Render();
    }

    private static IEnumerable<Cell> Figures(UseFigures use) =>
        [
            Cell.Of(use.Servers),
            Cell.Of(use.LeftOut),
            Cell.Of(Numbers.Percent(use.Cpu.Mean)),
            Cell.Of(Numbers.Percent(use.Cpu.P95)),
            Cell.Of(Numbers.Percent(use.Memory.Mean)),
            Cell.Of(Numbers.Percent(use.Memory.P95)),
            Cell.Of(Numbers.Share(use.Cpu.Coverage)),
        ];

    private static Piece Findings(CircularContent content)
    {
        var table = new Table(
            ("当月监测问题", "Findings of the month"),
            new(("类别", "kind"), false),
            new(("当月新增", "opened")),
            new(("当月消除", "closed")),
            new(("月末未消除", "open at the end"))
        );
        foreach (var tally in content.Findings)
        {
            table.Row(
                Cell.Both(FindingWords.Of(tally.Kind)),
                Cell.Of(tally.Opened),
                Cell.Of(tally.Closed),
                Cell.Of(tally.Open)
            );
        }

        return table.Render();
    }

    private static Piece Recommendations(CircularContent content)
    {
        var table = new Table(
            ("按监测数据可优化的资源", "What would save, by what was measured"),
            new(("资源", "resource"), false),
            new(("系统", "system"), false),
            new(("建议", "recommendation"), false),
            new(("每月节省（元）", "saving a month (CNY)"))
        );
        foreach (var change in content.Recommendations)
        {
            table.Row(
                Cell.Id(change.Resource),
                Cell.Of(change.System),
                Cell.Both(
                    change.Action == PlannedAction.GiveBack
                        ? ("退回", "give back")
                        : ($"变更为 {change.Size}", $"resize to {change.Size}")
                ),
                Cell.Of(change.MonthlySaving is { } yuan ? Numbers.Yuan(yuan) : null)
            );
        }

        table.Total(
            Cell.Both(("合计", "total")),
            Cell.Of(""),
            Cell.Of(""),
            Cell.Of(Numbers.Yuan(content.PossibleSaving))
        );
        return table.Render();
    }

    private static Bilingual Environment(SystemEnvironment environment) =>
        environment switch
        {
            SystemEnvironment.Production => ("生产", "production"),
            SystemEnvironment.Test => ("测试", "test"),
            _ => ("开发", "development"),
        };

    private static void Fact(Markup page, Bilingual name, string value) =>
        page.Line($"<div><dt>{Headings.Both(name)}</dt><dd>{value}</dd></div>");

    private static void Section(Markup page, Bilingual title, Piece content) =>
        page.Line($"<section><h2>{Headings.Both(title)}</h2>").Line($"{content}</section>");

    private static Piece Notes(IReadOnlyList<Bilingual> notes) =>
        Markup.Of(
            $"<ol class=\"notes\">{Piece.Join(notes.Select(n => Markup.Of($"<li>{Headings.Both(n)}</li>")))}</ol>"
        );
}

/// <summary>The kinds of findings in both languages.</summary>
internal static class FindingWords
{
    public static Bilingual Of(FindingKind kind) =>
        kind switch
        {
            FindingKind.LowUse => ("低使用率", "low use"),
            FindingKind.Zombie => ("僵尸资源", "zombie"),
            FindingKind.Oversized => ("配置过高", "too large"),
            FindingKind.Undersized => ("配置不足", "too small"),
            FindingKind.Orphan => ("闲置挂件", "attached to nothing"),
            FindingKind.UnknownResource => ("账外资源", "not in the books"),
            FindingKind.Drift => ("账实不符", "otherwise than the books say"),
            FindingKind.IdleVolume => ("闲置云硬盘", "idle volume"),
            FindingKind.IdleAddress => ("闲置公网地址", "idle address"),
            FindingKind.PoweredOff => ("长期关机", "powered off for long"),
            FindingKind.NotAsApproved => ("与批复不符", "not as approved"),
            _ => (kind.ToString(), kind.ToString()),
        };
}

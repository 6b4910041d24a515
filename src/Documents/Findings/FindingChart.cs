using System.Globalization;
using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Kernel;
using CloudManager.Documents.Charts;
using CloudManager.Documents.Html;

namespace CloudManager.Documents.Findings;

/// <summary>
/// The chart of a finding (监测问题, art. 22) as SVG that stands alone: daily mean and p95 of processor and memory over its
/// window, with the thresholds as dashed lines. What nobody measured is a gap.
/// </summary>
public static class FindingChart
{
    private const string MeanColour = "#1f6fb4";
    private const string P95Colour = "#c2571a";
    private const double Head = 24;
    private const double Gap = 12;

    public static string Draw(Finding finding, FindingCourse course)
    {
        var kind = RuleWords.Of(finding.Kind);
        var title = $"{finding.Id} {kind.Zh} {kind.En} · {finding.Subject.Id} {finding.Subject.Name}";
        var (width, height) = (Px(DayChart.Width), Px(Head + (2 * DayChart.Height) + Gap));
        var page = new Markup();
        page.Line(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">"
        );
        page.Line($"<title>{title}</title>");
        page.Line($"<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>");
        page.Line(
            $"<text x=\"0\" y=\"14\" font-weight=\"bold\">{Lettering.Fit(title, DayChart.Width, Lettering.Normal)}</text>"
        );
        var cpu = Panel(("CPU 使用率 %", "CPU %"), "cpu", course, d => (d.CpuMean, d.CpuP95));
        var memory = Panel(("内存使用率 %", "memory %"), "memory", course, d => (d.MemoryMean, d.MemoryP95));
        page.Raw(cpu.Render(Head).Written);
        page.Raw(memory.Render(Head + DayChart.Height + Gap).Written);
        return page.Raw("</svg>").ToString();
    }

    private static DayChart Panel(
        Bilingual title,
        string metric,
        FindingCourse course,
        Func<FindingDay, (double? Mean, double? P95)> of
    ) =>
        new()
        {
            Title = title,
            From = course.Window.From,
            Days = course.Window.Until.DayNumber - course.Window.From.DayNumber,
            Lines =
            [
                new(MeanColour, ("日均", "mean"), [.. course.Days.Select(d => of(d).Mean)]),
                new(P95Colour, ("日 p95", "p95"), [.. course.Days.Select(d => of(d).P95)]),
            ],
            Bounds =
            [
                .. course
                    .Thresholds.Where(n => n.Name.StartsWith(metric, StringComparison.Ordinal))
                    .Select(n => new DayBound(
                        n.Name.EndsWith("P95", StringComparison.Ordinal) ? P95Colour : MeanColour,
                        n.Threshold!.Value
                    )),
            ],
        };

    private static string Px(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

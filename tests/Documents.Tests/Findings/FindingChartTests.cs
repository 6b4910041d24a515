using System.Xml.Linq;
using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Documents.Findings;

namespace CloudManager.Documents.Tests.Findings;

/// <summary>The chart of a finding (art. 22): its days, its thresholds, and gaps that stay gaps.</summary>
public sealed class FindingChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly DateOnly From = new(2026, 10, 5);

    [Fact]
    public void Art22_a_day_nobody_measured_interrupts_the_line_and_a_day_alone_is_a_dot()
    {
        double?[] cpu = [5, 6, null, 7, null, 8, 9, 400];
        var drawn = Draw([.. cpu.Select((value, n) => new FindingDay(From.AddDays(n), value, null, null, null, 1))]);

        var runs = drawn.Descendants(Svg + "polyline").Select(l => l.Attribute("points")!.Value.Split(' ').Length);
        Assert.Equal([2, 3], runs);
        Assert.Single(drawn.Descendants(Svg + "circle"));
    }

    [Fact]
    public void Thresholds_are_drawn_in_the_panel_of_their_metric()
    {
        var drawn = Draw([new FindingDay(From, 5, 9, 20, 30, 1)]);

        var bounds = drawn.Descendants(Svg + "line").Where(l => (string?)l.Attribute("class") == "bound").ToList();
        Assert.Equal(["10", "30"], bounds.Select(b => b.Attribute("data-bound")!.Value));
        Assert.NotEqual(bounds[0].Parent, bounds[1].Parent);
    }

    [Fact]
    public void A_chart_of_nothing_measured_is_still_a_chart_and_names_of_any_origin_are_encoded()
    {
        var drawn = Draw([]);
        Assert.Contains("<b>&\"x\"", drawn.Root!.Element(Svg + "title")!.Value, StringComparison.Ordinal);
        Assert.Empty(drawn.Descendants(Svg + "polyline"));
    }

    private static XDocument Draw(IReadOnlyList<FindingDay> days)
    {
        var finding = new Finding
        {
            Id = new(42),
            Kind = FindingKind.LowUse,
            Subject = new(SubjectKind.Server, "res-000007", new("mock-a"), "<b>&\"x\""),
            Scope = new("tenant-a", "provider-a", "430000"),
            Evidence = new(null, null),
            State = FindingState.Open,
            OpenedAt = DateTimeOffset.UnixEpoch,
            LastSeenAt = DateTimeOffset.UnixEpoch,
        };
        JudgedNumber[] numbers = [new("cpuMean", 5, 10, Bound.Under, 1), new("memoryMean", 20, 30, Bound.Under, 1)];
        var course = new FindingCourse(FindingWindow.Before(From.AddDays(28), 28), days, numbers);
        return XDocument.Parse(FindingChart.Draw(finding, course));
    }
}

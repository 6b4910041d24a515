using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CloudManager.Core.Reports;
using CloudManager.Documents.Reports;

namespace CloudManager.Documents.Tests.Reports;

public sealed class MonthlyReportPageTests
{
    private static readonly Regex Svg = new("<svg.*?</svg>", RegexOptions.Singleline, TimeSpan.FromSeconds(5));

    [Fact]
    public void Art25_Says_what_it_is_for_which_month_and_when_it_was_made()
    {
        var page = MonthlyReportPage.Render(Sample.Report());

        Assert.Contains("<h1>湖南省政务云运行月报", page, StringComparison.Ordinal);
        Assert.Contains("2026-09（2026-09-01 – 2026-09-30）", page, StringComparison.Ordinal);
        Assert.Contains("2026-10-01 03:00:00 (UTC+8)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_report_gives_the_same_page_also_after_it_lay_in_the_books()
    {
        var report = Sample.Report();
        var again = ReportJson.Read(ReportJson.Write(report));

        Assert.Equal(MonthlyReportPage.Render(report), MonthlyReportPage.Render(again));
        Assert.Equal(MonthlyReportPage.Render(Sample.Report()), MonthlyReportPage.Render(report));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("</style></svg><b>&amp;")]
    public void A_name_is_text_wherever_it_stands(string name)
    {
        var report = Sample.Report(tenants: 3);
        var pools = report.Pools.Select(p =>
            p with
            {
                Name = name,
                Pool = name,
                Provider = new(name, name),
                Region = new(name, name),
                Kind = name,
            }
        );
        var rank = report.Ranking.Systems.Highest.Select(r =>
            r with
            {
                Code = name,
                Name = name,
                Tenant = new(name, name),
            }
        );
        var cost = report.Cost.ByTenant.Select(c => c with { Code = name, Name = name });
        var missed = report.Requests.Missed.Select(m =>
            m with
            {
                Request = name,
                Step = name,
                Tenant = new(name, name),
            }
        );
        var page = MonthlyReportPage.Render(
            report with
            {
                Id = name,
                Province = name,
                Installation = name,
                Pools = [.. pools.Take(1)],
                Ranking = report.Ranking with { Systems = report.Ranking.Systems with { Highest = [.. rank] } },
                Cost = report.Cost with { ByTenant = [.. cost] },
                Requests = report.Requests with { Missed = [.. missed] },
                Notes = [(name, name)],
            }
        );

        Assert.DoesNotContain(name, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(name), page, StringComparison.Ordinal);
    }

    [Fact]
    public void Refers_to_nothing_outside_of_itself_and_runs_nothing()
    {
        var page = MonthlyReportPage.Render(Sample.Report());

        foreach (
            var outside in (string[])["http:", "https:", "//", "src=", "href=", "url(", "@import", "<script", "<link"]
        )
        {
            Assert.DoesNotContain(outside, page, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Missing_figures_are_said_to_be_missing_and_are_no_zero()
    {
        var silent = Sample.Pool("mock-c", "长沙市政务云", null, Sample.Use(null, null));
        var report = Sample.Report() with { Pools = [silent with { Servers = 7 }] };
        var page = MonthlyReportPage.Render(report);
        var charts = Charts(page).Take(4).ToList();

        Assert.Equal(3 + (3 * 2), charts.Sum(c => c.Descendants().Count(IsNoData)));
        Assert.DoesNotContain(
            charts.SelectMany(c => c.Descendants("rect")),
            r => r.Attribute("data-value") is not null
        );
        // Six of the capacity, three times mean, p95 and max.
        Assert.Equal(6 + 9, Count(PoolSection(page), "<td class=\"n none\">无数据"));
        Assert.DoesNotContain("<td class=\"n\">0<", PoolSection(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_deadline_there_is_no_rate_of_those_kept()
    {
        var report = Sample.Report();
        var none = report.Requests.Deadlines.Select(d => d with { Kept = 0, Missed = 0 });
        var page = MonthlyReportPage.Render(report with { Requests = report.Requests with { Deadlines = [.. none] } });

        Assert.Contains("Deadlines kept</span></dt><dd>无数据", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_chart_says_what_it_shows_and_has_an_id_of_its_own()
    {
        var charts = Charts(MonthlyReportPage.Render(Sample.Report())).ToList();
        var ids = charts.SelectMany(c => c.Descendants()).Select(e => e.Attribute("id")?.Value).OfType<string>();

        Assert.Equal(7, charts.Count);
        Assert.All(charts, c => Assert.False(string.IsNullOrWhiteSpace(c.Element("title")?.Value)));
        Assert.All(charts, c => Assert.False(string.IsNullOrWhiteSpace(c.Element("desc")?.Value)));
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Every_bar_is_as_long_as_its_value_on_the_axis_of_its_chart()
    {
        var bars = 0;
        foreach (var chart in Charts(MonthlyReportPage.Render(Sample.Report())))
        {
            var ticks = chart.Elements("text").Where(t => t.Attribute("data-tick") is not null).ToList();
            var (first, last) = (ticks[0], ticks[^1]);
            var scale =
                (Number(last, "x") - Number(first, "x")) / (Number(last, "data-tick") - Number(first, "data-tick"));
            foreach (var bar in chart.Descendants("rect").Where(r => r.Attribute("data-value") is not null))
            {
                Assert.Equal(Math.Abs(Number(bar, "data-value")) * scale, Number(bar, "width"), 0.01);
                bars++;
            }
        }

        // 2 pools with 2 parts, 2 pools with mean and p95 of two metrics, 20 tenants and the others, a provider, 5 steps.
        Assert.Equal(4 + 8 + 21 + 1 + 10, bars);
    }

    [Fact]
    public void Bars_show_the_numbers_of_the_report()
    {
        var charts = Charts(MonthlyReportPage.Render(Sample.Report())).ToList();
        var cpu = charts.Single(c => c.Element("title")!.Attribute("id")!.Value == "use-cpu-title");
        var deadlines = charts.Single(c => c.Element("title")!.Attribute("id")!.Value == "deadlines-title");

        Assert.Equal([23.4567, 61.25, 71.2, 188.5], Values(cpu));
        Assert.Equal([45, 2, 40, 0, 20, 4, 3, 1, 29, 7], Values(deadlines));
    }

    [Fact]
    public void Tenants_beyond_the_chart_are_summed_up_and_stand_in_the_table()
    {
        var report = Sample.Report(tenants: 30);
        var page = MonthlyReportPage.Render(report);
        var chart = Charts(page).Single(c => c.Element("title")!.Attribute("id")!.Value == "cost-tenant-title");

        Assert.Equal((double)report.Cost.Total.Total, Values(chart).Sum(), 0.001);
        Assert.All(
            report.Cost.ByTenant,
            c => Assert.Contains($"<span class=\"code\">{c.Code}</span>", page, StringComparison.Ordinal)
        );
    }

    private static IEnumerable<XElement> Charts(string page) => Svg.Matches(page).Select(m => XElement.Parse(m.Value));

    private static IEnumerable<double> Values(XElement chart) =>
        chart
            .Descendants("rect")
            .Where(r => r.Attribute("data-value") is not null)
            .Select(r => Number(r, "data-value"));

    private static bool IsNoData(XElement element) =>
        element.Name == "text" && element.Attribute("class")?.Value == "value none";

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static string PoolSection(string page) =>
        page[
            page.IndexOf("<h2>资源池", StringComparison.Ordinal)..page.IndexOf("<h2>使用效率", StringComparison.Ordinal)
        ];

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}

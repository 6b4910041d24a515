using System.Text.Json;
using System.Xml.Linq;
using CloudManager.Adapters.Sdk.Testing;
using CloudManager.Adapters.Sdk.Testing.Reports;

namespace CloudManager.Adapters.Tests.Conformance;

/// <summary>The report as JSON, as JUnit XML and as a page.</summary>
public sealed class ConformanceReportTests
{
    private const string Wild = "<script>alert(1)</script> & \"quoted\" \u0007 \uFFFF 𠮷";

    private static readonly ConformanceReport Report = new(
        "Mock",
        "2.1",
        new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero),
        TimeSpan.FromSeconds(93.5),
        Stopped: false,
        [
            Result("connect.answers", CheckOutcome.Passed, null),
            Result("servers.come-up", CheckOutcome.Failed, Wild),
            Result("servers.reboot", CheckOutcome.Skipped, "The adapter offers no Power."),
        ]
    );

    [Fact]
    public void Reads_back_from_JSON_and_no_other_JSON_is_a_report()
    {
        var back = ConformanceJson.Read(ConformanceJson.Write(Report));
        Assert.Equal(Report.Results, back.Results);
        Assert.Equal(Report with { Results = [] }, back with { Results = [] });
        Assert.Throws<JsonException>(() => ConformanceJson.Read("null"));
        Assert.Contains("云平台可达", ConformanceJson.Write(Report), StringComparison.Ordinal);
    }

    [Fact]
    public void Junit_has_a_suite_for_each_group_and_a_case_for_each_check()
    {
        var root = XDocument.Parse(ConformanceJUnit.Write(Report, "mock-a")).Root!;
        Assert.Equal("testsuites", root.Name);
        Assert.Equal(("3", "1", "93.500"), (Text(root, "tests"), Text(root, "failures"), Text(root, "time")));
        var suites = root.Elements("testsuite").ToList();
        Assert.Equal(["connect", "servers"], suites.Select(suite => Text(suite, "name")));
        Assert.All(
            suites,
            suite =>
            {
                string[] needed = ["tests", "failures", "errors", "skipped", "time", "timestamp", "hostname"];
                Assert.All(needed, name => Assert.NotNull(suite.Attribute(name)));
                Assert.Equal(suite.Elements("testcase").Count(), int.Parse(Text(suite, "tests"), null));
            }
        );
        var cases = suites[1].Elements("testcase").ToList();
        var failure = Assert.Single(cases[0].Elements());
        Assert.Equal("failure", failure.Name);
        Assert.StartsWith("<script>alert(1)</script> & \"quoted\"", Text(failure, "message"), StringComparison.Ordinal);
        Assert.Equal("skipped", Assert.Single(cases[1].Elements()).Name);
        Assert.Equal("conformance.servers", Text(cases[0], "classname"));
    }

    [Fact]
    public void The_page_holds_everything_it_needs_and_encodes_what_a_cloud_says()
    {
        var subject = new ReportSubject("conf-000001", "mock-a", "资源池 <甲>", "technical", "ab12");
        var page = ConformancePage.Write(Report, subject);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.Contains("资源池 &lt;甲&gt;", page, StringComparison.Ordinal);
        Assert.Contains("@page { size: A4", page, StringComparison.Ordinal);
        Assert.Contains("未通过", page, StringComparison.Ordinal);
        Assert.Contains("2026-11-23 10:00:00 +08:00", page, StringComparison.Ordinal);
        Assert.All(Report.Results, result => Assert.Contains(result.Id, page, StringComparison.Ordinal));
        var body = page[
            page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf("</html>", StringComparison.Ordinal)
        ];
        Assert.Equal("body", XElement.Parse(body.Replace("<br>", "<br/>", StringComparison.Ordinal)).Name);
    }

    [Fact]
    public void A_stopped_run_is_no_evidence()
    {
        var stopped = Report with { Stopped = true, Results = [Report.Results[0]] };
        Assert.False(stopped.IsConformant);
        var page = ConformancePage.Write(stopped, new ReportSubject("conf-000001", "p", "p", "t", "s"));
        Assert.Contains("不作为验收依据", page, StringComparison.Ordinal);
    }

    private static string Text(XElement element, string attribute) => element.Attribute(attribute)!.Value;

    private static CheckResult Result(string id, CheckOutcome outcome, string? message)
    {
        var check = ConformanceSuite.Checks.Single(it => it.Id == id);
        return new(id, check.Group, check.Proves, check.Article, outcome, message, TimeSpan.FromSeconds(1.25));
    }
}

using System.Globalization;
using System.Xml.Linq;

namespace CloudManager.Adapters.Sdk.Testing.Reports;

/// <summary>The report as JUnit XML, which every build server shows: a suite for each group, a case for each check.</summary>
public static class ConformanceJUnit
{
    /// <summary>The report's XML.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="pool">The pool it was found on.</param>
    public static string Write(ConformanceReport report, string pool)
    {
        var suites = report
            .Results.GroupBy(result => result.Group)
            .Select(group => Suite(group.Key, [.. group], report, pool));
        var root = new XElement("testsuites", new XAttribute("name", $"conformance {pool}"));
        root.Add(Counts(report.Results));
        root.Add(new XAttribute("time", Seconds(report.Duration)));
        root.Add(suites);
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root}\n";
    }

    private static XElement Suite(
        string group,
        IReadOnlyList<CheckResult> results,
        ConformanceReport report,
        string pool
    )
    {
        var suite = new XElement("testsuite", new XAttribute("name", group));
        suite.Add(Counts(results));
        suite.Add(
            new XAttribute("skipped", Count(results, CheckOutcome.Skipped)),
            new XAttribute("timestamp", report.StartedAt.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)),
            new XAttribute("hostname", Clean(pool)),
            new XAttribute("time", Seconds(TimeSpan.FromTicks(results.Sum(result => result.Duration.Ticks)))),
            results.Select(Case)
        );
        return suite;
    }

    private static XElement Case(CheckResult result)
    {
        var test = new XElement(
            "testcase",
            new XAttribute("name", $"{result.Id} ({result.Article}): {result.Proves.En}"),
            new XAttribute("classname", $"conformance.{result.Group}"),
            new XAttribute("time", Seconds(result.Duration))
        );
        var message = Clean(result.Message ?? "");
        if (result.Outcome == CheckOutcome.Failed)
        {
            test.Add(
                new XElement(
                    "failure",
                    new XAttribute("message", message),
                    new XAttribute("type", "nonconformant"),
                    message
                )
            );
        }
        else if (result.Outcome == CheckOutcome.Skipped)
        {
            test.Add(new XElement("skipped", new XAttribute("message", message)));
        }

        return test;
    }

    private static XAttribute[] Counts(IReadOnlyList<CheckResult> results) =>
        [new("tests", results.Count), new("failures", Count(results, CheckOutcome.Failed)), new("errors", 0)];

    private static int Count(IReadOnlyList<CheckResult> results, CheckOutcome outcome) =>
        results.Count(result => result.Outcome == outcome);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>What a cloud says may hold what XML cannot.</summary>
    private static string Clean(string text) =>
        new([.. text.Where(c => c is '\n' or '\t' || (!char.IsControl(c) && !char.IsSurrogate(c) && c < '\uFFFE'))]);
}

using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests;

/// <summary>What can be said from measurements: missing data is never low use, and never a recommendation.</summary>
public enum Verdict
{
    Determined,

    /// <summary>Too young, not in test or service, or nothing that is measured.</summary>
    NotApplicable,

    /// <summary>Under the policy's coverage.</summary>
    InsufficientData,
}

/// <summary>One metric of a line's servers over the test, in percent of what was allocated.</summary>
/// <param name="Mean">The mean of all measured values; null if nobody measured.</param>
/// <param name="P95">The nearest-rank p95 of the busiest server: sizes must serve it too.</param>
/// <param name="Max">The largest measured value.</param>
/// <param name="Coverage">The smallest coverage of its servers, 0 to 1.</param>
public sealed record TestMetric(double? Mean, double? P95, double? Max, double Coverage);

/// <summary>The advice on one line.</summary>
public sealed record LineAdvice
{
    public required RequestLine Line { get; init; }
    public required Verdict Verdict { get; init; }

    /// <summary>The smallest size that serves what was measured; null without a verdict, or if none is large enough.</summary>
    public Spec? Recommended { get; init; }

    /// <summary>Why.</summary>
    public required IReadOnlyList<Bilingual> Reasons { get; init; }

    public TestMetric? Cpu { get; init; }
    public TestMetric? Memory { get; init; }
}

/// <summary>Adjustment advice (调整建议, art. 19(4)) computed from the test period's measurements.</summary>
public sealed record Advice
{
    public required RequestId Request { get; init; }

    /// <summary>Determined if any line is.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>First whole day of the test.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last whole day.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The p95 demand must stay under so many percent of the size.</summary>
    public required double TargetPercent { get; init; }

    public required IReadOnlyList<LineAdvice> Lines { get; init; }
}

/// <summary>Judges what a test has used. Implemented by Findings.</summary>
public interface ITestUse
{
    /// <summary>The advice over the whole days [from, until) of the test.</summary>
    Task<Advice> AdviseAsync(
        ServiceRequest request,
        (DateOnly From, DateOnly Until) days,
        CancellationToken cancellationToken
    );
}

/// <summary>Reads the advice of a request that was or is in test (art. 19(4)).</summary>
public sealed class ReadAdvice(ITestUse testUse, TimeProvider businessTime)
{
    public async Task<Result<Advice>> ExecuteAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        if (request.Deadlines.LastOrDefault(d => d.Step == Deadlines.Report) is not { } test)
        {
            return new Conflict(
                "request.notTested",
                ("测试环境尚未交付，没有可用的监测数据", "the test has not been handed over, so nothing is measured")
            );
        }

        var end = EndOf(request, test);
        var from = China.Day(test.StartedAt).AddDays(1);
        var until = China.Day(end);
        return await testUse.AdviseAsync(request, (from, until < from ? from : until), cancellationToken);
    }

    /// <summary>The test ends with the report, with its 30 days, or has not ended yet.</summary>
    private DateTimeOffset EndOf(ServiceRequest request, Deadline test)
    {
        var now = businessTime.GetUtcNow();
        var ended = request
            .History.Where(h => h.At >= test.StartedAt)
            .FirstOrDefault(h => h.Action is RequestAction.SubmitTestReport or RequestAction.EndTest);
        return ended is { } step && step.At < now ? step.At : now;
    }
}

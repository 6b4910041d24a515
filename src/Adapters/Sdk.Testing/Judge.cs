using CloudManager.Adapters.Sdk.Testing.Checks;

namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>Runs the checks one after the other and says how each ended.</summary>
internal sealed class Judge(ConformanceRun run, IProgress<ConformanceProgress>? progress)
{
    private const string Stopped = "The run was stopped.";

    private readonly List<CheckResult> _results = [];

    public async Task<ConformanceReport> RunAsync(CancellationToken stopping)
    {
        var startedAt = run.Options.MachineTime.GetUtcNow();
        var start = run.Options.MachineTime.GetTimestamp();
        var ending = CleanUp.All.Count;
        foreach (var check in ConformanceSuite.Checks.SkipLast(ending))
        {
            await JudgeAsync(check, stopping);
        }

        var stopped = stopping.IsCancellationRequested;
        using var patience = new CancellationTokenSource(run.Options.CleanUpTimeout, run.Options.MachineTime);
        await CleanUpAsync(patience.Token);
        progress?.Report(new ConformanceProgress(_results.Count, ConformanceSuite.Checks.Count, null, _results[^1]));
        var info = run.Adapter.Info;
        var took = run.Options.MachineTime.GetElapsedTime(start);
        return new ConformanceReport(info.Kind, info.CloudVersion, startedAt, took, stopped, _results);
    }

    /// <summary>The checks that remove what was made and prove it.</summary>
    public async Task<IReadOnlyList<CheckResult>> CleanUpAsync(CancellationToken cancellationToken)
    {
        foreach (var check in CleanUp.All)
        {
            await JudgeAsync(check, cancellationToken);
        }

        return _results;
    }

    private async Task JudgeAsync(ConformanceCheck check, CancellationToken cancellationToken)
    {
        var total = ConformanceSuite.Checks.Count;
        progress?.Report(new ConformanceProgress(_results.Count, total, check.Id, _results.LastOrDefault()));
        var start = run.Options.MachineTime.GetTimestamp();
        var (outcome, message) = await OutcomeAsync(check, cancellationToken);
        var took = run.Options.MachineTime.GetElapsedTime(start);
        if (outcome == CheckOutcome.Failed)
        {
            run.NoteFailed(check.Id);
        }

        _results.Add(new CheckResult(check.Id, check.Group, check.Proves, check.Article, outcome, message, took));
    }

    /// <summary>The adapter's own word of why a service is missing.</summary>
    private string Why(string service)
    {
        var note = run.Adapter.Info.Notes.FirstOrDefault(n =>
            n.Capability.Equals(service, StringComparison.OrdinalIgnoreCase)
        );
        return note is null ? "" : $": {note.Reason}";
    }

    private async Task<(CheckOutcome Outcome, string? Message)> OutcomeAsync(
        ConformanceCheck check,
        CancellationToken cancellationToken
    )
    {
        var cleansUp = CleanUp.All.Contains(check);
        if (!cleansUp && cancellationToken.IsCancellationRequested)
        {
            return (CheckOutcome.Skipped, Stopped);
        }

        if (Services.Missing(run.Adapter, check.Requires) is { } missing)
        {
            return (CheckOutcome.Skipped, $"The adapter offers no {missing}{Why(missing)}.");
        }

        try
        {
            await check.RunAsync(run, cancellationToken);
            return (CheckOutcome.Passed, null);
        }
        catch (CheckSkipped reason)
        {
            return (CheckOutcome.Skipped, reason.Message);
        }
#pragma warning disable CA1031 // Whatever an adapter throws is a finding about it, unless the call was broken off.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return cancellationToken.IsCancellationRequested && !cleansUp
                ? (CheckOutcome.Skipped, Stopped)
                : (CheckOutcome.Failed, ConformanceFailure.Describe(failure));
        }
    }
}

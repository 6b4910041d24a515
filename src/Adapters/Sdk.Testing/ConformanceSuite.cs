using CloudManager.Adapters.Sdk.Testing.Checks;

namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>
/// The conformance suite (适配器一致性测试, art. 16): what an adapter must do on a real pool before that pool is
/// activated. It makes a few small things, removes all of them at its end, also when it fails or is cancelled, and
/// judges each check by itself. The CLI, the API and the tests all run this one.
/// </summary>
public static class ConformanceSuite
{
    /// <summary>Every check, in the order they run; the last removes what the others made.</summary>
    public static IReadOnlyList<ConformanceCheck> Checks { get; } =
    [
        .. ConnectChecks.All,
        .. ServerChecks.All,
        .. VolumeChecks.All,
        .. NetworkChecks.All,
        .. WatchingChecks.All,
        .. IdempotencyChecks.All,
        .. ErrorChecks.All,
        CleanUp.Check,
    ];

    /// <summary>Runs every check whose services the adapter offers.</summary>
    /// <param name="adapter">The pool's adapter.</param>
    /// <param name="options">What to order and how long to wait.</param>
    /// <param name="progress">Told of each check as it ends; may be null.</param>
    /// <param name="cancellationToken">Ends the run; what was made is removed first.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled, and what it made is removed.</exception>
    public static async Task<ConformanceReport> RunAsync(
        ICloudAdapter adapter,
        ConformanceOptions options,
        IProgress<CheckResult>? progress,
        CancellationToken cancellationToken
    )
    {
        var run = new ConformanceRun(adapter, options);
        var startedAt = options.MachineTime.GetUtcNow();
        var start = options.MachineTime.GetTimestamp();
        var results = new List<CheckResult>();

        async Task JudgeAsync(ConformanceCheck check, CancellationToken token)
        {
            var result = await RunAsync(check, run, token);
            results.Add(result);
            progress?.Report(result);
        }

        try
        {
            foreach (var check in Checks.SkipLast(1))
            {
                await JudgeAsync(check, cancellationToken);
            }
        }
        finally
        {
            using var ending = new CancellationTokenSource(options.CleanUpTimeout, options.MachineTime);
            await JudgeAsync(CleanUp.Check, ending.Token);
        }

        var info = adapter.Info;
        var took = options.MachineTime.GetElapsedTime(start);
        return new ConformanceReport(info.Kind, info.CloudVersion, startedAt, took, results);
    }

    private static async Task<CheckResult> RunAsync(
        ConformanceCheck check,
        ConformanceRun run,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = run.Options.MachineTime.GetTimestamp();
        var (outcome, message) = await JudgeAsync(check, run, cancellationToken);
        var took = run.Options.MachineTime.GetElapsedTime(start);
        return new CheckResult(check.Id, check.Group, check.Proves, check.Article, outcome, message, took);
    }

    private static async Task<(CheckOutcome Outcome, string? Message)> JudgeAsync(
        ConformanceCheck check,
        ConformanceRun run,
        CancellationToken cancellationToken
    )
    {
        if (Services.Missing(run.Adapter, check.Requires) is { } missing)
        {
            return (CheckOutcome.Skipped, $"The adapter offers no {missing}.");
        }

        try
        {
            await check.RunAsync(run, cancellationToken);
            return (CheckOutcome.Passed, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && check != CleanUp.Check)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever an adapter throws is a finding about it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return (CheckOutcome.Failed, ConformanceFailure.Describe(failure));
        }
    }
}

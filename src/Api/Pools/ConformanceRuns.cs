using System.Collections.Concurrent;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;
using CloudManager.Adapters.Sdk.Testing.Reports;
using CloudManager.Api.Workers;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Pools;

/// <summary>
/// Runs the conformance suite beside the host's other work. A run whose host went away is found by the next one, told to
/// be broken, and what it left in the pool is removed.
/// </summary>
internal sealed class ConformanceRuns(
    IBooks books,
    IConformanceStore runs,
    IPools pools,
    (MachineClock Machine, TimeProvider Business) clocks,
    ILogger<ConformanceRuns> logger
) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<ConformanceId, Underway> _underway = new();

    /// <summary>Begins a run that the books hold already.</summary>
    public void Begin(ConformanceRun run)
    {
        var underway = new Underway(new CancellationTokenSource());
        _underway[run.Id] = underway;
        underway.Work = Task.Run(() => RunAsync(run, underway), CancellationToken.None);
    }

    /// <summary>Ends a run early; false if it does not run here.</summary>
    public bool Stop(ConformanceId id)
    {
        if (!_underway.TryGetValue(id, out var underway))
        {
            return false;
        }

        underway.Stopping.Cancel();
        return true;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var underway in _underway.Values)
        {
            await underway.Stopping.CancelAsync();
        }

        await Task.WhenAll(_underway.Values.Select(it => it.Work))
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await BuryAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The border of a job: the next look tries again, and the bug is logged.
            catch (Exception bug) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.LogError(bug, "The look for broken conformance runs broke");
            }

            await Task.Delay(LookInterval, clocks.Machine.Provider, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells the runs whose host is gone to be broken, and removes what broken runs left.</summary>
    private async Task BuryAsync(CancellationToken cancellationToken)
    {
        var most = new PageRequest(null, 200);
        var running = new ConformanceFilter(null, ConformanceState.Running);
        var open = await books.ReadAsync((t, c) => runs.ListAsync(t, running, most, c), cancellationToken);
        foreach (var run in open.Items.Where(IsOrphan))
        {
            await EndAsync(run with { State = ConformanceState.Broken }, null, cancellationToken);
            logger.LogWarning("The host of {Run} on {Pool} went away", run.Id, run.Pool);
        }

        var broken = new ConformanceFilter(null, ConformanceState.Broken, MayHaveLeft: true);
        var left = await books.ReadAsync((t, c) => runs.ListAsync(t, broken, most, c), cancellationToken);
        foreach (var run in left.Items.Where(it => !_underway.Values.Any(busy => busy.Pool == it.Pool)))
        {
            await RemoveLeftoversAsync(run, cancellationToken);
        }
    }

    private bool IsOrphan(ConformanceRun run) =>
        !_underway.ContainsKey(run.Id) && HostProcess.IsGone(run.Owner, run.SeenAt, clocks.Machine.Now);

    private async Task RemoveLeftoversAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        if (!pools.TryFind(run.Pool, out var pool))
        {
            return;
        }

        var options = ConformanceOptionsOf.Pool(pool, run, clocks.Machine, clocks.Business);
        if (Opened(run) is not { } adapter)
        {
            return;
        }

        var results = await ConformanceSuite.RemoveLeftoversAsync(adapter, options, cancellationToken);
        if (results.All(result => result.Outcome != CheckOutcome.Failed))
        {
            await KeepAsync(run with { MayHaveLeft = false }, null, cancellationToken);
        }
        else
        {
            logger.LogWarning("{Run} left things on {Pool}: {Results}", run.Id, run.Pool, results);
        }
    }

    /// <summary>The pool's adapter; null where it cannot be had now, which its health tells and no other run suffers from.</summary>
    private ICloudAdapter? Opened(ConformanceRun run)
    {
        try
        {
            return pools.Open(run.Pool);
        }
        catch (AdapterException failure)
        {
            logger.LogWarning("{Pool} cannot be opened for {Run}: {Reason}", run.Pool, run.Id, failure.Message);
            return null;
        }
    }

    private async Task RunAsync(ConformanceRun run, Underway underway)
    {
        underway.Pool = run.Pool;
        try
        {
            using var beating = new CancellationTokenSource();
            var beats = BeatAsync(run, underway, beating.Token);
            var (ended, report) = await JudgeAsync(run, underway);
            await beating.CancelAsync();
            await beats;
            await EndAsync(ended, report, CancellationToken.None);
        }
#pragma warning disable CA1031 // The border of a job: the run is told to be broken, and the bug is logged.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            logger.LogError(bug, "{Run} broke", run.Id);
            await EndAsync(run with { State = ConformanceState.Broken }, null, CancellationToken.None);
        }
        finally
        {
            _underway.TryRemove(run.Id, out _);
        }
    }

    private async Task<(ConformanceRun Ended, string? Report)> JudgeAsync(ConformanceRun run, Underway underway)
    {
        if (!pools.TryFind(run.Pool, out var pool))
        {
            return (run with { State = ConformanceState.Broken }, null);
        }

        if (Opened(run) is not { } adapter)
        {
            return (run with { State = ConformanceState.Broken, MayHaveLeft = false }, null);
        }

        var options = ConformanceOptionsOf.Pool(pool, run, clocks.Machine, clocks.Business);
        var report = await ConformanceSuite.RunAsync(adapter, options, underway, underway.Stopping.Token);
        var ended = underway.Stand(run) with
        {
            State =
                report.Stopped ? ConformanceState.Stopped
                : report.IsConformant ? ConformanceState.Passed
                : ConformanceState.Failed,
            Check = null,
            CloudVersion = report.CloudVersion,
            Failed = report.Count(CheckOutcome.Failed),
            MayHaveLeft = report.Results.Any(it => it.Group == "clean-up" && it.Outcome == CheckOutcome.Failed),
        };
        return (ended, ConformanceJson.Write(report));
    }

    /// <summary>Says every second how far it is, and that its host lives.</summary>
    private async Task BeatAsync(ConformanceRun run, Underway underway, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await KeepAsync(underway.Stand(run), null, CancellationToken.None);
            await Task.Delay(Beat, clocks.Machine.Provider, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task KeepAsync(ConformanceRun run, string? report, CancellationToken cancellationToken) =>
        books.KeepAsync(
            Origin.Platform,
            async (transaction, token) =>
            {
                await runs.UpdateAsync(transaction, run with { SeenAt = clocks.Machine.Now }, report, token);
                return Done.Now;
            },
            cancellationToken
        );

    private Task EndAsync(ConformanceRun run, string? report, CancellationToken cancellationToken) =>
        books.KeepAsync(
            Origin.Platform,
            async (transaction, token) =>
            {
                var ended = run with { EndedAt = clocks.Business.GetUtcNow(), SeenAt = clocks.Machine.Now };
                await runs.UpdateAsync(transaction, ended, report, token);
                transaction.Record(
                    new("conformance.end", new("conformance", $"{run.Id}"), ConformanceState.Running, ended.State)
                );
                return Done.Now;
            },
            cancellationToken
        );

    /// <summary>A run under way in this process.</summary>
    private sealed class Underway(CancellationTokenSource stopping) : IProgress<ConformanceProgress>
    {
        private volatile ConformanceProgress? _now;
        private int _failed;

        public CancellationTokenSource Stopping => stopping;

        public PoolId Pool { get; set; }

        public Task Work { get; set; } = Task.CompletedTask;

        public void Report(ConformanceProgress value)
        {
            if (value.Last is { Outcome: CheckOutcome.Failed } && value.Done != _now?.Done)
            {
                Interlocked.Increment(ref _failed);
            }

            _now = value;
        }

        public ConformanceRun Stand(ConformanceRun run) =>
            _now is { } now
                ? run with
                {
                    Done = now.Done,
                    Total = now.Total,
                    Check = now.Running,
                    Failed = _failed,
                }
                : run;
    }
}

using System.Collections.Concurrent;
using CloudManager.Api.Workers;
using CloudManager.Core.Findings.Trials;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.Findings;

/// <summary>
/// Runs trials of policies beside the host's other work. One whose host went away is found by the next, told to be broken,
/// and can be asked for again.
/// </summary>
internal sealed class TrialRuns(
    IBooks books,
    ITrialStore trials,
    TryPolicy work,
    (MachineClock Machine, TimeProvider Business) clocks,
    ILogger<TrialRuns> logger
) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<TrialId, Underway> _underway = new();

    /// <summary>Begins a trial that the books hold already.</summary>
    public void Begin(Trial trial)
    {
        var underway = new Underway();
        _underway[trial.Id] = underway;
        underway.Work = Task.Run(() => RunAsync(trial, underway), CancellationToken.None);
    }

    /// <summary>Ends a trial early; false if it does not run here.</summary>
    public bool Stop(TrialId id)
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
                logger.LogError(bug, "The look for broken trials broke");
            }

            await Task.Delay(LookInterval, clocks.Machine.Provider, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells the trials whose host is gone to be broken.</summary>
    private async Task BuryAsync(CancellationToken cancellationToken)
    {
        var running = ((string?)null, (int?)null, (TrialState?)TrialState.Running);
        var most = new PageRequest(null, 200);
        var open = await books.ReadAsync((t, c) => trials.ListAsync(t, running, most, c), cancellationToken);
        var gone = open.Items.Where(t =>
            !_underway.ContainsKey(t.Id) && HostProcess.IsGone(t.Owner, t.SeenAt, clocks.Machine.Now)
        );
        foreach (var trial in gone)
        {
            await EndAsync(trial with { State = TrialState.Broken }, [], cancellationToken);
            logger.LogWarning("The host of {Trial} went away", trial.Id);
        }
    }

    private async Task RunAsync(Trial trial, Underway underway)
    {
        using var beating = new CancellationTokenSource();
        var beats = BeatAsync(trial, underway, beating.Token);
        var (state, items) = await TryAsync(trial, underway);
        await beating.CancelAsync();
        await beats;
        try
        {
            await EndAsync(underway.Stand(trial) with { State = state }, items, CancellationToken.None);
        }
#pragma warning disable CA1031 // The border of a job: what could not be written is found broken later, and the bug is logged.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            logger.LogError(bug, "The end of {Trial} could not be written", trial.Id);
        }
        finally
        {
            _underway.TryRemove(trial.Id, out _);
        }
    }

    private async Task<(TrialState State, IReadOnlyList<TrialItem> Items)> TryAsync(Trial trial, Underway underway)
    {
        try
        {
            return (TrialState.Done, await work.ExecuteAsync(trial, underway, underway.Stopping.Token));
        }
        catch (OperationCanceledException) when (underway.Stopping.IsCancellationRequested)
        {
            return (TrialState.Stopped, []);
        }
#pragma warning disable CA1031 // The border of a job: the trial is told to be broken, and the bug is logged.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            logger.LogError(bug, "{Trial} broke", trial.Id);
            return (TrialState.Broken, []);
        }
    }

    /// <summary>Says every second how far it is, and that its host lives; books that do not answer are asked again.</summary>
    private async Task BeatAsync(Trial trial, Underway underway, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await KeepAsync((t, c) => trials.SaveAsync(t, Seen(underway.Stand(trial)), c), CancellationToken.None);
            }
#pragma warning disable CA1031 // A beat that is missed changes nothing of the trial; the next one follows.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                logger.LogWarning(failure, "How far {Trial} is could not be written", trial.Id);
            }

            await Task.Delay(Beat, clocks.Machine.Provider, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task EndAsync(Trial trial, IReadOnlyList<TrialItem> items, CancellationToken cancellationToken) =>
        KeepAsync(
            async (transaction, token) =>
            {
                var ended = Seen(trial) with
                {
                    EndedAt = clocks.Business.GetUtcNow(),
                    Counts = TrialItems.Count(items),
                };
                await trials.SaveAsync(transaction, ended, token);
                await trials.AddItemsAsync(transaction, trial.Id, items, token);
                transaction.Record(
                    new("trial.end", new("trial", trial.Id.ToString()), TrialState.Running, ended.State)
                );
            },
            cancellationToken
        );

    private Task KeepAsync(Func<ITransaction, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        books.KeepAsync(
            Origin.Platform,
            async (transaction, token) =>
            {
                await work(transaction, token);
                return Done.Now;
            },
            cancellationToken
        );

    private Trial Seen(Trial trial) => trial with { SeenAt = clocks.Machine.Now };

    /// <summary>A trial under way in this process.</summary>
    private sealed class Underway : IProgress<TrialProgress>
    {
        private (int Done, int Total) _now;
        private readonly Lock _gate = new();

        public CancellationTokenSource Stopping { get; } = new();

        public Task Work { get; set; } = Task.CompletedTask;

        public void Report(TrialProgress value)
        {
            lock (_gate)
            {
                _now = (value.Done, value.Total);
            }
        }

        public Trial Stand(Trial trial)
        {
            lock (_gate)
            {
                return trial with { Done = _now.Done, Total = _now.Total };
            }
        }
    }
}

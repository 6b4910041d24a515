using System.Collections.Concurrent;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;

namespace CloudManager.Core.Inventory;

/// <summary>
/// Takes one pool's inventory (资源盘点, art. 14): a quick look where the cloud tells what changed and a full listing is
/// not due, else everything. It can be stopped at any point and run again; two at once do no harm.
/// </summary>
public sealed class SyncPool(IPools pools, IBooks books, ListPool list, ProveGone prove, SyncTerms terms)
{
    private static readonly TimeSpan RunsKept = TimeSpan.FromDays(35);
    private static readonly Bilingual Stopped = ("盘点被中止", "the run was stopped");
    private static readonly Bilingual Broke = ("平台内部错误，已记录", "an internal error; it was logged");
    private readonly ConcurrentDictionary<PoolId, SemaphoreSlim> _turns = [];

    /// <summary>The run; null for a pool whose cloud offers no inventory.</summary>
    public async Task<InventoryRun?> ExecuteAsync(Pool pool, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(pool.Id, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await InTurnAsync(pool, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The run of a list that people handed in; refused if a newer one was taken already.</summary>
    internal async Task<Result<InventoryRun>> HandedAsync(
        Pool pool,
        (DateTimeOffset ListedAt, IReadOnlyList<CloudThing> Things) list,
        Intent intent,
        CancellationToken cancellationToken
    )
    {
        var turn = _turns.GetOrAdd(pool.Id, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            var begun = await books.ChangeAsync(
                intent,
                (t, token) => BeginHandedAsync(t, pool, list.ListedAt, list.Things.Count, token),
                cancellationToken
            );
            return begun.Refusal is { } refusal
                ? refusal
                : await HandedAsync(pool, list.Things, begun.Value, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<InventoryRun> HandedAsync(
        Pool pool,
        IReadOnlyList<CloudThing> things,
        (InventoryRun Run, InventoryRun? Baseline) begun,
        CancellationToken cancellationToken
    )
    {
        var (run, takenAt) = (begun.Run, terms.BusinessTime.GetUtcNow());
        try
        {
            var listed = await list.HandedAsync(pool, things, run, cancellationToken);
            run = run with { Counts = listed.Counts, Findings = listed.Findings };
            run = await ConcludeAsync(run, begun.Baseline, takenAt, cancellationToken);
            return run;
        }
        finally
        {
            await EndBrokenAsync(run, cancellationToken);
        }
    }

    private async Task<Result<(InventoryRun Run, InventoryRun? Baseline)>> BeginHandedAsync(
        ITransaction transaction,
        Pool pool,
        DateTimeOffset listedAt,
        int rows,
        CancellationToken cancellationToken
    )
    {
        var last = await terms.Desk.Runs.LastAsync(transaction, pool.Id, cancellationToken);
        if (last.LatestFull is { } newer && newer.StartedAt > listedAt)
        {
            return InventoryRefusals.Older(newer);
        }

        var run = new InventoryRun
        {
            Id = new(await terms.Desk.Counters.TakeAsync(transaction, RunId.Prefix, 1, cancellationToken)),
            Pool = pool.Id,
            Mode = RunMode.Full,
            Outcome = RunOutcome.Running,
            StartedAt = listedAt,
        };
        await terms.Desk.Runs.SaveAsync(transaction, run, cancellationToken);
        transaction.Record(
            new("inventory.handIn", new("inventoryRun", run.Id.ToString()), null, new { pool = pool.Id.Value, rows })
        );
        return (run, last.Full);
    }

    private async Task EndBrokenAsync(InventoryRun? run, CancellationToken cancellationToken)
    {
        if (run is { Outcome: RunOutcome.Running, EndedAt: null })
        {
            var why = cancellationToken.IsCancellationRequested ? Stopped : Broke;
            await EndAsync(run with { Outcome = RunOutcome.BrokeOff, Reason = why });
        }
    }

    private async Task<InventoryRun?> InTurnAsync(Pool pool, CancellationToken cancellationToken)
    {
        var (run, since) = (default(InventoryRun), DateTimeOffset.MinValue);
        try
        {
            var cloud = pools.Open(pool.Id);
            if (cloud.Inventory is not { } inventory)
            {
                return null;
            }

            (run, since, var baseline) = await BeginAsync(pool, cloud.Changes is not null, cancellationToken);
            var listed =
                run.Mode == RunMode.Full
                    ? await list.FullAsync(pool, inventory, run, cancellationToken)
                    : await list.QuickAsync(pool, cloud, (run, since), cancellationToken);
            run = run with { Counts = listed.Counts, Findings = listed.Findings };
            run = await ConcludeAsync(run, baseline, run.StartedAt, cancellationToken);
            return run;
        }
        catch (AdapterException failure)
        {
            run ??= (await BeginAsync(pool, offersChanges: false, cancellationToken)).Run;
            var why = FailureWords.Of(failure.Kind);
            run = await EndAsync(run with { Outcome = RunOutcome.BrokeOff, Reason = why });
            return run;
        }
        finally
        {
            await EndBrokenAsync(run, cancellationToken);
        }
    }

    private Task<(InventoryRun Run, DateTimeOffset Since, InventoryRun? Baseline)> BeginAsync(
        Pool pool,
        bool offersChanges,
        CancellationToken cancellationToken
    ) =>
        books.KeepAsync(
            Origin.Platform,
            async (transaction, token) =>
            {
                var now = terms.BusinessTime.GetUtcNow();
                var last = await terms.Desk.Runs.LastAsync(transaction, pool.Id, token);
                var quick =
                    offersChanges
                    && last.Full is { Outcome: RunOutcome.Completed } full
                    && now - full.StartedAt < terms.Policy.FullEvery
                    && last.LatestFull?.Id == full.Id;
                var run = new InventoryRun
                {
                    Id = new(await terms.Desk.Counters.TakeAsync(transaction, RunId.Prefix, 1, token)),
                    Pool = pool.Id,
                    Mode = quick ? RunMode.Quick : RunMode.Full,
                    Outcome = RunOutcome.Running,
                    StartedAt = now,
                };
                await terms.Desk.Runs.SaveAsync(transaction, run, token);
                return (run, (last.Complete?.StartedAt ?? now) - terms.Policy.Overlap, last.Full);
            },
            cancellationToken
        );

    private async Task<InventoryRun> ConcludeAsync(
        InventoryRun run,
        InventoryRun? baseline,
        DateTimeOffset takenAt,
        CancellationToken cancellationToken
    )
    {
        if (run.Mode == RunMode.Full)
        {
            var missing = await books.ReadAsync(
                (t, token) => terms.Desk.Things.ShortfallAsync(t, run, baseline?.Id, token),
                cancellationToken
            );
            run = run with { Missing = missing.Sum(s => s.Missing) };
            var tooMany = missing.Where(s => !terms.Policy.Believes(s.Missing, s.Known)).ToList();
            if (tooMany.Count > 0)
            {
                return await EndAsync(
                    run with
                    {
                        Outcome = RunOutcome.Shrunk,
                        Reason = InventoryWords.Shrunk(tooMany),
                    }
                );
            }

            var proven = await prove.ExecuteAsync(run, takenAt, cancellationToken);
            run = run with { Findings = run.Findings + proven };
        }

        return await EndAsync(run with { Outcome = RunOutcome.Completed });
    }

    /// <summary>How a run ended is noted also when it was told to stop.</summary>
    private Task<InventoryRun> EndAsync(InventoryRun run) =>
        books.KeepAsync(
            Origin.Platform,
            async (transaction, token) =>
            {
                var ended = run with { EndedAt = terms.BusinessTime.GetUtcNow() };
                await terms.Desk.Runs.SaveAsync(transaction, ended, token);
                await terms.Desk.Runs.ForgetAsync(transaction, run.Pool, ended.EndedAt.Value - RunsKept, token);
                return ended;
            },
            CancellationToken.None
        );
}

/// <summary>What runs of the inventory go by.</summary>
/// <param name="Desk">What they read and write.</param>
/// <param name="Policy">The province's numbers.</param>
/// <param name="BusinessTime">The clock.</param>
public sealed record SyncTerms(InventoryDesk Desk, InventoryPolicy Policy, TimeProvider BusinessTime);

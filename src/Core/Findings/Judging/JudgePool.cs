using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Findings.Judging;

/// <summary>What judging reads and writes in the books.</summary>
public sealed record JudgingBooks(
    IBooks Books,
    IPolicies Policies,
    IJudgedResources Resources,
    IJudgingProgress Progress,
    IFindingStore Findings
);

/// <summary>Who judges what.</summary>
public sealed record Judges(JudgeServers Servers, JudgeThings Things, JudgeSystems Systems);

/// <summary>
/// Judges a pool's week page by page, each page with how far it has come in one transaction: it can be stopped between
/// pages and goes on where it was. A system is judged with the last of its pools.
/// </summary>
public sealed class JudgePool(JudgingBooks desk, Judges judges, KeepVerdicts keep)
{
    /// <summary>How many servers a page has.</summary>
    public int PageSize { get; init; } = 2_000;

    private const int SystemPage = 200;

    /// <summary>Goes on with the pool's week to its end.</summary>
    public async Task<FindingChanges> ExecuteAsync(DateOnly week, PoolId pool, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var all = await desk.Books.ReadAsync((t, c) => desk.Progress.SinceAsync(t, week, c), cancellationToken);
            var ofWeek = all.Where(p => p.Week == week).ToList();
            var now = ofWeek.Find(p => p.Pool == pool) ?? JudgingProgress.Beginning(week, pool);
            switch (now.Phase)
            {
                case JudgingPhase.Servers:
                    await ServersAsync(now, cancellationToken);
                    break;
                case JudgingPhase.Things:
                    await ThingsAsync(now, cancellationToken);
                    break;
                case JudgingPhase.Systems:
                    await SystemsAsync(now, ofWeek, cancellationToken);
                    break;
                default:
                    return now.Changes;
            }
        }
    }

    private async Task ServersAsync(JudgingProgress now, CancellationToken cancellationToken)
    {
        var scope = new JudgedScope(now.Week) { Pool = now.Pool };
        var request = new PageRequest(now.After.Length == 0 ? null : now.After, PageSize);
        var (page, terms) = await desk.Books.ReadAsync(
            async (t, c) =>
            {
                var read = await judges.Servers.ReadAsync(t, scope, request, c);
                return (read, await TermsAsync(t, now.Week, read.Servers.Select(s => s.Region), c));
            },
            cancellationToken
        );
        var uses = await judges.Servers.MeasureAsync(page, terms, cancellationToken);
        var judged = await judges.Servers.ExecuteAsync(page, uses, terms, cancellationToken);
        await StepAsync(
            now,
            Next(now, page.Next, JudgingPhase.Things),
            async (t, c) =>
            {
                await desk.Progress.KeepAsync(t, now.Week, [.. judged.Select(j => j.Share)], c);
                return await keep.ExecuteAsync(t, now.Pool, now.Week, [.. judged.Select(j => j.Subject)], c);
            },
            cancellationToken
        );
    }

    private async Task ThingsAsync(JudgingProgress now, CancellationToken cancellationToken)
    {
        var scope = new JudgedScope(now.Week) { Pool = now.Pool };
        var request = new PageRequest(now.After.Length == 0 ? null : now.After, PageSize);
        var (page, terms) = await desk.Books.ReadAsync(
            async (t, c) =>
            {
                var read = await judges.Things.ReadAsync(t, scope, request, c);
                return (read, await TermsAsync(t, now.Week, read.Things.Select(s => s.Region), c));
            },
            cancellationToken
        );
        var judged = await judges.Things.ExecuteAsync(page, terms, cancellationToken);
        await StepAsync(
            now,
            Next(now, page.Next, JudgingPhase.Systems),
            async (t, c) =>
            {
                var changes = await keep.ExecuteAsync(t, now.Pool, now.Week, judged, c);
                var left = await desk.Findings.LeftServiceAsync(t, now.Pool, now.Week, c);
                return changes + await keep.LeaveAsync(t, left, c);
            },
            cancellationToken
        );
    }

    private async Task SystemsAsync(
        JudgingProgress now,
        IReadOnlyList<JudgingProgress> week,
        CancellationToken cancellationToken
    )
    {
        var request = new PageRequest(now.After.Length == 0 ? null : now.After, SystemPage);
        var (page, terms) = await desk.Books.ReadAsync(
            async (t, c) =>
            {
                var read = await desk.Progress.SystemsAsync(t, (now.Week, now.Pool), request, c);
                return (
                    read,
                    await TermsAsync(t, now.Week, read.Items.SelectMany(s => s.Servers.Select(v => v.Region)), c)
                );
            },
            cancellationToken
        );
        var judgedIn = week.Where(p => p.Phase > JudgingPhase.Servers).Select(p => p.Pool).ToHashSet();
        var whole = page.Items.Where(s => s.Pools.All(judgedIn.Contains)).ToList();
        var judged = await judges.Systems.ExecuteAsync(whole, terms, cancellationToken);
        await StepAsync(
            now,
            Next(now, page.Next, JudgingPhase.Done),
            async (t, c) =>
            {
                await desk.Progress.ForgetAsync(t, now.Week, [.. whole.Select(s => s.Code)], c);
                return await keep.ExecuteAsync(t, null, now.Week, judged, c);
            },
            cancellationToken
        );
    }

    private async Task<JudgingTerms> TermsAsync(
        ITransaction transaction,
        DateOnly day,
        IEnumerable<string> regions,
        CancellationToken cancellationToken
    )
    {
        var policies = new Dictionary<string, MonitoringPolicy>();
        foreach (var region in regions.Distinct())
        {
            policies[region] = await desk.Policies.InForceAsync(transaction, region, day, cancellationToken);
        }

        return new JudgingTerms(day, region => policies[region]);
    }

    private static JudgingProgress Next(JudgingProgress now, string? after, JudgingPhase then) =>
        after is null ? now with { Phase = then, After = "" } : now with { After = after };

    /// <summary>Writes a page unless somebody else did meanwhile.</summary>
    private Task StepAsync(
        JudgingProgress now,
        JudgingProgress next,
        Func<ITransaction, CancellationToken, Task<FindingChanges>> work,
        CancellationToken cancellationToken
    ) =>
        desk.Books.KeepAsync(
            Origin.Platform,
            async (transaction, token) =>
            {
                var all = await desk.Progress.SinceAsync(transaction, now.Week, token);
                var stored = all.FirstOrDefault(p => p.Week == now.Week && p.Pool == now.Pool);
                if ((stored ?? JudgingProgress.Beginning(now.Week, now.Pool)) == now)
                {
                    var changes = await work(transaction, token);
                    await desk.Progress.SaveAsync(transaction, next with { Changes = now.Changes + changes }, token);
                }

                return Done.Now;
            },
            cancellationToken
        );
}

using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings.Trials;

/// <summary>Judges the windows of a trial, each with both policies, and gathers what either finds.</summary>
internal sealed class TrialPages(IBooks books, Judges judges, TrialPlan plan)
{
    private int _done;

    public int PageSize { get; init; } = 2_000;

    public TrialItems Items { get; } = new();

    public async Task JudgeAsync(DateOnly day, IProgress<TrialProgress> progress, CancellationToken cancellationToken)
    {
        var tried = new Side(new JudgingTerms(day, _ => plan.Policy), Items.AddTried);
        var inForce = new Side(new JudgingTerms(day, region => plan.InForce[region]), Items.AddInForce);
        var scope = new JudgedScope(day) { Regions = [.. plan.InForce.Keys] };
        await ServersAsync(scope, (tried, inForce), progress, cancellationToken);
        await ThingsAsync(scope, (tried, inForce), cancellationToken);
        foreach (var side in (Side[])[tried, inForce])
        {
            var systems = side
                .Shares.GroupBy(s => s.System)
                .Select(s => new SystemShares(s.Key, plan.Names.GetValueOrDefault(s.Key, s.Key), [.. s], []))
                .OrderBy(s => s.Code, StringComparer.Ordinal)
                .ToList();
            side.Add(await judges.Systems.ExecuteAsync(systems, side.Terms, cancellationToken));
        }
    }

    private async Task ServersAsync(
        JudgedScope scope,
        (Side Tried, Side InForce) sides,
        IProgress<TrialProgress> progress,
        CancellationToken cancellationToken
    )
    {
        string? after = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var request = new PageRequest(after, PageSize);
            var page = await books.ReadAsync(
                (t, c) => judges.Servers.ReadAsync(t, scope, request, c),
                cancellationToken
            );
            var uses = await JudgeAsync(page, sides.Tried, null, cancellationToken);
            await JudgeAsync(page, sides.InForce, IsAlike(page, sides) ? uses : null, cancellationToken);
            _done += page.Servers.Count;
            progress.Report(new TrialProgress(_done, Math.Max(plan.Total, _done)));
            after = page.Next;
        } while (after is not null);
    }

    /// <summary>Whether both policies look at the same days of these servers.</summary>
    private static bool IsAlike(ServerPage page, (Side Tried, Side InForce) sides) =>
        page.Servers.All(s => sides.Tried.Terms.WindowOf(s) == sides.InForce.Terms.WindowOf(s));

    private async Task<IReadOnlyDictionary<ResourceId, ServerUse>> JudgeAsync(
        ServerPage page,
        Side side,
        IReadOnlyDictionary<ResourceId, ServerUse>? known,
        CancellationToken cancellationToken
    )
    {
        var uses = known ?? await judges.Servers.MeasureAsync(page, side.Terms, cancellationToken);
        var judged = await judges.Servers.ExecuteAsync(page, uses, side.Terms, cancellationToken);
        side.Shares.AddRange(judged.Select(j => j.Share));
        side.Add([.. judged.Select(j => j.Subject)]);
        return uses;
    }

    private async Task ThingsAsync(
        JudgedScope scope,
        (Side Tried, Side InForce) sides,
        CancellationToken cancellationToken
    )
    {
        string? after = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var request = new PageRequest(after, PageSize);
            var page = await books.ReadAsync(
                (t, c) => judges.Things.ReadAsync(t, scope, request, c),
                cancellationToken
            );
            sides.Tried.Add(await judges.Things.ExecuteAsync(page, sides.Tried.Terms, cancellationToken));
            sides.InForce.Add(await judges.Things.ExecuteAsync(page, sides.InForce.Terms, cancellationToken));
            after = page.Next;
        } while (after is not null);
    }

    /// <summary>One of the two policies on one day.</summary>
    private sealed class Side(JudgingTerms terms, Action<DateOnly, JudgedSubject, RuleVerdict> add)
    {
        public JudgingTerms Terms => terms;

        public List<ServerShare> Shares { get; } = [];

        public void Add(IReadOnlyList<JudgedSubject> judged)
        {
            foreach (var subject in judged)
            {
                foreach (var held in subject.Held())
                {
                    add(terms.Day, subject, held);
                }
            }
        }
    }
}

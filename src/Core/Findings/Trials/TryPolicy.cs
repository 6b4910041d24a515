using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Findings.Trials;

/// <summary>What a trial reads.</summary>
public sealed record TrialBooks(
    IBooks Books,
    (IPolicies InForce, IPolicyStore All) Policies,
    IRegionStore Regions,
    ISystemStore Systems,
    IJudgedCounts Counts
);

/// <summary>How many servers were judged, of how many over all windows.</summary>
public readonly record struct TrialProgress(int Done, int Total);

/// <summary>
/// Tries a policy (标准试算, art. 22): judges consecutive windows of its length back from the last whole day, by the same
/// judges that findings come of, with the policy and with the one in force today. It writes nothing.
/// </summary>
public sealed class TryPolicy(TrialBooks desk, Judges judges)
{
    /// <summary>How many servers a page has.</summary>
    public int PageSize { get; init; } = 2_000;

    public async Task<IReadOnlyList<TrialItem>> ExecuteAsync(
        Trial trial,
        IProgress<TrialProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var plan = await desk.Books.ReadAsync((t, c) => PlanAsync(t, trial, c), cancellationToken);
        var pages = new TrialPages(desk.Books, judges, plan) { PageSize = PageSize };
        foreach (var day in plan.Days)
        {
            await pages.JudgeAsync(day, progress, cancellationToken);
        }

        return pages.Items.ToList();
    }

    /// <summary>The ends of the windows, the latest first; one at least, however short the months are.</summary>
    internal static IReadOnlyList<DateOnly> DaysOf(Trial trial, PolicyNumbers numbers)
    {
        var days = new List<DateOnly> { trial.Until };
        for (
            var day = trial.Until.AddDays(-numbers.WindowDays);
            day.AddDays(-numbers.WindowDays) >= trial.From;
            day = day.AddDays(-numbers.WindowDays)
        )
        {
            days.Add(day);
        }

        return days;
    }

    private async Task<TrialPlan> PlanAsync(ITransaction transaction, Trial trial, CancellationToken cancellationToken)
    {
        var policy =
            trial.Version == 0
                ? MonitoringPolicy.Defaults(trial.Region)
                : await desk.Policies.All.FindAsync(transaction, trial.Region, trial.Version, cancellationToken)
                    ?? throw new InvalidOperationException($"{trial.Id} is of a policy that is not in the books");
        var inForce = await CoveredAsync(transaction, trial, cancellationToken);
        var days = DaysOf(trial, policy.Numbers);
        var total = 0;
        foreach (var day in days)
        {
            var scope = new JudgedScope(day) { Regions = [.. inForce.Keys] };
            total += await desk.Counts.ServersAsync(transaction, scope, cancellationToken);
        }

        return new TrialPlan(policy, inForce, days, total, await NamesAsync(transaction, cancellationToken));
    }

    /// <summary>
    /// The regions that would go by the policy, with what they go by today: its own, and those below that follow it or
    /// what it would take the place of.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, MonitoringPolicy>> CoveredAsync(
        ITransaction transaction,
        Trial trial,
        CancellationToken cancellationToken
    )
    {
        var regions = (await desk.Regions.AllAsync(transaction, cancellationToken)).ToDictionary(r => r.Code);
        var above = Upwards(trial.Region).ToHashSet();
        var covered = new Dictionary<string, MonitoringPolicy>();
        foreach (var region in regions.Keys.Where(code => Upwards(code).Contains(trial.Region)))
        {
            var inForce = await desk.Policies.InForce.InForceAsync(transaction, region, trial.Until, cancellationToken);
            if (region == trial.Region || above.Contains(inForce.Region))
            {
                covered[region] = inForce;
            }
        }

        return covered;

        IEnumerable<string> Upwards(string code)
        {
            for (string? at = code; at is not null; at = regions.GetValueOrDefault(at)?.Parent)
            {
                yield return at;
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> NamesAsync(
        ITransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var names = new Dictionary<string, string>();
        for (var page = new PageRequest(null, 500); ; )
        {
            var found = await desk.Systems.ListAsync(transaction, null, page, cancellationToken);
            foreach (var system in found.Items)
            {
                names[system.Code] = system.Name;
            }

            if (found.Next is null)
            {
                return names;
            }

            page = page with { After = found.Next };
        }
    }
}

/// <summary>What a trial goes through.</summary>
/// <param name="Policy">What is tried.</param>
/// <param name="InForce">What is in force, by region; others are not looked at.</param>
/// <param name="Days">The ends of the windows, the latest first.</param>
/// <param name="Total">How many servers there are to judge, over all windows.</param>
/// <param name="Names">The names of systems by code.</param>
internal sealed record TrialPlan(
    MonitoringPolicy Policy,
    IReadOnlyDictionary<string, MonitoringPolicy> InForce,
    IReadOnlyList<DateOnly> Days,
    int Total,
    IReadOnlyDictionary<string, string> Names
);

using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings.Judging;

/// <summary>Judges systems by the roll-up of their servers (art. 22).</summary>
public sealed class JudgeSystems(IBooks books, IResourceStore resources, AdviseVerdicts advise)
{
    public async Task<IReadOnlyList<JudgedSubject>> ExecuteAsync(
        IReadOnlyList<SystemShares> systems,
        JudgingTerms terms,
        CancellationToken cancellationToken
    )
    {
        var judged = new List<JudgedSubject>();
        foreach (var system in systems.Where(s => s.Servers.Count > 0))
        {
            var first = system.Servers[0];
            var policy = terms.PolicyOf(first.Region);
            var window = FindingWindow.Before(terms.Day, policy.Numbers.WindowDays);
            var verdicts = JudgeSystem.Of(system.Servers, policy.Numbers, window).ToList();
            if (verdicts.FindIndex(v => v is { Kind: FindingKind.Zombie, Holds: true }) is >= 0 and var zombie)
            {
                var saved = await SavedAsync(system.Code, terms.Day, cancellationToken);
                verdicts[zombie] = verdicts[zombie] with { Recommendation = saved };
            }

            judged.Add(
                new JudgedSubject(
                    new FindingSubject(SubjectKind.System, system.Code, null, system.Name),
                    new FindingScope(first.Tenant, null, first.Region) { System = system.Code },
                    policy.Name,
                    verdicts
                )
            );
        }

        return judged;
    }

    /// <summary>What giving the whole system back saves; no sum where a price is missing.</summary>
    private async Task<Recommendation?> SavedAsync(string system, DateOnly day, CancellationToken cancellationToken)
    {
        var all = await books.ReadAsync(
            (t, c) => resources.AllAsync(t, new ResourceFilter { System = system }, c),
            cancellationToken
        );
        var standing = all.Where(r => r.ServiceStart < day && (r.ServiceEnd is null || r.ServiceEnd >= day)).ToList();
        var back = await advise.GivenBackAsync(standing, cancellationToken);
        return back.Count == 0
            ? null
            : new Recommendation(
                null,
                back.Values.All(r => r.MonthlySaving is not null) ? back.Values.Sum(r => r.MonthlySaving) : null,
                [("整个系统的资源予以回收", "give back all that the system has")]
            );
    }
}

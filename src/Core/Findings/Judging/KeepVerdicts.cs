using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Findings.Judging;

/// <summary>Writes what a judgement does to findings (art. 22): a page in one read and one write.</summary>
public sealed class KeepVerdicts(IFindingStore findings, ICounters counters, TimeProvider businessTime)
{
    /// <param name="transaction">The transaction it is part of.</param>
    /// <param name="pool">Where the subjects are; null for systems.</param>
    /// <param name="day">The day of the judgement.</param>
    /// <param name="judged">Each subject once.</param>
    /// <param name="cancellationToken">Stops the work before it commits.</param>
    public async Task<FindingChanges> ExecuteAsync(
        ITransaction transaction,
        PoolId? pool,
        DateOnly day,
        IReadOnlyList<JudgedSubject> judged,
        CancellationToken cancellationToken
    )
    {
        var ids = judged.Select(j => j.Subject.Id).ToList();
        var known = await findings.OpenOfAsync(transaction, pool, ids, cancellationToken);
        var open = known.ToLookup(f => (f.Subject.Kind, f.Subject.Id));
        var opened = new List<Finding>();
        var changed = new List<Finding>();
        var now = businessTime.GetUtcNow();
        foreach (var subject in judged)
        {
            var moves = Hysteresis.Decide(subject, [.. open[(subject.Subject.Kind, subject.Subject.Id)]]);
            opened.AddRange(moves.Opened.Select(v => Opened(subject, v, day, now)));
            changed.AddRange(moves.Held.Select(h => Judged(h.Finding, subject, h.Verdict, (day, now))));
            changed.AddRange(moves.Closed.Select(c => Close(transaction, c.Finding, new Closing(c.Reason), now)));
        }

        // What closes makes room for what opens: of a subject, kind and detail at most one is open.
        await findings.SaveAllAsync(transaction, changed, cancellationToken);
        await OpenAsync(transaction, opened, cancellationToken);
        return new FindingChanges(opened.Count, changed.Count(f => f.State == FindingState.Closed));
    }

    /// <summary>Closes the findings of what is out of service.</summary>
    public async Task<FindingChanges> LeaveAsync(
        ITransaction transaction,
        IReadOnlyList<Finding> left,
        CancellationToken cancellationToken
    )
    {
        var now = businessTime.GetUtcNow();
        var closed = left.Select(f => Close(transaction, f, new Closing(ClosingReason.LeftService), now)).ToList();
        await findings.SaveAllAsync(transaction, closed, cancellationToken);
        return new FindingChanges(0, closed.Count);
    }

    internal static Finding Close(ITransaction transaction, Finding finding, Closing closing, DateTimeOffset now)
    {
        var closed = finding with { State = FindingState.Closed, ClosedAt = now, Closing = closing };
        transaction.Record(
            new(
                "finding.close",
                new("finding", finding.Id.ToString()),
                FindingFacts.Of(finding),
                FindingFacts.Of(closed)
            )
        );
        return closed;
    }

    private async Task OpenAsync(ITransaction transaction, List<Finding> opened, CancellationToken cancellationToken)
    {
        if (opened.Count == 0)
        {
            return;
        }

        var number = await counters.TakeAsync(transaction, FindingId.Prefix, opened.Count, cancellationToken);
        var numbered = opened.Select(f => f with { Id = new(number++) }).ToList();
        await findings.SaveAllAsync(transaction, numbered, cancellationToken);
        foreach (var finding in numbered)
        {
            transaction.Record(
                new("finding.open", new("finding", finding.Id.ToString()), null, FindingFacts.Of(finding))
            );
        }
    }

    private static Finding Opened(JudgedSubject subject, RuleVerdict verdict, DateOnly day, DateTimeOffset now) =>
        Judged(
            new Finding
            {
                Id = default,
                Kind = verdict.Kind,
                Detail = verdict.Detail,
                Subject = subject.Subject,
                Scope = subject.Scope,
                Evidence = new Evidence(null, null),
                State = FindingState.Open,
                OpenedAt = now,
                LastSeenAt = now,
            },
            subject,
            verdict,
            (day, now)
        );

    private static Finding Judged(
        Finding finding,
        JudgedSubject subject,
        RuleVerdict verdict,
        (DateOnly Day, DateTimeOffset Now) at
    ) =>
        finding with
        {
            Subject = subject.Subject,
            Scope = subject.Scope,
            Policy = subject.Policy,
            Window = verdict.Window,
            Evidence = EvidenceOf(verdict),
            Recommendation = verdict.Recommendation,
            LastHeldOn = at.Day,
            LastSeenAt = at.Now,
        };

    private static Evidence EvidenceOf(RuleVerdict verdict) =>
        new(verdict.Basis?.Evidence.Books, verdict.Basis?.Evidence.Cloud)
        {
            Numbers = verdict.Numbers,
            Reasons = verdict.Reasons,
            Basis = verdict.Basis?.Id.ToString(),
        };
}

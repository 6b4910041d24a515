using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Findings;

/// <summary>What one look says of some subjects of a pool.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Kinds">The kinds of finding this look judges; it leaves others alone.</param>
/// <param name="Judged">The ids of all subjects it judged, those without a finding included.</param>
/// <param name="Seen">What it saw.</param>
public sealed record Judgement(
    PoolId Pool,
    IReadOnlyCollection<FindingKind> Kinds,
    IReadOnlyCollection<string> Judged,
    IReadOnlyList<Sighting> Seen
);

/// <summary>How many findings a look opened and closed.</summary>
public readonly record struct FindingChanges(int Opened, int Closed)
{
    public static FindingChanges operator +(FindingChanges left, FindingChanges right) =>
        new(left.Opened + right.Opened, left.Closed + right.Closed);

    public static FindingChanges Add(FindingChanges left, FindingChanges right) => left + right;
}

/// <summary>
/// Writes what a look saw: what is new opens, what is open and seen again is only dated, what is no longer so closes.
/// </summary>
public sealed class NoteFindings(IFindingStore findings, ICounters counters, TimeProvider businessTime)
{
    public async Task<FindingChanges> ExecuteAsync(
        ITransaction transaction,
        Judgement judgement,
        CancellationToken cancellationToken
    )
    {
        if (judgement.Judged.Count == 0)
        {
            return default;
        }

        var known = await findings.OpenOfAsync(transaction, judgement.Pool, judgement.Judged, cancellationToken);
        var open = known
            .Where(f => judgement.Kinds.Contains(f.Kind))
            .ToDictionary(f => (f.Kind, f.Detail, f.Subject.Kind, f.Subject.Id));
        var opened = new List<Sighting>();
        var now = businessTime.GetUtcNow();
        foreach (var sighting in judgement.Seen)
        {
            var key = (sighting.Kind, (FindingDetail?)sighting.Detail, sighting.Subject.Kind, sighting.Subject.Id);
            if (open.Remove(key, out var again))
            {
                await findings.SaveAsync(transaction, Again(again, sighting, now), cancellationToken);
            }
            else
            {
                opened.Add(sighting);
            }
        }

        await OpenAsync(transaction, opened, now, cancellationToken);
        foreach (var mended in open.Values)
        {
            await CloseAsync(transaction, mended, now, cancellationToken);
        }

        return new FindingChanges(opened.Count, open.Count);
    }

    private static Finding Again(Finding finding, Sighting sighting, DateTimeOffset now) =>
        finding with
        {
            Subject = sighting.Subject,
            Scope = sighting.Scope,
            Evidence = sighting.Evidence,
            LastSeenAt = now,
        };

    private async Task OpenAsync(
        ITransaction transaction,
        IReadOnlyList<Sighting> opened,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (opened.Count == 0)
        {
            return;
        }

        var number = await counters.TakeAsync(transaction, FindingId.Prefix, opened.Count, cancellationToken);
        foreach (var sighting in opened)
        {
            var finding = new Finding
            {
                Id = new(number++),
                Kind = sighting.Kind,
                Detail = sighting.Detail,
                Subject = sighting.Subject,
                Scope = sighting.Scope,
                Evidence = sighting.Evidence,
                State = FindingState.Open,
                OpenedAt = now,
                LastSeenAt = now,
            };
            await findings.SaveAsync(transaction, finding, cancellationToken);
            transaction.Record(
                new("finding.open", new("finding", finding.Id.ToString()), null, FindingFacts.Of(finding))
            );
        }
    }

    private async Task CloseAsync(
        ITransaction transaction,
        Finding finding,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var closed = finding with { State = FindingState.Closed, ClosedAt = now };
        await findings.SaveAsync(transaction, closed, cancellationToken);
        transaction.Record(
            new(
                "finding.close",
                new("finding", finding.Id.ToString()),
                FindingFacts.Of(finding),
                FindingFacts.Of(closed)
            )
        );
    }
}

/// <summary>The facts of a finding that the audit trail keeps.</summary>
internal sealed record FindingFacts(
    FindingKind Kind,
    FindingDetail? Detail,
    string? Pool,
    string Subject,
    FindingState State
)
{
    public static FindingFacts Of(Finding finding) =>
        new(finding.Kind, finding.Detail, finding.Subject.Pool?.Value, finding.Subject.Id, finding.State);
}

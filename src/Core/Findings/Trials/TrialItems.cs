using CloudManager.Core.Findings.Judging;

namespace CloudManager.Core.Findings.Trials;

/// <summary>What either policy of a trial finds, by subject and kind, as the windows go back in time.</summary>
public sealed class TrialItems
{
    private readonly Dictionary<(FindingKind Kind, SubjectKind Subject, string Id), TrialItem> _items = [];

    internal void AddTried(DateOnly day, JudgedSubject subject, RuleVerdict held) =>
        Set(subject, held, item => item with { Policy = [.. item.Policy, day] });

    internal void AddInForce(DateOnly day, JudgedSubject subject, RuleVerdict held) =>
        Set(subject, held, item => item with { InForce = [.. item.InForce, day] });

    /// <summary>What the policy would change first, systems before what they consist of.</summary>
    internal IReadOnlyList<TrialItem> ToList() =>
        [
            .. _items
                .Values.OrderBy(i => i.Outcome)
                .ThenBy(i => i.Subject.Kind == SubjectKind.System ? 0 : 1)
                .ThenBy(i => i.Kind)
                .ThenBy(i => i.Subject.Id, StringComparer.Ordinal),
        ];

    /// <summary>How many of each, and what they save.</summary>
    public static IReadOnlyList<TrialCount> Count(IReadOnlyList<TrialItem> items) =>
        [
            .. items
                .GroupBy(i => (i.Outcome, i.Subject.Kind, i.Kind))
                .Select(g => new TrialCount(
                    g.Key.Item3,
                    g.Key.Item2,
                    g.Key.Outcome,
                    g.Count(),
                    g.Sum(i => i.Recommendation?.MonthlySaving ?? 0)
                ))
                .OrderBy(c => c.Outcome)
                .ThenBy(c => c.Subject)
                .ThenBy(c => c.Kind),
        ];

    /// <summary>The first that is seen is the latest, and the tried policy's word before the other's.</summary>
    private void Set(JudgedSubject subject, RuleVerdict held, Func<TrialItem, TrialItem> add)
    {
        var key = (held.Kind, subject.Subject.Kind, subject.Subject.Id);
        var known = _items.GetValueOrDefault(
            key,
            new TrialItem(held.Kind, subject.Subject, subject.Scope, [], []) { Recommendation = held.Recommendation }
        );
        _items[key] = add(known);
    }
}

using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Findings.Judging;

/// <summary>A state that the inventory sees and that must not last: the share of the rules about age.</summary>
internal static class LastingState
{
    public static RuleVerdict Judge(
        FindingKind kind,
        LastingFacts? facts,
        (DateOnly Day, int Days) by,
        Func<DateOnly, Bilingual> words
    )
    {
        var window = FindingWindow.Before(by.Day, by.Days);
        if (facts is null)
        {
            return new RuleVerdict(kind, Verdict.Determined, false) { Window = window };
        }

        if (!facts.IsFresh)
        {
            return Ruling.Unknown(kind, RuleWords.NotSeenLately) with { Window = window };
        }

        var lasted = new JudgedNumber(
            "days",
            Math.Max(0, by.Day.DayNumber - facts.Since.DayNumber),
            by.Days,
            Bound.AtLeast,
            null
        );
        return new RuleVerdict(kind, Verdict.Determined, lasted.Speaks())
        {
            Window = window,
            Numbers = [lasted],
            Reasons = [words(facts.Since)],
            Basis = facts.Finding,
        };
    }
}

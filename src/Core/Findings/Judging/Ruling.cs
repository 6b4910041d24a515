using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Findings.Judging;

/// <summary>Makes verdicts from measured numbers: none where any metric of the rule was measured too seldom.</summary>
internal static class Ruling
{
    /// <summary>A number with its threshold.</summary>
    public static JudgedNumber Measured(
        string name,
        double? value,
        (Bound Bound, double Threshold) by,
        double coverage
    ) => new(name, value, by.Threshold, by.Bound, coverage);

    /// <summary>The rule holds if all of its numbers speak for it, or if any does.</summary>
    public static RuleVerdict Of(
        FindingKind kind,
        IReadOnlyList<JudgedNumber> numbers,
        double leastCoverage,
        bool any = false
    )
    {
        var least = numbers.Min(n => n.Coverage ?? 0);
        if (least < leastCoverage || numbers.Any(n => n.Value is null))
        {
            return new RuleVerdict(kind, Verdict.InsufficientData, false)
            {
                Numbers = numbers,
                Reasons = [RuleWords.TooLittle(least, leastCoverage)],
            };
        }

        return new RuleVerdict(
            kind,
            Verdict.Determined,
            any ? numbers.Any(n => n.Speaks()) : numbers.All(n => n.Speaks())
        )
        {
            Numbers = numbers,
            Reasons = [.. numbers.Select(RuleWords.Number)],
        };
    }

    public static RuleVerdict NotApplicable(FindingKind kind, Bilingual reason) =>
        new(kind, Verdict.NotApplicable, false) { Reasons = [reason] };

    public static RuleVerdict Unknown(FindingKind kind, Bilingual reason) =>
        new(kind, Verdict.InsufficientData, false) { Reasons = [reason] };
}

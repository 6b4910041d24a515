using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Findings.Judging;

/// <summary>On which side of its threshold a number speaks for a rule.</summary>
public enum Bound
{
    /// <summary>Under it; a number equal to it does not.</summary>
    Under,

    /// <summary>Over it; a number equal to it does not.</summary>
    Over,

    /// <summary>At it or over it.</summary>
    AtLeast,

    /// <summary>Other than it.</summary>
    Unlike,
}

/// <summary>One number that a rule looked at.</summary>
/// <param name="Name">cpuMean, cpuP95, memoryMean, memoryP95 (percent of what was allocated), networkBytesPerSecond, days, vcpus,
/// memoryGiB or servers.</param>
/// <param name="Value">What it is; null where nobody measured it.</param>
/// <param name="Threshold">What it is held against; null where it only tells.</param>
/// <param name="Bound">On which side of the threshold it speaks for the rule; null without one.</param>
/// <param name="Coverage">The share of the window's slots that hold a value, 0 to 1; null for what is not measured.</param>
public sealed record JudgedNumber(string Name, double? Value, double? Threshold, Bound? Bound, double? Coverage)
{
    /// <summary>Whether it speaks for the rule.</summary>
    public bool Speaks() =>
        Bound switch
        {
            Judging.Bound.Under => Value < Threshold,
            Judging.Bound.Over => Value > Threshold,
            Judging.Bound.AtLeast => Value >= Threshold,
            Judging.Bound.Unlike => Value != Threshold,
            _ => false,
        };
}

/// <summary>What one rule says of one subject (art. 22): three-valued, with the numbers it looked at.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Verdict">Whether it could be decided.</param>
/// <param name="Holds">Whether it is so; only ever where it could be decided.</param>
public sealed record RuleVerdict(FindingKind Kind, Verdict Verdict, bool Holds)
{
    public FindingDetail? Detail { get; init; }

    /// <summary>The days it was judged over; null for what shows at once.</summary>
    public FindingWindow? Window { get; init; }

    public IReadOnlyList<JudgedNumber> Numbers { get; init; } = [];

    public IReadOnlyList<Bilingual> Reasons { get; init; } = [];

    /// <summary>The inventory's finding it rests on; null for none.</summary>
    public Finding? Basis { get; init; }

    /// <summary>What to do instead; null where nothing is recommended.</summary>
    public Recommendation? Recommendation { get; init; }
}

/// <summary>All that was said of one subject on one day.</summary>
/// <param name="Subject">The server, volume, address or system.</param>
/// <param name="Scope">Whose it is.</param>
/// <param name="Policy">By which policy.</param>
/// <param name="Verdicts">Rule by rule.</param>
public sealed record JudgedSubject(
    FindingSubject Subject,
    FindingScope Scope,
    string Policy,
    IReadOnlyList<RuleVerdict> Verdicts
)
{
    /// <summary>The use findings of which a subject has one at most, the strongest first.</summary>
    public static readonly IReadOnlyList<FindingKind> Strengths =
    [
        FindingKind.Zombie,
        FindingKind.LowUse,
        FindingKind.Oversized,
        FindingKind.Undersized,
    ];

    /// <summary>What this judgement by itself would find: the strongest that holds, and what is judged beside use.</summary>
    public IEnumerable<RuleVerdict> Held()
    {
        var held = Verdicts.Where(v => v.Holds).ToList();
        var strongest = Strengths.Select(kind => held.Find(v => v.Kind == kind)).FirstOrDefault(v => v is not null);
        return held.Where(v => v == strongest || !Strengths.Contains(v.Kind));
    }
}

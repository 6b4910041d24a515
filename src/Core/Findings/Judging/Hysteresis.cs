using CloudManager.Core.Requests;

namespace CloudManager.Core.Findings.Judging;

/// <summary>What a judgement does to a subject's findings.</summary>
internal sealed class FindingMoves
{
    public List<RuleVerdict> Opened { get; } = [];

    public List<(Finding Finding, RuleVerdict Verdict)> Held { get; } = [];

    public List<(Finding Finding, ClosingReason Reason)> Closed { get; } = [];
}

/// <summary>
/// Opens a finding once its rule holds over the whole window, and closes it only after a clean one: decided, not held,
/// and begun on or after the last day on which it was judged to hold. Of use findings the strongest stands alone.
/// </summary>
internal static class Hysteresis
{
    public static FindingMoves Decide(JudgedSubject subject, IReadOnlyList<Finding> open)
    {
        var moves = new FindingMoves();
        var standing = new List<Finding>();
        foreach (var finding in open)
        {
            var verdict = subject.Verdicts.FirstOrDefault(v => v.Kind == finding.Kind);
            if (verdict is not null && Holds(verdict, finding))
            {
                moves.Held.Add((finding, verdict));
                standing.Add(finding);
            }
            else if (verdict is not null && IsClean(verdict, finding))
            {
                moves.Closed.Add((finding, verdict.Window is null ? ClosingReason.Mended : ClosingReason.CleanWindow));
            }
            else
            {
                standing.Add(finding);
            }
        }

        OpenBeside(subject, standing, moves);
        OpenStrongest(subject, standing, moves);
        return moves;
    }

    /// <summary>How strong a kind is among those of which a subject has one at most: the less, the stronger.</summary>
    private static int RankOf(FindingKind kind)
    {
        for (var i = 0; i < JudgedSubject.Strengths.Count; i++)
        {
            if (JudgedSubject.Strengths[i] == kind)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Holds(RuleVerdict verdict, Finding finding) =>
        verdict.Holds && verdict.Detail == finding.Detail;

    /// <summary>What was declared is for people to close.</summary>
    private static bool IsClean(RuleVerdict verdict, Finding finding) =>
        verdict.Verdict == Verdict.Determined
        && finding.Declaration is null
        && (verdict.Window is not { } window || window.From >= finding.LastHeldOn);

    private static void OpenBeside(JudgedSubject subject, List<Finding> standing, FindingMoves moves) =>
        moves.Opened.AddRange(
            subject.Verdicts.Where(v =>
                v.Holds && RankOf(v.Kind) < 0 && !standing.Exists(f => f.Kind == v.Kind && f.Detail == v.Detail)
            )
        );

    private static void OpenStrongest(JudgedSubject subject, List<Finding> standing, FindingMoves moves)
    {
        var held = subject.Held().FirstOrDefault(v => RankOf(v.Kind) >= 0);
        var ranked = standing.Where(f => RankOf(f.Kind) >= 0).OrderBy(f => RankOf(f.Kind)).ToList();
        var strongest = ranked.Count == 0 ? int.MaxValue : RankOf(ranked[0].Kind);
        if (held is not null && RankOf(held.Kind) < strongest)
        {
            moves.Opened.Add(held);
            strongest = RankOf(held.Kind);
        }

        foreach (var weaker in ranked.Where(f => RankOf(f.Kind) > strongest))
        {
            moves.Held.RemoveAll(h => h.Finding == weaker);
            moves.Closed.Add((weaker, ClosingReason.Superseded));
        }
    }
}

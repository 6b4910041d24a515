using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Tests.Findings;

/// <summary>Findings open after their window, close after a clean one, and the strongest stands alone (art. 22).</summary>
public sealed class HysteresisTests
{
    private static readonly DateOnly Day = new(2026, 11, 2);

    public static TheoryData<string, string, string, int, string> Cases =>
        new()
        {
            // because, open before, held now, days since it held last, what happens
            { "nothing is open and nothing held", "", "", 0, "" },
            { "it holds over the window", "", "lowUse", 0, "+lowUse" },
            { "it holds again", "lowUse", "lowUse", 7, "=lowUse" },
            { "not held, days that were are in the window", "lowUse", "", 27, "" },
            { "not held, none of those days is in the window", "lowUse", "", 28, "-lowUse cleanWindow" },
            { "nothing can be decided, however long", "lowUse?", "", 90, "" },
            { "a stronger takes the place of a weaker", "lowUse", "zombie lowUse", 7, "+zombie -lowUse superseded" },
            { "a weaker does not take the place of a stronger that is not clean", "zombie", "lowUse", 7, "" },
            { "a weaker opens when the stronger is clean", "zombie", "lowUse", 28, "-zombie cleanWindow +lowUse" },
            { "a weaker stays away while the stronger cannot be decided", "zombie?", "lowUse", 90, "" },
            { "too small does not open beside what was too large", "oversized", "undersized", 7, "" },
            { "and opens once that is clean", "oversized", "undersized", 28, "-oversized cleanWindow +undersized" },
            {
                "too large takes the place of too small",
                "undersized",
                "oversized",
                7,
                "+oversized -undersized superseded"
            },
            { "powered off stands beside a zombie", "zombie", "zombie poweredOff", 7, "=zombie +poweredOff" },
        };

    [Theory, MemberData(nameof(Cases))]
    public void Art22_findings_do_not_flap(string because, string open, string held, int daysSince, string expected)
    {
        var undecided = open.EndsWith('?');
        var known = Words(open.TrimEnd('?')).Select(kind => Open(kind, Day.AddDays(-daysSince))).ToList();
        var moves = Hysteresis.Decide(Subject([.. Words(held)], undecided ? [.. Words(open.TrimEnd('?'))] : []), known);

        var done = moves
            .Held.Select(h => $"={Word(h.Finding.Kind)}")
            .Concat(
                moves
                    .Closed.Where(c => c.Reason != ClosingReason.Superseded)
                    .Select(c => $"-{Word(c.Finding.Kind)} {Word(c.Reason)}")
            )
            .Concat(moves.Opened.Select(v => $"+{Word(v.Kind)}"))
            .Concat(
                moves
                    .Closed.Where(c => c.Reason == ClosingReason.Superseded)
                    .Select(c => $"-{Word(c.Finding.Kind)} {Word(c.Reason)}")
            );
        Assert.True(expected == string.Join(' ', done), $"{because}: {string.Join(' ', done)}");
    }

    [Fact]
    public void What_was_declared_is_not_closed_by_measurements_and_keeps_weaker_ones_away()
    {
        var declared = Open(FindingKind.Zombie, Day.AddDays(-90)) with
        {
            Declaration = new(ZombieGround.Replaceable, "x", "technical"),
        };
        var moves = Hysteresis.Decide(Subject([FindingKind.LowUse], []), [declared]);
        Assert.Empty(moves.Closed);
        Assert.Empty(moves.Opened);
    }

    [Fact]
    public void What_shows_at_once_closes_at_once_and_another_detail_is_another_finding()
    {
        var larger = Open(FindingKind.NotAsApproved, Day) with { Detail = FindingDetail.Larger };
        var smaller = new RuleVerdict(FindingKind.NotAsApproved, Verdict.Determined, true)
        {
            Detail = FindingDetail.Smaller,
        };
        var subject = Subject([], []) with { Verdicts = [smaller] };

        var moves = Hysteresis.Decide(subject, [larger]);

        Assert.Equal((larger, ClosingReason.Mended), Assert.Single(moves.Closed));
        Assert.Equal(FindingDetail.Smaller, Assert.Single(moves.Opened).Detail);
    }

    private static IEnumerable<FindingKind> Words(string kinds) =>
        kinds
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(k => Enum.Parse<FindingKind>(k, ignoreCase: true));

    private static string Word<T>(T value)
        where T : struct, Enum => Core.Requests.Words.Camel(value);

    private static JudgedSubject Subject(FindingKind[] held, FindingKind[] undecided)
    {
        FindingKind[] all = [.. JudgedSubject.Strengths, FindingKind.PoweredOff];
        return new(
            new(SubjectKind.Server, "res-000001", new("mock-a"), "x"),
            new("tenant-a", "provider-a", "430000"),
            "430000-v0",
            [
                .. all.Select(kind => new RuleVerdict(
                    kind,
                    undecided.Contains(kind) ? Verdict.InsufficientData : Verdict.Determined,
                    held.Contains(kind)
                )
                {
                    Window = FindingWindow.Before(Day, 28),
                }),
            ]
        );
    }

    private static Finding Open(FindingKind kind, DateOnly heldOn) =>
        new()
        {
            Id = new(1),
            Kind = kind,
            Subject = new(SubjectKind.Server, "res-000001", new("mock-a"), "x"),
            Scope = new("tenant-a", "provider-a", "430000"),
            Evidence = new(null, null),
            State = FindingState.Open,
            OpenedAt = DateTimeOffset.UnixEpoch,
            LastSeenAt = DateTimeOffset.UnixEpoch,
            LastHeldOn = heldOn,
        };
}

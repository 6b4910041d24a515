using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings.Judging;

/// <summary>What is known of a server on the day on which it is judged.</summary>
/// <param name="Server">The server, in service on the day before.</param>
/// <param name="Day">The day of the judgement: its windows end where the day begins.</param>
internal sealed record ServerFacts(Resource Server, DateOnly Day)
{
    /// <summary>Its use over the whole window; null for one that was not in service all through.</summary>
    public ServerUse? Use { get; init; }

    /// <summary>The inventory's finding that it does not run; null where it runs.</summary>
    public LastingFacts? Off { get; init; }

    /// <summary>The inventory's finding that the cloud shows another size; null where it does not.</summary>
    public LastingFacts? Resized { get; init; }

    /// <summary>The size that was approved last; null where none is known.</summary>
    public ApprovedSize? Approved { get; init; }
}

/// <summary>Judges a server by every rule (art. 22). It asks nobody anything: the same facts give the same verdicts.</summary>
internal static class Judge
{
    /// <summary>Whether the server was in service on every day of the window.</summary>
    public static bool IsOldEnough(Resource server, FindingWindow window) => server.ServiceStart <= window.From;

    public static IReadOnlyList<RuleVerdict> Server(ServerFacts facts, PolicyNumbers numbers) =>
        [
            .. OfUse(facts, numbers),
            PoweredOff.Judge(facts.Off, facts.Day, numbers),
            NotAsApproved.Judge(facts.Server, facts.Approved, facts.Resized),
        ];

    private static IEnumerable<RuleVerdict> OfUse(ServerFacts facts, PolicyNumbers numbers)
    {
        var window = FindingWindow.Before(facts.Day, numbers.WindowDays);
        if (facts.Use is null)
        {
            return JudgedSubject.Strengths.Select(kind =>
                Ruling.NotApplicable(kind, RuleWords.TooYoung) with
                {
                    Window = window,
                }
            );
        }

        var use = UseNumbers.Of(facts.Use);
        RuleVerdict[] verdicts =
        [
            Zombie.ByPower(facts.Off, use, window, numbers) ?? Zombie.Judge(use, numbers),
            LowUse.Judge(use, numbers),
            TooLarge.Judge(use, numbers),
            TooSmall.Judge(use, numbers),
        ];
        return verdicts.Select(v => v with { Window = window });
    }
}

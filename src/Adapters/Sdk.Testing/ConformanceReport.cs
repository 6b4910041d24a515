using System.Text.Json.Serialization;

namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>How a check ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckOutcome>))]
public enum CheckOutcome
{
    /// <summary>The pool does it as the contract says.</summary>
    Passed,

    /// <summary>The pool does not.</summary>
    Failed,

    /// <summary>It could not be made: the adapter offers no such service, or the run was stopped before.</summary>
    Skipped,
}

/// <summary>A text for people in Simplified Chinese and English.</summary>
/// <param name="Zh">Simplified Chinese.</param>
/// <param name="En">English.</param>
public sealed record CheckText(string Zh, string En);

/// <summary>How one check ended on one pool.</summary>
/// <param name="Id">The check, e.g. <c>idempotency.servers</c>.</param>
/// <param name="Group">Its group, e.g. <c>idempotency</c>.</param>
/// <param name="Proves">What it proves.</param>
/// <param name="Article">The regulation's article behind it, e.g. <c>A16</c>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">Why it failed or was skipped; null when it passed.</param>
/// <param name="Duration">How long it took, in machine time.</param>
public sealed record CheckResult(
    string Id,
    string Group,
    CheckText Proves,
    string Article,
    CheckOutcome Outcome,
    string? Message,
    TimeSpan Duration
);

/// <summary>How far a run is.</summary>
/// <param name="Done">How many checks have ended.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Running">The check under way; null when all are done.</param>
/// <param name="Last">The check that ended last; null before the first.</param>
public sealed record ConformanceProgress(int Done, int Total, string? Running, CheckResult? Last);

/// <summary>
/// What the conformance suite found on one pool: the acceptance evidence of art. 16. Written as JSON it reads back.
/// </summary>
/// <param name="Adapter">The adapter kind.</param>
/// <param name="CloudVersion">The cloud's own version as the adapter found it.</param>
/// <param name="StartedAt">When the run began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Stopped">Whether somebody ended it before its last check; the clean-up ran all the same.</param>
/// <param name="Results">Every check, in the order they ran.</param>
public sealed record ConformanceReport(
    string Adapter,
    string CloudVersion,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    bool Stopped,
    IReadOnlyList<CheckResult> Results
)
{
    /// <summary>Whether the run went to its end and no check failed.</summary>
    public bool IsConformant => !Stopped && Results.All(result => result.Outcome != CheckOutcome.Failed);

    /// <summary>How many checks ended so.</summary>
    public int Count(CheckOutcome outcome) => Results.Count(result => result.Outcome == outcome);
}

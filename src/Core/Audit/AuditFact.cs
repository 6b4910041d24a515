namespace CloudManager.Core.Audit;

/// <summary>What happened, as it is to be put into the audit trail (审计, art. 36): who, from where, what, with what outcome.</summary>
public record AuditFact
{
    /// <summary>The outcome of what was done; every other outcome is the code of the refusal.</summary>
    public const string Done = "done";

    /// <summary>When, to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The account that acted; null for the platform itself or an unknown caller.</summary>
    public string? Account { get; init; }

    /// <summary>The code of the account's organisation; null where it has none.</summary>
    public string? Organisation { get; init; }

    /// <summary>The network address the call came from; null for the platform itself.</summary>
    public string? Address { get; init; }

    /// <summary>The correlation id that the logs carry too.</summary>
    public string? Correlation { get; init; }

    /// <summary>What was done or attempted, e.g. <c>request.accept</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, e.g. <c>request</c>.</summary>
    public required string SubjectKind { get; init; }

    /// <summary>Which one.</summary>
    public required string SubjectId { get; init; }

    /// <summary><see cref="Done"/>, or the code of the refusal.</summary>
    public required string Outcome { get; init; }

    /// <summary>The subject before, as JSON text; null where there was none.</summary>
    public string? Before { get; init; }

    /// <summary>The subject after, as JSON text; null where nothing changed.</summary>
    public string? After { get; init; }
}

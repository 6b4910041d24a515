using CloudManager.Core.Findings;
using CloudManager.Core.Pools;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Findings;

/// <summary>One row of the table finding.</summary>
internal sealed class FindingRow
{
    public const string Names = """
        id, kind, detail, pool, subject_kind, subject, name, tenant, provider, region, system, evidence,
        state, opened_at, closed_at, last_seen_at, policy, window_from, window_until, last_held_on,
        recommendation, declaration, closing
        """;

    /// <summary>The columns with the type as PostgreSQL names it.</summary>
    public static readonly (string Name, string Type)[] Types =
    [
        ("id", "bigint"),
        ("kind", "text"),
        ("detail", "text"),
        ("pool", "text"),
        ("subject_kind", "text"),
        ("subject", "text"),
        ("name", "text"),
        ("tenant", "text"),
        ("provider", "text"),
        ("region", "text"),
        ("system", "text"),
        ("evidence", "text"),
        ("state", "text"),
        ("opened_at", "bigint"),
        ("closed_at", "bigint"),
        ("last_seen_at", "bigint"),
        ("policy", "text"),
        ("window_from", "date"),
        ("window_until", "date"),
        ("last_held_on", "date"),
        ("recommendation", "text"),
        ("declaration", "text"),
        ("closing", "text"),
    ];

    public long Id { get; init; }
    public string Kind { get; init; } = "";
    public string Detail { get; init; } = "";
    public string Pool { get; init; } = "";
    public string SubjectKind { get; init; } = "";
    public string Subject { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Tenant { get; init; }
    public string Provider { get; init; } = "";
    public string Region { get; init; } = "";
    public string? System { get; init; }
    public string Evidence { get; init; } = "";
    public string State { get; init; } = "";
    public long OpenedAt { get; init; }
    public long? ClosedAt { get; init; }
    public long LastSeenAt { get; init; }
    public string? Policy { get; init; }
    public DateOnly? WindowFrom { get; init; }
    public DateOnly? WindowUntil { get; init; }
    public DateOnly? LastHeldOn { get; init; }
    public string? Recommendation { get; init; }
    public string? Declaration { get; init; }
    public string? Closing { get; init; }

    /// <summary>A finding as an object with the columns' names, for a whole batch in one parameter.</summary>
    public static IReadOnlyDictionary<string, object?> Written(Finding finding) =>
        new Dictionary<string, object?>
        {
            ["id"] = finding.Id.Number,
            ["kind"] = finding.Kind.ToString(),
            ["detail"] = finding.Detail?.ToString() ?? "",
            ["pool"] = finding.Subject.Pool?.Value ?? "",
            ["subject_kind"] = finding.Subject.Kind.ToString(),
            ["subject"] = finding.Subject.Id,
            ["name"] = finding.Subject.Name,
            ["tenant"] = finding.Scope.Tenant,
            ["provider"] = finding.Scope.Provider ?? "",
            ["region"] = finding.Scope.Region,
            ["system"] = finding.Scope.System,
            ["evidence"] = Json.Write(finding.Evidence),
            ["state"] = finding.State.ToString(),
            ["opened_at"] = finding.OpenedAt.ToUnixTimeMilliseconds(),
            ["closed_at"] = finding.ClosedAt?.ToUnixTimeMilliseconds(),
            ["last_seen_at"] = finding.LastSeenAt.ToUnixTimeMilliseconds(),
            ["policy"] = finding.Policy,
            ["window_from"] = finding.Window?.From,
            ["window_until"] = finding.Window?.Until,
            ["last_held_on"] = finding.LastHeldOn,
            ["recommendation"] = Json.WriteOrNull(finding.Recommendation),
            ["declaration"] = Json.WriteOrNull(finding.Declaration),
            ["closing"] = Json.WriteOrNull(finding.Closing),
        };

    public Finding ToFinding() =>
        new()
        {
            Id = new(Id),
            Kind = Enum.Parse<FindingKind>(Kind),
            Detail = Detail.Length == 0 ? null : Enum.Parse<FindingDetail>(Detail),
            Subject = new(Enum.Parse<SubjectKind>(SubjectKind), Subject, PoolOf(Pool), Name),
            Scope = new(Tenant, Provider.Length == 0 ? null : Provider, Region) { System = System },
            Evidence = Json.Read<Evidence>(Evidence),
            State = Enum.Parse<FindingState>(State),
            OpenedAt = DateTimeOffset.FromUnixTimeMilliseconds(OpenedAt),
            ClosedAt = ClosedAt is { } closed ? DateTimeOffset.FromUnixTimeMilliseconds(closed) : null,
            LastSeenAt = DateTimeOffset.FromUnixTimeMilliseconds(LastSeenAt),
            Policy = Policy,
            Window = WindowFrom is { } from && WindowUntil is { } until ? new(from, until) : null,
            LastHeldOn = LastHeldOn,
            Recommendation = ReadOrNull<Recommendation>(Recommendation),
            Declaration = ReadOrNull<Declaration>(Declaration),
            Closing = ReadOrNull<Closing>(Closing),
        };

    private static PoolId? PoolOf(string pool) => pool.Length == 0 ? null : new PoolId(pool);

    private static T? ReadOrNull<T>(string? body)
        where T : class => body is null ? null : Json.Read<T>(body);
}

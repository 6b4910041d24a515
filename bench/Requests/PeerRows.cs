using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudManager.Bench.Requests;

/// <summary>What the peer reads of a request: the columns that the product reads.</summary>
internal sealed class Row
{
    public long Id { get; init; }
    public string Type { get; init; } = "";
    public string State { get; init; } = "";
    public string Tenant { get; init; } = "";
    public string Region { get; init; } = "";
    public string System { get; init; } = "";
    public string Reason { get; init; } = "";

    [JsonIgnore]
    public string Lines { get; init; } = "";
    public string OrderStanding { get; init; } = "";
    public bool Disputed { get; init; }
    public string? TestSummary { get; init; }
    public string? CompletedOn { get; init; }
    public string? ProposedCompletion { get; init; }
    public long CreatedAt { get; init; }
    public int Version { get; init; }
}

internal sealed class Deadline
{
    public long Request { get; init; }
    public int Ordinal { get; init; }
    public string Step { get; init; } = "";
    public long StartedAt { get; init; }
    public long DueAt { get; init; }
    public long? ClosedAt { get; init; }
}

internal sealed class Step
{
    public long Request { get; init; }
    public int Ordinal { get; init; }
    public long At { get; init; }
    public string Account { get; init; } = "";
    public string? Organisation { get; init; }
    public string Action { get; init; } = "";
    public string? Opinion { get; init; }
}

/// <summary>What was read, as it was read.</summary>
internal sealed record Answer(
    Row Request,
    JsonElement Lines,
    IEnumerable<Deadline> Deadlines,
    IEnumerable<Step> History
)
{
    public static Answer Of(Row row, IEnumerable<Deadline> deadlines, IEnumerable<Step> history) =>
        new(row, JsonDocument.Parse(row.Lines).RootElement, deadlines, history);
}

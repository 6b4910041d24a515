using System.Text.Json.Serialization;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Requests;

/// <summary>A request as its caller sees it.</summary>
internal sealed record RequestView
{
    public required string Id { get; init; }
    public required RequestType Type { get; init; }
    public required RequestState State { get; init; }
    public required string Tenant { get; init; }
    public required string Region { get; init; }
    public required string System { get; init; }
    public required string Reason { get; init; }
    public required IReadOnlyList<LineView> Lines { get; init; }

    /// <summary>How the work orders stand.</summary>
    public required OrderStanding Order { get; init; }
    public required bool Disputed { get; init; }

    /// <summary>Whether the technical department concurs with a change; null until it has said (art. 20).</summary>
    public required bool? Concurred { get; init; }

    /// <summary>Whether a deregistration is of the whole system (art. 21).</summary>
    public required bool WholeSystem { get; init; }
    public required string? TestSummary { get; init; }
    public required DateOnly? CompletedOn { get; init; }
    public required DateOnly? ProposedCompletion { get; init; }

    /// <summary>The confirmed day on which service ended (art. 40).</summary>
    public required DateOnly? EndedOn { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What If-Match speaks of.</summary>
    public required int Version { get; init; }
    public required IReadOnlyList<DeadlineView> Deadlines { get; init; }
    public required IReadOnlyList<HistoryView> History { get; init; }

    /// <summary>What the caller may do now, each a POST to /requests/{id}/{action}.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    public static RequestView Of(ServiceRequest request, Actor caller, DateTimeOffset now) =>
        new()
        {
            Id = request.Id.ToString(),
            Type = request.Type,
            State = request.State,
            Tenant = request.Tenant,
            Region = request.Region,
            System = request.System,
            Reason = request.Reason,
            Lines = [.. request.Lines.Select(LineView.Of)],
            Order = request.Order,
            Disputed = request.Disputed,
            Concurred = request.Concurred,
            WholeSystem = request.WholeSystem,
            TestSummary = request.TestSummary,
            CompletedOn = request.CompletedOn,
            ProposedCompletion = request.ProposedCompletion,
            EndedOn = request.EndedOn,
            CreatedAt = request.CreatedAt,
            Version = request.Version,
            Deadlines = [.. request.Deadlines.Select(d => DeadlineView.Of(d, now))],
            History = [.. request.History.Select(HistoryView.Of)],
            Actions = [.. StepGate.ActionsOf(request, caller).Where(Verbs.IsReachable).Select(Words.Kebab)],
        };
}

internal sealed record LineView(
    int No,
    string Item,
    ItemKind Kind,
    int Quantity,
    string Pool,
    string Provider,
    Spec Spec
)
{
    /// <summary>The resource it changes or removes; absent where it adds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Resource { get; init; }

    /// <summary>Whether it removes the resource; absent where it adds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Remove { get; init; }

    /// <summary>What the resource was when the line was examined; absent where it is not changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Spec? Was { get; init; }

    /// <summary>The server or network in service that what is added goes to; absent without.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? To { get; init; }

    public static LineView Of(RequestLine line) =>
        new(line.No, line.Item, line.Kind, line.Quantity, line.Pool.Value, line.Provider, line.Spec)
        {
            Resource = line.Resource,
            Remove = line.Resource is null ? null : line.Remove,
            Was = line.Was,
            To = line.To,
        };
}

internal sealed record DeadlineView(
    string Step,
    DateTimeOffset StartedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? ClosedAt,
    bool Overdue
)
{
    public static DeadlineView Of(Deadline deadline, DateTimeOffset now) =>
        new(deadline.Step, deadline.StartedAt, deadline.DueAt, deadline.ClosedAt, deadline.IsOverdue(now));
}

internal sealed record HistoryView(DateTimeOffset At, string By, string? Organisation, string Action, string? Opinion)
{
    public static HistoryView Of(HistoryEntry entry) =>
        new(entry.At, entry.By, entry.Organisation, Words.Kebab(entry.Action), entry.Opinion);
}

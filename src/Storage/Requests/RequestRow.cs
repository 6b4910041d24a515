using CloudManager.Core.Requests;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Requests;

/// <summary>One row of the table request.</summary>
internal sealed class RequestRow
{
    public long Id { get; init; }
    public string Type { get; init; } = "";
    public string State { get; init; } = "";
    public string Tenant { get; init; } = "";
    public string Region { get; init; } = "";
    public string System { get; init; } = "";
    public string Reason { get; init; } = "";
    public string Lines { get; init; } = "";
    public string OrderStanding { get; init; } = "";
    public bool Disputed { get; init; }
    public string? TestSummary { get; init; }
    public DateOnly? CompletedOn { get; init; }
    public DateOnly? ProposedCompletion { get; init; }
    public bool? Concurred { get; init; }
    public bool WholeSystem { get; init; }
    public DateOnly? EndedOn { get; init; }
    public long CreatedAt { get; init; }
    public int Version { get; init; }

    public static RequestRow Of(ServiceRequest request) =>
        new()
        {
            Id = request.Id.Number,
            Type = request.Type.ToString(),
            State = request.State.ToString(),
            Tenant = request.Tenant,
            Region = request.Region,
            System = request.System,
            Reason = request.Reason,
            Lines = Json.Write(request.Lines),
            OrderStanding = request.Order.ToString(),
            Disputed = request.Disputed,
            TestSummary = request.TestSummary,
            CompletedOn = request.CompletedOn,
            ProposedCompletion = request.ProposedCompletion,
            Concurred = request.Concurred,
            WholeSystem = request.WholeSystem,
            EndedOn = request.EndedOn,
            CreatedAt = request.CreatedAt.ToUnixTimeMilliseconds(),
            Version = request.Version,
        };

    public ServiceRequest ToRequest(IEnumerable<DeadlineRow> deadlines, IEnumerable<HistoryRow> history) =>
        new()
        {
            Id = new(Id),
            Type = Enum.Parse<RequestType>(Type),
            State = Enum.Parse<RequestState>(State),
            Tenant = Tenant,
            Region = Region,
            System = System,
            Reason = Reason,
            Lines = Json.Read<List<RequestLine>>(Lines),
            Order = Enum.Parse<OrderStanding>(OrderStanding),
            Disputed = Disputed,
            Concurred = Concurred,
            WholeSystem = WholeSystem,
            EndedOn = EndedOn,
            TestSummary = TestSummary,
            CompletedOn = CompletedOn,
            ProposedCompletion = ProposedCompletion,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            Version = Version,
            Deadlines = [.. deadlines.Select(d => d.ToDeadline())],
            History = [.. history.Select(h => h.ToEntry())],
        };
}

/// <summary>One row of the table request_deadline.</summary>
internal sealed class DeadlineRow
{
    public long Request { get; init; }
    public int Ordinal { get; init; }
    public string Step { get; init; } = "";
    public long StartedAt { get; init; }
    public long DueAt { get; init; }
    public long? ClosedAt { get; init; }

    public static DeadlineRow Of(RequestId request, int ordinal, Deadline deadline) =>
        new()
        {
            Request = request.Number,
            Ordinal = ordinal,
            Step = deadline.Step,
            StartedAt = deadline.StartedAt.ToUnixTimeMilliseconds(),
            DueAt = deadline.DueAt.ToUnixTimeMilliseconds(),
            ClosedAt = deadline.ClosedAt?.ToUnixTimeMilliseconds(),
        };

    public Deadline ToDeadline() =>
        new(
            Step,
            DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
            DateTimeOffset.FromUnixTimeMilliseconds(DueAt),
            ClosedAt is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null
        );
}

/// <summary>One row of the table request_history.</summary>
internal sealed class HistoryRow
{
    public long Request { get; init; }
    public int Ordinal { get; init; }
    public long At { get; init; }
    public string Account { get; init; } = "";
    public string? Organisation { get; init; }
    public string Action { get; init; } = "";
    public string? Opinion { get; init; }

    public static HistoryRow Of(RequestId request, int ordinal, HistoryEntry entry) =>
        new()
        {
            Request = request.Number,
            Ordinal = ordinal,
            At = entry.At.ToUnixTimeMilliseconds(),
            Account = entry.By,
            Organisation = entry.Organisation,
            Action = entry.Action.ToString(),
            Opinion = entry.Opinion,
        };

    public HistoryEntry ToEntry() =>
        new(
            DateTimeOffset.FromUnixTimeMilliseconds(At),
            Account,
            Organisation,
            Enum.Parse<RequestAction>(Action),
            Opinion
        );
}

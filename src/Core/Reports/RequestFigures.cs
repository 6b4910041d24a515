using CloudManager.Core.Requests;

namespace CloudManager.Core.Reports;

/// <summary>Requests and deadlines (申请办理及时限, art. 19, 25) of the month, as things stood at its end.</summary>
/// <param name="ByType">What happened to the requests, by type; types without any are left out.</param>
/// <param name="Deadlines">Deadlines kept and missed, by step in the order of the way.</param>
/// <param name="Missed">Those missed in the month, by the time they were due.</param>
public sealed record RequestFigures(
    IReadOnlyList<RequestCounts> ByType,
    IReadOnlyList<DeadlineCounts> Deadlines,
    IReadOnlyList<MissedDeadline> Missed
);

/// <summary>How often each thing happened to the requests of one type in the month.</summary>
public sealed record RequestCounts
{
    public required RequestType Type { get; init; }

    /// <summary>Submissions, those after a refusal to accept among them.</summary>
    public required long Submitted { get; init; }

    public required long Accepted { get; init; }
    public required long NotAccepted { get; init; }
    public required long Approved { get; init; }
    public required long Rejected { get; init; }

    /// <summary>Deliveries completed (art. 19(4)).</summary>
    public required long Delivered { get; init; }

    public required long Confirmed { get; init; }
    public required long Withdrawn { get; init; }

    /// <summary>Tests that ran out without a report (art. 19(3)).</summary>
    public required long Expired { get; init; }
}

/// <summary>
/// The deadlines of one step. Each deadline counts as kept in the month in which its step was taken in time, or as
/// missed in the month in which it fell due and was not: once, and never as both.
/// </summary>
public sealed record DeadlineCounts
{
    /// <summary>accept, review, report, grace or confirm.</summary>
    public required string Step { get; init; }

    /// <summary>Who has to take the step.</summary>
    public required Party Responsible { get; init; }

    /// <summary>Taken in the month, no later than the last second.</summary>
    public required long Kept { get; init; }

    /// <summary>Fell due in the month and was not taken by then.</summary>
    public required long Missed { get; init; }

    /// <summary>Taken in the month, missed in an earlier one.</summary>
    public required long TakenLate { get; init; }

    /// <summary>Fell away in time because the request was withdrawn.</summary>
    public required long FellAway { get; init; }

    /// <summary>Open at the month's end and not due yet.</summary>
    public required long Running { get; init; }

    /// <summary>Open at the month's end and overdue, from earlier months too.</summary>
    public required long Overdue { get; init; }
}

/// <summary>One missed deadline.</summary>
/// <param name="Request">The request's number, e.g. <c>req-000042</c>.</param>
/// <param name="Step">accept, review, report, grace or confirm.</param>
/// <param name="Responsible">Who had to take the step.</param>
/// <param name="Tenant">Whose request it is.</param>
/// <param name="DueAt">Its last second.</param>
/// <param name="ClosedAt">When the step was taken; null if it was not by the month's end.</param>
public sealed record MissedDeadline(
    string Request,
    string Step,
    Party Responsible,
    Named Tenant,
    DateTimeOffset DueAt,
    DateTimeOffset? ClosedAt
);

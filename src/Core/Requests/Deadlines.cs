using CloudManager.Core.Calendar;

namespace CloudManager.Core.Requests;

/// <summary>
/// The lengths of the procedure's deadlines. The working-day numbers are the regulation's (art. 19); the grace period
/// and the confirmation reminder are policy of the province. Units: WD are working days, days are calendar days.
/// </summary>
public sealed record ProcedurePolicy
{
    /// <summary>WD from submission to the decision to accept (art. 19(2)).</summary>
    public int AcceptWorkingDays { get; init; } = 5;

    /// <summary>WD from acceptance to the review opinion (art. 19(2)).</summary>
    public int ReviewWorkingDays { get; init; } = 5;

    /// <summary>Days of testing from hand-over (art. 19(3)).</summary>
    public int TestDays { get; init; } = 30;

    /// <summary>WD that stopped test resources are kept for a late report.</summary>
    public int GraceWorkingDays { get; init; } = 15;

    /// <summary>WD from the approval of a change until the provider has carried it out (art. 20).</summary>
    public int ExecuteWorkingDays { get; init; } = 5;

    /// <summary>WD after delivery until the tenant is reminded to confirm.</summary>
    public int ConfirmWorkingDays { get; init; } = 5;
}

/// <summary>Names and counts the deadlines of a request.</summary>
public sealed class Deadlines(IHolidays holidays, ProcedurePolicy policy)
{
    public const string Accept = "accept";
    public const string Review = "review";
    public const string Report = "report";
    public const string Grace = "grace";
    public const string Execute = "execute";
    public const string Confirm = "confirm";

    /// <summary>
    /// The deadline of a step that starts now; the grace period runs from the end of the test, however late the platform
    /// comes to look.
    /// </summary>
    public Deadline Start(string step, ServiceRequest request, DateTimeOffset now)
    {
        var from = step == Grace ? request.Deadlines.LastOrDefault(d => d.Step == Report)?.DueAt ?? now : now;
        return new Deadline(step, from, DueAt(step, from), null);
    }

    private DateTimeOffset DueAt(string step, DateTimeOffset now)
    {
        var days = holidays.Current;
        return step switch
        {
            Accept => days.DueAt(now, policy.AcceptWorkingDays),
            Review => days.DueAt(now, policy.ReviewWorkingDays),
            Report => CalendarPeriods.DueAfterDays(now, policy.TestDays),
            Grace => days.DueAt(now, policy.GraceWorkingDays),
            Execute => days.DueAt(now, policy.ExecuteWorkingDays),
            Confirm => days.DueAt(now, policy.ConfirmWorkingDays),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, "no such step"),
        };
    }
}

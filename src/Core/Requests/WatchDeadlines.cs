using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Requests;

/// <summary>
/// Watches the deadlines of requests: warns the tenant 7, 3 and 1 days before a test or its grace period ends (art.
/// 19(3)), and tells the parties once when a step is overdue (art. 19(2)); an unconfirmed delivery is reminded and
/// escalated (art. 40), nobody confirms for the tenant. Every reminder goes out once.
/// </summary>
public sealed class WatchDeadlines(
    IBooks books,
    IRequestStore requests,
    IReminders reminders,
    INotifications notifications,
    (IOrganisationStore Organisations, TimeProvider BusinessTime) around
) : IJobWork
{
    public const string Job = "watch-deadlines";

    private static readonly int[] WarnDays = [1, 3, 7];

    private static readonly (RequestState State, string Step)[] Watched =
    [
        (RequestState.Submitted, Deadlines.Accept),
        (RequestState.Submitted, Deadlines.Review),
        (RequestState.Accepted, Deadlines.Review),
        (RequestState.Testing, Deadlines.Report),
        (RequestState.Testing, Deadlines.Grace),
        (RequestState.Delivered, Deadlines.Confirm),
        (RequestState.ChangeOrdered, Deadlines.Execute),
        (RequestState.Changed, Deadlines.Confirm),
        (RequestState.Reclaimed, Deadlines.Confirm),
    ];

    public async Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        var now = around.BusinessTime.GetUtcNow();
        var sent = 0;
        foreach (var (state, step) in Watched)
        {
            var soon = now + TimeSpan.FromDays(WarnDays[^1] + 1);
            var due = await books.ReadAsync(
                (t, token) => requests.DueAsync(t, state, step, soon, token),
                cancellationToken
            );
            foreach (var request in due)
            {
                var deadline = request.Deadlines.Last(d => d.Step == step && d.ClosedAt is null);
                if (OccasionOf(deadline, now) is { } occasion)
                {
                    sent += await RemindAsync(new(request, deadline, occasion, now), cancellationToken) ? 1 : 0;
                }
            }
        }

        return sent == 0
            ? Look.Nothing
            : new Look(LookOutcome.Done, [], ($"发出 {sent} 项提醒", $"{sent} reminder(s) sent"));
    }

    /// <summary>The most pressing occasion: overdue, or so many days before a test or its grace period ends.</summary>
    internal static Occasion? OccasionOf(Deadline deadline, DateTimeOffset now)
    {
        if (deadline.IsOverdue(now))
        {
            return new Occasion("overdue", 0);
        }

        var days = China.Day(deadline.DueAt).DayNumber - China.Day(now).DayNumber;
        var warns = deadline.Step is Deadlines.Report or Deadlines.Grace && days <= WarnDays[^1];
        return warns ? new Occasion($"{WarnDays.First(d => days <= d)}d", days) : null;
    }

    private async Task<bool> RemindAsync(Reminder reminder, CancellationToken cancellationToken)
    {
        // Looking first costs a reader only; what was sent already needs no writer's turn and no audit entry.
        if (await books.ReadAsync((t, token) => reminders.WasSentAsync(t, reminder, token), cancellationToken))
        {
            return false;
        }

        var subject = new Subject("request", reminder.Request.Id.ToString());
        var sent = await books.ChangeAsync(
            new Intent(Origin.Platform, $"request.remind.{reminder.Deadline.Step}", subject),
            async (transaction, token) =>
            {
                if (await reminders.AddAsync(transaction, reminder, token))
                {
                    await TellAsync(transaction, reminder, token);
                }

                return Result.Of(Done.Now);
            },
            cancellationToken
        );
        return sent.IsDone;
    }

    private async Task TellAsync(ITransaction transaction, Reminder reminder, CancellationToken cancellationToken)
    {
        var request = reminder.Request;
        var receivers = new List<string>();
        foreach (var kind in KindsToTell(reminder))
        {
            var parties = await around.Organisations.OfKindAsync(transaction, kind, request.Region, cancellationToken);
            receivers.AddRange(parties.Select(p => p.Code));
        }

        if (reminder.Deadline.Step is Deadlines.Report or Deadlines.Grace or Deadlines.Confirm)
        {
            receivers.Add(request.Tenant);
        }

        if (reminder.Deadline.Step == Deadlines.Execute)
        {
            receivers.AddRange(request.Lines.Select(l => l.Provider).Distinct());
        }

        foreach (var receiver in receivers)
        {
            var notification = new Notification
            {
                Organisation = receiver,
                Code = reminder.Occasion.IsOverdue ? "deadline.overdue" : "deadline.near",
                Subject = new("request", request.Id.ToString()),
                Text = ReminderText.Of(reminder),
                At = reminder.At,
            };
            await notifications.TellAsync(transaction, notification, cancellationToken);
        }
    }

    /// <summary>Whose step it is, or who must know that it was missed.</summary>
    private static OrganisationKind[] KindsToTell(Reminder reminder) =>
        reminder.Deadline.Step switch
        {
            Deadlines.Accept or Deadlines.Review => [OrganisationKind.Authority, OrganisationKind.TechnicalDepartment],
            Deadlines.Confirm or Deadlines.Execute =>
            [
                OrganisationKind.TechnicalDepartment,
                OrganisationKind.Authority,
            ],
            _ when reminder.Occasion.IsOverdue => [OrganisationKind.TechnicalDepartment],
            _ => [],
        };
}

/// <summary>Why a reminder goes out.</summary>
/// <param name="Word">7d, 3d, 1d or overdue.</param>
/// <param name="Days">Whole days left.</param>
public sealed record Occasion(string Word, int Days)
{
    public bool IsOverdue => Word == "overdue";
}

/// <summary>One reminder of one deadline.</summary>
public sealed record Reminder(ServiceRequest Request, Deadline Deadline, Occasion Occasion, DateTimeOffset At);

/// <summary>Which reminders went out: (request, deadline, occasion) is unique in the books.</summary>
public interface IReminders
{
    Task<bool> WasSentAsync(ITransaction transaction, Reminder reminder, CancellationToken cancellationToken);

    /// <summary>Notes it; false if it was noted before.</summary>
    Task<bool> AddAsync(ITransaction transaction, Reminder reminder, CancellationToken cancellationToken);
}

internal static class ReminderText
{
    public static Bilingual Of(Reminder reminder)
    {
        var due = China.Local(reminder.Deadline.DueAt).ToString("yyyy-MM-dd HH:mm:ss");
        var (id, days) = (reminder.Request.Id, reminder.Occasion.Days);
        var (zh, en) = reminder.Deadline.Step switch
        {
            Deadlines.Accept => ("受理", "the decision to accept"),
            Deadlines.Review => ("审核", "the review"),
            Deadlines.Report => ("测试报告提交", "the test report"),
            Deadlines.Grace => ("测试资源保留", "the grace period of the test resources"),
            Deadlines.Execute => ("变更实施", "carrying out the change"),
            _ when reminder.Request.State == RequestState.Changed => ("变更确认", "the confirmation of the change"),
            _ when reminder.Request.State == RequestState.Reclaimed => ("服务终止确认", "the confirmation of the end"),
            _ => ("交付确认", "the confirmation of delivery"),
        };
        return reminder.Occasion.IsOverdue
                ? ($"申请 {id} 的{zh}时限已过（截止时间 {due}）", $"request {id}: {en} is overdue (due {due})")
            : days == 0
                ? ($"申请 {id} 的{zh}时限今日截止（截止时间 {due}）", $"request {id}: {en} is due today (due {due})")
            : (
                $"申请 {id} 的{zh}时限还有 {days} 天（截止时间 {due}）",
                $"request {id}: {en} is due in {days} day(s) (due {due})"
            );
    }
}

using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;
using CloudManager.Core.Requests;

namespace CloudManager.Storage.Tests.Reports;

public sealed class RequestCountsTests : IAsyncLifetime
{
    private static readonly MonthSpan September = MonthSpan.Of(new Month(2026, 9));
    private ReportBooks? _books;

    private ReportBooks Books => _books!;

    public async ValueTask InitializeAsync()
    {
        _books = await ReportBooks.OpenAsync();
        await Books.RequestAsync(1);
    }

    public ValueTask DisposeAsync() => Books.DisposeAsync();

    [Theory]
    [InlineData("in time", "2026-09-10T23:59:59", "2026-09-10T12:00:00", "kept")]
    [InlineData("in the last second", "2026-09-10T23:59:59", "2026-09-10T23:59:59", "kept")]
    [InlineData("within the last second", "2026-09-10T23:59:59", "2026-09-10T23:59:59.999", "kept")]
    [InlineData("at midnight", "2026-09-10T23:59:59", "2026-09-11T00:00:00", "missed")]
    [InlineData("never", "2026-09-10T23:59:59", null, "missed overdue")]
    [InlineData("due in the month's last second, kept", "2026-09-30T23:59:59", "2026-09-30T23:59:59", "kept")]
    [InlineData(
        "due in the month's last second, taken after it",
        "2026-09-30T23:59:59",
        "2026-10-01T00:00:00",
        "missed overdue"
    )]
    [InlineData("due in the month's last second, never", "2026-09-30T23:59:59", null, "missed overdue")]
    [InlineData("due in the next month, open", "2026-10-08T23:59:59", null, "running")]
    [InlineData("due in the next month, taken in the month", "2026-10-08T23:59:59", "2026-09-30T10:00:00", "kept")]
    [InlineData("due and taken in the next month", "2026-10-08T23:59:59", "2026-10-02T10:00:00", "running")]
    [InlineData("due in the next month and missed then", "2026-10-08T23:59:59", "2026-10-09T10:00:00", "running")]
    [InlineData("missed in the month before, taken in this", "2026-08-31T23:59:59", "2026-09-01T00:00:00", "late")]
    [InlineData("missed in the month before and still open", "2026-08-31T23:59:59", null, "overdue")]
    [InlineData("missed before, taken after the month", "2026-08-31T23:59:59", "2026-10-01T00:00:00", "overdue")]
    [InlineData("due in the month, kept in the one before", "2026-09-10T23:59:59", "2026-08-31T23:59:59", "")]
    [InlineData("kept in the month before", "2026-08-31T23:59:59", "2026-08-31T12:00:00", "")]
    [InlineData("missed and taken in the month before", "2026-08-20T23:59:59", "2026-08-31T23:59:59", "")]
    public async Task Art19_A_deadline_counts_once(string because, string due, string? closed, string counted)
    {
        await Books.DeadlineAsync(1, "accept", due, closed);

        var tally = (await DeadlinesAsync()).SingleOrDefault();

        Assert.True(counted == Shown(tally), $"{because}: {Shown(tally)}");
    }

    [Fact]
    public async Task A_deadline_that_starts_after_the_month_is_none_of_its()
    {
        await Books.DeadlineAsync(1, "accept", "2026-10-09T23:59:59", null, started: "2026-10-01T00:00:00");

        Assert.Empty(await DeadlinesAsync());
    }

    [Fact]
    public async Task A_deadline_that_fell_away_with_the_request_was_not_kept()
    {
        await Books.DeadlineAsync(1, "review", "2026-09-10T23:59:59", "2026-09-09T10:00:00");
        await Books.StepAsync(1, "Withdraw", "2026-09-09T10:00:00");

        Assert.Equal("away", Shown((await DeadlinesAsync()).Single()));
    }

    [Fact]
    public async Task Steps_are_counted_apart()
    {
        await Books.DeadlineAsync(1, "accept", "2026-09-10T23:59:59", "2026-09-09T10:00:00");
        await Books.DeadlineAsync(1, "review", "2026-09-20T23:59:59", "2026-09-19T10:00:00");
        await Books.DeadlineAsync(1, "review", "2026-09-22T23:59:59", null);

        var tallies = (await DeadlinesAsync()).ToDictionary(t => t.Step);

        Assert.Equal((1, 0), (tallies["accept"].Kept, tallies["accept"].Missed));
        Assert.Equal((1, 1), (tallies["review"].Kept, tallies["review"].Missed));
    }

    [Fact]
    public async Task Those_missed_are_named_in_the_order_in_which_they_fell_due()
    {
        await Books.RequestAsync(2);
        await Books.DeadlineAsync(1, "confirm", "2026-09-20T23:59:59", null);
        await Books.DeadlineAsync(2, "accept", "2026-09-10T23:59:59", "2026-09-12T08:00:00");
        await Books.DeadlineAsync(2, "review", "2026-08-10T23:59:59", null);
        await Books.DeadlineAsync(2, "report", "2026-09-30T23:59:59", "2026-09-30T23:59:59");

        var missed = await Books.ReadAsync(
            async (t, c) => await Books.Get<IRequestCounts>().MissedAsync(t, September, c).ToListAsync(c)
        );

        Assert.Equal(
            [("req-000002", "accept"), ("req-000001", "confirm")],
            missed.Select(m => ($"{m.Request}", m.Step))
        );
        Assert.Equal("2026-09-12T00:00:00Z", $"{missed[0].ClosedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        Assert.Equal(("tenant-a", null), (missed[1].Tenant, missed[1].ClosedAt));
    }

    [Fact]
    public async Task What_happened_to_requests_is_counted_by_type_within_the_month()
    {
        await Books.RequestAsync(2, "Change");
        await Books.RequestAsync(3, "Emergency");
        await Books.StepAsync(1, "Create", "2026-09-01T00:00:00");
        await Books.StepAsync(1, "Submit", "2026-09-01T00:00:00");
        await Books.StepAsync(1, "NotAccept", "2026-09-02T00:00:00");
        await Books.StepAsync(1, "Resubmit", "2026-09-30T23:59:59");
        await Books.StepAsync(1, "Accept", "2026-10-01T00:00:00");
        await Books.StepAsync(1, "CompleteOrder", "2026-09-04T00:00:00");
        await Books.DeadlineAsync(1, "confirm", "2026-09-12T23:59:59", null, started: "2026-09-04T00:00:00");
        await Books.StepAsync(2, "Submit", "2026-08-31T23:59:59");
        await Books.StepAsync(2, "Confirm", "2026-09-05T00:00:00");
        await Books.StepAsync(3, "Create", "2026-09-05T00:00:00");

        var counts = await Books.ReadAsync((t, c) => Books.Get<IRequestCounts>().ByTypeAsync(t, September, c));

        Assert.Equal(
            [
                Counts(RequestType.Provision) with
                {
                    Submitted = 2,
                    NotAccepted = 1,
                    Delivered = 1,
                },
                Counts(RequestType.Change) with
                {
                    Confirmed = 1,
                },
            ],
            counts
        );
    }

    private Task<IReadOnlyList<StepTally>> DeadlinesAsync() =>
        Books.ReadAsync((t, c) => Books.Get<IRequestCounts>().DeadlinesAsync(t, September, c));

    /// <summary>What the one deadline counts as.</summary>
    private static string Shown(StepTally? tally) =>
        tally is null
            ? ""
            : string.Join(
                ' ',
                new (string Name, long Count)[]
                {
                    ("kept", tally.Kept),
                    ("missed", tally.Missed),
                    ("late", tally.TakenLate),
                    ("away", tally.FellAway),
                    ("running", tally.Running),
                    ("overdue", tally.Overdue),
                }
                    .Where(n => n.Count > 0)
                    .Select(n => n.Count == 1 ? n.Name : $"{n.Name} × {n.Count}")
            );

    private static RequestCounts Counts(RequestType type) =>
        new()
        {
            Type = type,
            Submitted = 0,
            Accepted = 0,
            NotAccepted = 0,
            Approved = 0,
            Rejected = 0,
            Delivered = 0,
            Confirmed = 0,
            Withdrawn = 0,
            Expired = 0,
        };
}

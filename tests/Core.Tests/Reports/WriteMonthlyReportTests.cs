using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;

namespace CloudManager.Core.Tests.Reports;

public sealed class WriteMonthlyReportTests : IDisposable
{
    private readonly ReportDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Art25_Three_months_that_are_due_become_three_reports_oldest_first()
    {
        var look = await _desk.Close("2026-07", "2026-08", "2026-09").LookAsync();

        Assert.Equal(LookOutcome.Done, look.Outcome);
        Assert.Equal(["2026-07", "2026-08", "2026-09"], look.Periods);
        Assert.Equal(["monthly-2026-07", "monthly-2026-08", "monthly-2026-09"], _desk.Reports.Filed.Keys);
        Assert.Equal(["2026-07", "2026-08", "2026-09"], _desk.Periods.Of("monthly-report"));
        Assert.Equal(
            [new DateOnly(2026, 7, 1), new DateOnly(2026, 8, 1), new DateOnly(2026, 9, 1)],
            _desk.Use.Asked.Where(q => q.By == UtilisationBy.Pool).Select(q => q.From)
        );
    }

    [Theory]
    [InlineData("2026-08-01T02:59:59+08:00", 0)]
    [InlineData("2026-08-01T03:00:00+08:00", 1)]
    [InlineData("2026-07-31T23:59:59+08:00", 0)]
    public async Task A_month_is_due_at_three_on_the_first(string now, int reports)
    {
        using var desk = new ReportDesk(now);

        Assert.Equal(reports, (await desk.Close("2026-07").LookAsync()).Periods.Count);
    }

    [Fact]
    public async Task Waits_for_the_close_of_its_month_and_later_ones_wait_too()
    {
        var look = await _desk.Close("2026-07", "2026-09").LookAsync();

        Assert.Equal(LookOutcome.Blocked, look.Outcome);
        Assert.Equal(["2026-07"], look.Periods);
        Assert.Contains("2026-08", look.Detail!.Zh, StringComparison.Ordinal);
        Assert.Contains("2026-08", look.Detail.En, StringComparison.Ordinal);
        Assert.Equal(["monthly-2026-07"], _desk.Reports.Filed.Keys);

        Assert.Equal(["2026-08", "2026-09"], (await _desk.Close("2026-08").LookAsync()).Periods);
    }

    [Fact]
    public async Task Looking_again_writes_nothing_and_changes_no_report()
    {
        await _desk.Close("2026-07", "2026-08", "2026-09").LookAsync();
        var before = _desk.Reports.Filed.Values.ToList();
        _desk.Counts.Servers["mock-a"] = 99;
        _desk.Clock.Advance(TimeSpan.FromDays(2));

        var look = await _desk.LookAsync();

        Assert.Equal((LookOutcome.Done, 0), (look.Outcome, look.Periods.Count));
        Assert.Equal(before, _desk.Reports.Filed.Values);
        Assert.Equal(6, _desk.Register.Told.Count);
    }

    [Fact]
    public async Task Two_processes_at_once_file_one_report()
    {
        _desk.Close("2026-07", "2026-08", "2026-09");
        Look? other = null;
        _desk.Use.Meanwhile = async () => other = await _desk.Job.LookAsync(CancellationToken.None);

        var look = await _desk.LookAsync();

        Assert.Equal(["2026-07", "2026-08", "2026-09"], other!.Periods);
        Assert.Equal((LookOutcome.Done, 0), (look.Outcome, look.Periods.Count));
        Assert.Equal(3, _desk.Reports.Filed.Count);
        Assert.Equal(3, _desk.Books.Traces.Count);
        Assert.Equal(6, _desk.Register.Told.Count);
    }

    [Fact]
    public async Task Art25_The_technical_department_and_the_authority_of_the_province_are_told()
    {
        await _desk.Close("2026-07").LookAsync();

        Assert.Equal(["authority", "technical"], _desk.Register.Told.Select(n => n.Organisation).Order());
        Assert.All(_desk.Register.Told, n => Assert.Equal(new("report", "monthly-2026-07"), n.Subject));
        var trace = Assert.Single(_desk.Books.Traces);
        Assert.Equal(("report.file", "monthly-2026-07"), (trace.Action, trace.Subject.Id));
    }

    [Fact]
    public async Task What_breaks_is_not_filed()
    {
        _desk.Use.Meanwhile = () => throw new IOException("the disk is gone");
        _desk.Close("2026-07");

        await Assert.ThrowsAsync<IOException>(_desk.LookAsync);
        Assert.Empty(_desk.Reports.Filed);
        Assert.Empty(_desk.Periods.Of("monthly-report"));
        Assert.Equal(["2026-07"], (await _desk.LookAsync()).Periods);
    }
}

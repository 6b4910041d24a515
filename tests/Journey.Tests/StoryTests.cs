using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;
using CloudManager.Core.Requests;
using CloudManager.Journey.Tests.Support;
using CloudManager.Scheduler;
using CloudManager.Tests.Databases;

namespace CloudManager.Journey.Tests;

/// <summary>The whole way from the request to the bill and the report, however time passes and on whatever books.</summary>
public sealed class StoryTests
{
    [Fact]
    public async Task Months_advanced_in_one_go_equal_the_same_months_advanced_hour_by_hour()
    {
        await using var once = await Story.TellAsync(Database.Sqlite, Story.InOneGoAsync);
        await using var hourly = await Story.TellAsync(Database.Sqlite, Story.ByTheHourAsync);

        AssertAlike(await Outcome.OfAsync(once), await Outcome.OfAsync(hourly));
    }

    [Fact]
    public async Task The_story_ends_alike_on_SQLite_and_PostgreSQL()
    {
        Assert.SkipWhen(TestDatabase.WhyNoPostgres is not null, TestDatabase.WhyNoPostgres ?? "");
        await using var sqlite = await Story.TellAsync(Database.Sqlite, Story.InOneGoAsync);
        await using var postgres = await Story.TellAsync(Database.Postgres, Story.InOneGoAsync);

        AssertAlike(await Outcome.OfAsync(sqlite), await Outcome.OfAsync(postgres));
    }

    [Theory, OnBoth]
    public async Task The_story_ends_in_bills_reports_and_resources_as_the_measures_say(Database on)
    {
        await using var province = await Story.TellAsync(on, Story.InOneGoAsync);

        // Prices are 9.00. Provider A from 12 October: per server 4 cores, 8 GB, 40 GB, twice; 100 GB; 10 Mbps.
        // 36 × 20 ÷ 31 = 23.23, 72 × 20 ÷ 31 = 46.45, 360 × 20 ÷ 31 = 232.26, 900 × 20 ÷ 31 = 580.65, 90 × 20 ÷ 31 = 58.06
        Assert.Equal((2 * (23.23m + 46.45m + 232.26m)) + 580.65m + 58.06m, await TotalAsync(province, "2026-10"));
        // November whole for both providers (36 + 72 + 360 = 468 a server, 900 + 90; 468 + 1,800), and provider B's twelve
        // days of October taken after: 36 × 12 ÷ 31 = 13.94, 27.87, 139.35, 1,800 × 12 ÷ 31 = 696.77.
        var adjusted = 13.94m + 27.87m + 139.35m + 696.77m;
        Assert.Equal((2 * 468m) + 990m + 468m + 1800m + adjusted, await TotalAsync(province, "2026-11"));
        var lines = await province.LinesAsync((await province.BillsAsync("2026-11"))[1]);
        Assert.Equal(4, lines.Count(l => l.Kind == BillLineKind.Adjustment));
        Assert.Equal(adjusted, lines.Where(l => l.Kind == BillLineKind.Adjustment).Sum(l => l.Amount));

        var reports = (await Outcome.ReportsAsync(province)).Select(r =>
            (r.Id, ReportJson.Read(r.Body).Cost.Total.Total)
        );
        Assert.Equal(
            [
                ("monthly-2026-09", 0m),
                ("monthly-2026-10", await TotalAsync(province, "2026-10")),
                ("monthly-2026-11", await TotalAsync(province, "2026-11")),
            ],
            reports
        );
        Assert.Equal(["InService", "InService", "Expired", "Tested", "Submitted"], await StatesAsync(province));
        Assert.Equal(
            4,
            (await province.ServersInAsync("mock-a")).Count + (await province.ServersInAsync("mock-c")).Count
        );
    }

    [Theory, OnBoth]
    public async Task Art25_A_host_that_was_down_over_three_month_ends_closes_and_reports_each_in_order_once(
        Database on
    )
    {
        await using var province = await Province.FoundAsync(on, Province.Mock("mock-a", "provider-a"));
        var id = await province.DeliverAsync("2026-10-12 15:00", SampleTerms.Servers(1));
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);

        province.At("2027-01-05 09:00");
        var first = await CatchUpAsync(province);
        var again = await CatchUpAsync(province);

        string[] months = ["2026-09", "2026-10", "2026-11", "2026-12"];
        Assert.Equal(months, first["close-month"].Periods);
        Assert.Equal(months, first["monthly-report"].Periods);
        Assert.All(again.Values, look => Assert.Equal((LookOutcome.Done, 0), (look.Outcome, look.Periods.Count)));
        Assert.Equal(months.Select(m => $"monthly-{m}"), (await Outcome.ReportsAsync(province)).Select(r => r.Id));
        Assert.Equal(
            months[1..],
            (await province.BillsAsync()).Where(b => b.State == BillState.Closed).Select(b => $"{b.Month}")
        );

        // What was missed was collected before it was reported: every slot in service has its sample.
        var december = ReportJson.Read((await Outcome.ReportsAsync(province))[^1].Body);
        Assert.Equal(1, Assert.Single(december.Pools).Use!.Cpu.Coverage);
    }

    [Fact]
    public async Task Two_processes_on_PostgreSQL_that_look_at_once_close_and_report_each_month_once()
    {
        Assert.SkipWhen(TestDatabase.WhyNoPostgres is not null, TestDatabase.WhyNoPostgres ?? "");
        await using var one = await Province.FoundAsync(Database.Postgres, Province.Mock("mock-a", "provider-a"));
        var id = await one.DeliverAsync("2026-10-12 15:00", SampleTerms.Servers(2));
        await one.DoAsync(one.Tenant, id, RequestAction.Confirm);
        await using var other = await one.AgainAsync();
        one.At("2027-01-05 09:00");

        var looks = await Task.WhenAll(CatchUpAsync(one), CatchUpAsync(other));

        string[] months = ["2026-09", "2026-10", "2026-11", "2026-12"];
        Assert.Equal(months, looks.SelectMany(l => l["close-month"].Periods).Order());
        Assert.Equal(months, looks.SelectMany(l => l["monthly-report"].Periods).Order());
        Assert.Equal(months.Select(m => $"monthly-{m}"), (await Outcome.ReportsAsync(one)).Select(r => r.Id));
        var box = await one.ReadAsync(
            (t, c) => one.Get<INotifications>().ListAsync(t, "authority", new PageRequest(null, 100), c)
        );
        Assert.Equal(4, box.Items.Count(n => n.Code.StartsWith("report.", StringComparison.Ordinal)));
    }

    /// <summary>What the host does at its start.</summary>
    private static async Task<Dictionary<string, Look>> CatchUpAsync(Province province)
    {
        var run = Advancing.RunnerOf(province);
        var looks = new Dictionary<string, Look>();
        foreach (var job in Schedule.Jobs)
        {
            looks[job.Name] = (await run.ExecuteAsync(job.Name, CancellationToken.None)).Look;
        }

        return looks;
    }

    private static async Task<decimal> TotalAsync(Province province, string month) =>
        (await province.BillsAsync(month)).Sum(b => b.Total);

    private static async Task<IEnumerable<string>> StatesAsync(Province province)
    {
        var states = new List<string>();
        for (var i = 1; i <= 5; i++)
        {
            states.Add($"{(await province.RequestAsync(new RequestId(i))).State}");
        }

        return states;
    }

    private static void AssertAlike(string expected, string actual)
    {
        var (one, other) = (expected.Split('\n'), actual.Split('\n'));
        for (var i = 0; i < Math.Min(one.Length, other.Length); i++)
        {
            Assert.True(one[i] == other[i], $"line {i}:\n{one[i]}\n{other[i]}");
        }

        Assert.Equal(one.Length, other.Length);
    }
}

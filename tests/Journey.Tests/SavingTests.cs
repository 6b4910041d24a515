using CloudManager.Core.Billing;
using CloudManager.Core.Findings.SizePlans;
using CloudManager.Core.Forecasts;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Reports;
using CloudManager.Core.Reports.Circulars;
using CloudManager.Core.Requests;
using CloudManager.Journey.Tests.Support;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>From measured servers to plans, forecasts and the circular (art. 22).</summary>
public sealed class SavingTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Art22_A_month_of_samples_leads_to_a_plan_and_a_circular_once()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var served = await province.ServeAsync("2026-09-30 10:00", Servers(3, 8, 16));
        province.At("2026-11-01 08:00");
        await CollectAsync(province);

        var waits = await DraftAsync(province);
        Assert.Equal(LookOutcome.Blocked, waits.Outcome);
        await CloseAsync(province);
        var drafted = await DraftAsync(province);
        var again = await DraftAsync(province);

        Assert.Contains("2026-10", drafted.Periods);
        Assert.Empty(again.Periods);
        var head = Assert.Single(await ListAsync(province, "2026-10"));
        Assert.Equal(("tenant-a", (DateTimeOffset?)null), (head.Tenant, head.IssuedAt));
        var content = await ContentAsync(province, head.Id);
        Assert.Equal((3, 0), (content.Use!.Servers, content.Use.LeftOut));
        Assert.Equal(new Place(1, 1), content.Rank);
        Assert.Equal("hr-portal", Assert.Single(content.Systems).Code);

        var plan = await province.Get<ReadSystemPlan>().ExecuteAsync("hr-portal", new(2026, 11, 1), Token);
        Assert.Equal(content.PossibleSaving, plan.Saving);
        Assert.Equal(
            plan.Changes.Select(c => c.Resource.Id.ToString()),
            content.Recommendations.Select(r => r.Resource)
        );
        var judged = plan.Changes.Concat(plan.Growth).Select(c => c.Resource.Id).ToList();
        Assert.All(judged, id => Assert.Contains(served, s => s.Id == id));
        Assert.Empty(plan.LeftOut);
        var savings = await province.ReadAsync(
            (t, c) => province.Get<IPossibleSavings>().ListAsync(t, new(null, "tenant-a"), new(null, 5), c)
        );
        Assert.Equal((plan.Saving, plan.Enough), savings.Items.Select(s => (s.Saving, s.Enough)).Single());
    }

    [Fact]
    public async Task Art22_A_month_that_is_not_collected_waits_a_week_and_then_says_so()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        await province.ServeAsync("2026-09-30 10:00", Servers(1));
        province.At("2026-10-20 00:00");
        await CollectAsync(province);
        province.At("2026-11-02 08:00");
        await CloseAsync(province);

        var early = await DraftAsync(province);
        province.At("2026-11-08 08:00");
        var late = await DraftAsync(province);

        Assert.Equal(LookOutcome.Blocked, early.Outcome);
        Assert.Contains("mock-a", early.Detail!.En, StringComparison.Ordinal);
        Assert.Contains("2026-10", late.Periods);
        var content = await ContentAsync(province, "circular-2026-10-tenant-a");
        Assert.Contains(content.Notes, n => n.En.Contains("not all collected: mock-a", StringComparison.Ordinal));
        Assert.Null(content.Rank);
        Assert.Empty(content.Recommendations);
    }

    [Fact]
    public async Task Art22_What_was_not_measured_is_left_out_of_the_plan_and_said()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var served = await province.ServeAsync("2026-09-30 10:00", Servers(1, 8, 16));

        var young = await province.Get<ReadSystemPlan>().ExecuteAsync("hr-portal", new(2026, 10, 5), Token);
        var unmeasured = await province.Get<ReadSystemPlan>().ExecuteAsync("hr-portal", new(2026, 11, 1), Token);

        Assert.Equal([(served[0].Id, Verdict.NotApplicable)], young.LeftOut.Select(l => (l.Resource, l.Verdict)));
        Assert.Equal(
            [(served[0].Id, Verdict.InsufficientData)],
            unmeasured.LeftOut.Select(l => (l.Resource, l.Verdict))
        );
        Assert.Empty(unmeasured.Changes);
    }

    [Fact]
    public async Task Disks_and_pools_are_silent_before_six_weeks()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var served = await province.ServeAsync("2026-09-30 10:00", Servers(1));
        province.At("2026-10-20 00:00");
        await CollectAsync(province);

        var disks = await province.Get<ReadDiskForecasts>().OfAsync(served, Token);
        var pool = await province.Get<ReadPoolForecasts>().OfAsync(Province.Mock("mock-a", "provider-a"), Token);

        Assert.Equal(Verdict.InsufficientData, disks[0].Forecast.Verdict);
        Assert.InRange(disks[0].Forecast.History.Count, 19, 20);
        Assert.All(pool.Parts, p => Assert.Equal(Verdict.InsufficientData, p.Forecast.Verdict));
        Assert.Equal([4L, 8L], pool.Parts.Take(2).Select(p => p.Used));
    }

    private static async Task CollectAsync(Province province) =>
        Assert.Equal(LookOutcome.Done, (await province.Get<CollectSamples>().LookAsync(Token)).Outcome);

    private static async Task CloseAsync(Province province)
    {
        Assert.Equal(LookOutcome.Done, (await province.Get<CloseMonth>().LookAsync(Token)).Outcome);
        Assert.Equal(LookOutcome.Done, (await province.Get<WriteMonthlyReport>().LookAsync(Token)).Outcome);
    }

    private static Task<Look> DraftAsync(Province province) => province.Get<DraftCirculars>().LookAsync(Token);

    private static async Task<IReadOnlyList<CircularHead>> ListAsync(Province province, string month)
    {
        var filter = new CircularFilter { Month = month };
        return (
            await province.ReadAsync((t, c) => province.Get<ICircularStore>().ListAsync(t, filter, new(null, 50), c))
        ).Items;
    }

    private static async Task<CircularContent> ContentAsync(Province province, string id)
    {
        var found = await province.ReadAsync((t, c) => province.Get<ICircularStore>().FindAsync(t, id, c));
        return ReportJson.ReadAs<CircularContent>(found!.Body);
    }
}

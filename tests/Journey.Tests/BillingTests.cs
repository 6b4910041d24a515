using CloudManager.Core.Billing;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Journey.Tests.Support;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>
/// From the confirmation to the closed bill (art. 40). Every price is 9.00; amounts are computed by hand: a volume of 100
/// GB costs 900.00 a month, that is 900 × 20 ÷ 31 = 580.645… for 20 days of October.
/// </summary>
public sealed class BillingTests
{
    [Fact]
    public async Task Art40_A_delivery_completed_on_the_12th_and_confirmed_on_the_14th_is_charged_from_the_12th()
    {
        await using var province = await FoundAsync();
        var id = await province.DeliverAsync("2026-10-12 15:00", Servers(1), Volumes(1), Addresses(1));
        Assert.Empty(await province.BillsAsync());
        province.At("2026-10-14 09:00");
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);

        // Two days are over: the 12th and the 13th. 4 × 9 × 2 ÷ 31 = 2.3225…
        string[] openLines =
        [
            "Usage res-000001 vcpu 10-12 2/31 2.32",
            "Usage res-000001 memory 10-12 2/31 4.65",
            "Usage res-000001 storage 10-12 2/31 23.23",
            "Usage res-000002 storage 10-12 2/31 58.06",
            "Usage res-000003 bandwidth 10-12 2/31 5.81",
        ];
        Assert.Equal(openLines, (await province.LinesAsync("2026-10")).Shown());
        Assert.Equal(BillState.Open, (await province.BillsAsync())[0].State);

        province.At("2026-11-01 02:00");
        var look = await province.CloseAsync();

        Assert.Equal((LookOutcome.Done, "2026-09,2026-10"), (look.Outcome, string.Join(',', look.Periods)));
        var bill = Assert.Single(await province.BillsAsync("2026-10"));
        Assert.Equal(("2026-10.tenant-a.provider-a", BillState.Closed), (bill.Id, bill.State));
        Assert.Equal(940.65m, bill.Total);
        string[] closedLines =
        [
            "Usage res-000001 vcpu 10-12 20/31 23.23",
            "Usage res-000001 memory 10-12 20/31 46.45",
            "Usage res-000001 storage 10-12 20/31 232.26",
            "Usage res-000002 storage 10-12 20/31 580.65",
            "Usage res-000003 bandwidth 10-12 20/31 58.06",
        ];
        var lines = await province.LinesAsync(bill);
        Assert.Equal(closedLines, lines.Shown());
        Assert.All(lines, l => Assert.Equal(("2026", "2025-provider-a", 9m), (l.Edition, l.Contract, l.UnitPrice)));
        Assert.All(lines, l => Assert.Equal((id.ToString(), null, "2027"), (l.StartedBy, l.EndedBy, l.ServicePeriod)));
    }

    [Fact]
    public async Task Art40_A_delivery_confirmed_after_its_month_was_closed_appears_as_adjustments_in_the_open_month()
    {
        await using var province = await FoundAsync();
        var first = await province.DeliverAsync("2026-10-12 15:00", Volumes(1));
        await province.DoAsync(province.Tenant, first, RequestAction.Confirm);
        var late = await province.DeliverAsync("2026-10-20 15:00", Volumes(1));
        province.At("2026-11-01 02:00");
        await province.CloseAsync();
        Assert.Single(await province.LinesAsync("2026-10"));

        province.At("2026-11-06 09:00");
        await province.DoAsync(province.Tenant, late, RequestAction.Confirm);

        // 900 × 5 ÷ 30 = 150.00 each for five days of November; 900 × 12 ÷ 31 = 348.387… for the end of October.
        string[] expected =
        [
            "Usage res-000001 storage 11-01 5/30 150.00",
            "Usage res-000002 storage 11-01 5/30 150.00",
            "Adjustment res-000002 storage 10-20 12/31 348.39",
        ];
        var open = await province.LinesAsync("2026-11");
        Assert.Equal(expected, open.Shown());
        Assert.Equal((null, "2027"), (open[2].Corrects, open[2].ServicePeriod));
        Assert.NotNull(open[2].Reason);

        province.At("2026-12-01 02:00");
        await province.CloseAsync();
        expected[0] = "Usage res-000001 storage 11-01 30/30 900.00";
        expected[1] = "Usage res-000002 storage 11-01 30/30 900.00";
        Assert.Equal(expected, (await province.LinesAsync("2026-11")).Shown());

        province.At("2027-01-01 02:00");
        await province.CloseAsync();
        Assert.DoesNotContain(await province.LinesAsync("2026-12"), l => l.Kind == BillLineKind.Adjustment);
    }

    [Fact]
    public async Task Art40_A_completion_day_agreed_after_the_close_takes_the_line_back_and_charges_anew()
    {
        await using var province = await FoundAsync();
        var id = await province.DeliverAsync("2026-10-12 15:00", Volumes(1));
        province.At("2026-10-16 09:00");
        await province.DoAsync(
            province.Tenant,
            id,
            RequestAction.Confirm,
            new() { CompletedOn = new DateOnly(2026, 10, 15) }
        );
        province.At("2026-11-01 02:00");
        await province.CloseAsync();
        Assert.Equal(["Usage res-000001 storage 10-12 20/31 580.65"], (await province.LinesAsync("2026-10")).Shown());

        province.At("2026-11-02 09:00");
        await province.DoAsync(province.ProviderA, id, RequestAction.Agree);

        var corrections = (await province.LinesAsync("2026-11")).Skip(1).ToList();
        // 900 × 17 ÷ 31 = 493.548…
        Assert.Equal(
            ["Adjustment res-000001 storage 10-12 -20/31 -580.65", "Adjustment res-000001 storage 10-15 17/31 493.55"],
            corrections.Shown()
        );
        Assert.All(corrections, l => Assert.Equal("2026-10.tenant-a.provider-a.1", l.Corrects));
    }

    [Fact]
    public async Task Art40_A_day_decided_again_after_a_correction_corrects_the_correction()
    {
        await using var province = await FoundAsync();
        var id = await province.DeliverAsync("2026-10-12 15:00", Volumes(1));
        province.At("2026-10-16 09:00");
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm, On(15));
        province.At("2026-11-02 09:00");
        await province.CloseAsync();
        await province.DoAsync(province.ProviderA, id, RequestAction.Agree);
        province.At("2026-12-02 09:00");
        await province.CloseAsync();

        // No action leads here yet; what is confirmed is written the same way.
        var resource = (await province.ResourcesAsync(id))[0];
        var interval = new Core.Resources.ConfirmedDay(new DateOnly(2026, 10, 31), id);
        await province.ChangeAsync<Done>(
            "test.moveDay",
            async (t, token) =>
            {
                await province.Get<Core.Resources.IServiceIntervals>().ServeAsync(t, resource, interval, token);
                return Done.Now;
            }
        );

        // 900 × 1 ÷ 31 = 29.032…
        Assert.Equal(
            ["Adjustment res-000001 storage 10-15 -17/31 -493.55", "Adjustment res-000001 storage 10-31 1/31 29.03"],
            (await province.LinesAsync("2026-12")).Where(l => l.Kind == BillLineKind.Adjustment).Shown()
        );
        var corrects = (await province.LinesAsync("2026-12"))[^1].Corrects;
        Assert.Equal("2026-11.tenant-a.provider-a.3", corrects);
        province.At("2027-01-02 09:00");
        await province.CloseAsync();
        var all = await AllLinesAsync(province);
        Assert.Equal(29.03m, all.Where(l => l.From.Month == 10).Sum(l => l.Amount));
    }

    [Fact]
    public async Task Art40_A_closed_bill_never_changes_and_looking_again_closes_nothing()
    {
        await using var province = await FoundAsync();
        var id = await province.DeliverAsync("2026-10-12 15:00", Servers(2), Volumes(2));
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm, On(12));
        province.At("2026-11-01 02:00");
        await province.CloseAsync();
        var before = await TextOfAsync(province, "2026-10");

        Assert.Equal(Look.Nothing, await province.CloseAsync());
        province.At("2026-11-20 09:00");
        var contract = Contract("provider-a") with
        {
            Number = "2025-provider-a-s1",
            Prices = [new ContractPrice("ecs-general", "vcpu", 5m)],
        };
        await province.ChangeAsync(
            "contract.sign",
            (t, token) => province.Get<SignContract>().ExecuteAsync(t, contract, new DateOnly(2026, 11, 20), token)
        );
        province.At("2026-12-01 02:00");
        Assert.Equal(["2026-11"], (await province.CloseAsync()).Periods);
        Assert.Equal(Look.Nothing, await province.CloseAsync());

        Assert.Equal(before, await TextOfAsync(province, "2026-10"));
    }

    [Fact]
    public async Task Months_that_are_due_are_closed_in_order_and_once_even_by_two_at_a_time()
    {
        await using var province = await FoundAsync();
        var id = await province.DeliverAsync("2026-10-12 15:00", Volumes(1));
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        province.At("2027-01-01 01:59");

        Look[] looks = [await province.CloseAsync()];
        Assert.Equal(["2026-09", "2026-10", "2026-11"], looks[0].Periods);

        province.At("2027-04-01 02:00");
        looks = await Task.WhenAll(Task.Run(province.CloseAsync), Task.Run(province.CloseAsync));
        Assert.Equal(
            ["2026-12", "2027-01", "2027-02", "2027-03"],
            looks.SelectMany(l => l.Periods).Order(StringComparer.Ordinal)
        );
        Assert.Equal(6, (await province.BillsAsync()).Count);
        Assert.All(await province.BillsAsync(), b => Assert.Equal(1, b.LineCount));
    }

    [Fact]
    public async Task A_month_is_left_open_for_two_hours()
    {
        await using var province = await FoundAsync();
        province.At("2026-10-01 01:59");
        Assert.Equal(Look.Nothing, await province.CloseAsync());

        province.At("2026-10-01 02:00");
        Assert.Equal(["2026-09"], (await province.CloseAsync()).Periods);
    }

    [Fact]
    public async Task Art17_After_the_six_free_months_a_resource_without_price_stops_the_close_and_is_named()
    {
        await using var province = await FoundAsync();
        var id = await province.DeliverAsync("2026-10-12 15:00", Volumes(2));
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        // The contract's last day is 31 August 2028: free until 28 February 2029.
        province.At("2029-05-01 02:00");

        var look = await province.CloseAsync();

        Assert.Equal((LookOutcome.Blocked, "2029-02"), (look.Outcome, look.Periods[^1]));
        Assert.Contains("res-000001、res-000002", look.Detail!.Zh, StringComparison.Ordinal);
        Assert.StartsWith("2029-03", look.Detail.En, StringComparison.Ordinal);
        Assert.Equal("2028-08", (await province.BillsAsync()).Last(b => b.State == BillState.Closed).Month.ToString());
        Assert.Equal(LookOutcome.Blocked, (await province.CloseAsync()).Outcome);
        var told = await province.ReadAsync(
            (t, token) => province.Get<INotifications>().ListAsync(t, "technical", new PageRequest(null, 500), token)
        );
        Assert.Single(told.Items, n => n.Code == "bill.unpriced");

        var next = Contract("provider-a") with
        {
            Number = "2029-provider-a",
            From = new DateOnly(2029, 3, 1),
            Until = new DateOnly(2031, 3, 1),
        };
        await province.ChangeAsync(
            "contract.sign",
            (t, token) => province.Get<SignContract>().ExecuteAsync(t, next, new DateOnly(2029, 5, 1), token)
        );
        Assert.Equal(["2029-03", "2029-04"], (await province.CloseAsync()).Periods);
        Assert.All(await province.LinesAsync("2029-03"), l => Assert.Equal("2029-provider-a", l.Contract));
    }

    [Fact]
    public async Task Art40_What_is_delivered_and_not_confirmed_is_expected_and_in_no_bill()
    {
        await using var province = await FoundAsync();
        var id = await province.DeliverAsync("2026-10-12 15:00", Volumes(1));
        province.At("2026-11-06 09:00");

        var expected = Assert.Single(await ExpectedAsync(province));

        // 900 × 20 ÷ 31 = 580.65 and 900 × 5 ÷ 30 = 150.00
        Assert.Equal((new DateOnly(2026, 10, 12), 25, 730.65m), (expected.DeliveredOn, expected.Days, expected.Amount));
        Assert.Empty(await province.BillsAsync());
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        Assert.Empty(await ExpectedAsync(province));
    }

    private static Task<Province> FoundAsync() => Province.FoundAsync(Province.Mock("mock-a", "provider-a"));

    private static ActionInput On(int day) => new() { CompletedOn = new DateOnly(2026, 10, day) };

    private static async Task<IReadOnlyList<ExpectedCharge>> ExpectedAsync(Province province) =>
        (
            await province.ReadAsync(
                (t, token) =>
                    province.Get<ReadExpectedCharges>().ListAsync(t, new BillFilter(), new PageRequest(null, 50), token)
            )
        ).Items;

    private static async Task<string> TextOfAsync(Province province, string month)
    {
        var bill = Assert.Single(await province.BillsAsync(month));
        return string.Join('\n', [$"{bill}", .. (await province.LinesAsync(bill, limit: 100)).Select(l => $"{l}")]);
    }

    private static async Task<IReadOnlyList<BillLine>> AllLinesAsync(Province province)
    {
        var lines = new List<BillLine>();
        foreach (var bill in await province.BillsAsync())
        {
            lines.AddRange(await province.LinesAsync(bill));
        }

        return lines;
    }
}

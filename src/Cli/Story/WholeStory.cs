using CloudManager.Client.Resources;

namespace CloudManager.Cli.Story;

/// <summary>
/// The whole story: two systems get servers with volumes; the first is confirmed in time, the second after its month
/// was closed; the bills are computed by hand beside, the report is looked at twice.
/// </summary>
internal sealed class WholeStory(Stage stage)
{
    private static readonly TimeSpan Test = TimeSpan.FromDays(10);

    /// <summary>Whether all that was checked was as computed.</summary>
    public async Task<bool> TellAsync(CancellationToken cancellationToken)
    {
        stage.Narrator.Chapter("申请与测试", "Application and test");
        var basket = await new Shopping(stage).ChooseAsync(cancellationToken);
        var (first, second) = await TestAsync(basket, cancellationToken);

        var days = StoryDays.After(await stage.NowAsync(cancellationToken));
        stage.Narrator.Chapter($"交付与确认（{days.MonthText}）", $"Delivery and confirmation ({days.MonthText})");
        var delivery = new Delivery(stage);
        var bills = new BillsChapter(stage, basket);
        await delivery.OrderAsync(first, days.DeliveryAt, cancellationToken);
        var inTime = await delivery.ConfirmAsync(first, days.ConfirmationAt, days.Delivered, cancellationToken);
        await delivery.OrderAsync(second, days.LateDeliveryAt, cancellationToken);
        var late = await ConfirmLateAsync(second, days, bills, cancellationToken);
        await stage.AdvanceAsync(days.EndAt, cancellationToken);

        stage.Narrator.Chapter("账单", "Bills");
        await bills.CheckUseAsync(inTime, days, cancellationToken);
        await bills.CheckAdjustmentsAsync(late, days, BillsChapter.Closed, cancellationToken);

        stage.Narrator.Chapter("使用率与月报", "Utilisation and report");
        var reports = new ReportChapter(stage);
        await reports.ShowUseAsync(days.MonthText, cancellationToken);
        await reports.CheckAsync(days.MonthText, cancellationToken);
        await reports.CheckAsync(days.NextMonthText, cancellationToken);
        stage.Narrator.Summary();
        return stage.Narrator.AllEqual;
    }

    /// <summary>Confirms after the month was closed: its bill stays, the month that is open takes it up.</summary>
    private async Task<IReadOnlyList<Resource>> ConfirmLateAsync(
        string id,
        StoryDays days,
        BillsChapter bills,
        CancellationToken cancellationToken
    )
    {
        await stage.AdvanceAsync(days.LateConfirmationAt, cancellationToken);
        var before = await bills.TotalAsync(days.MonthText, cancellationToken);
        var late = await new Delivery(stage).ConfirmAsync(
            id,
            days.LateConfirmationAt,
            days.LateDelivered,
            cancellationToken
        );
        stage.Narrator.Check(
            new($"{days.MonthText} 已结账的账单未变", $"the closed bill of {days.MonthText} did not change"),
            before,
            await bills.TotalAsync(days.MonthText, cancellationToken)
        );
        await bills.CheckAdjustmentsAsync(late, days, BillsChapter.Open, cancellationToken);
        return late;
    }

    private async Task<(string First, string Second)> TestAsync(Basket basket, CancellationToken cancellationToken)
    {
        var test = new TestPeriod(stage);
        var first = await test.BeginAsync(
            basket,
            basket.FirstSystem,
            Shopping.Lines(basket, servers: 2),
            cancellationToken
        );
        var second = await test.BeginAsync(
            basket,
            basket.SecondSystem,
            Shopping.Lines(basket, servers: 1),
            cancellationToken
        );
        await stage.AdvanceAsync(await stage.NowAsync(cancellationToken) + Test, cancellationToken);
        await test.EndAsync(first, cancellationToken);
        await test.EndAsync(second, cancellationToken);
        return (first, second);
    }
}

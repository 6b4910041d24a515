using CloudManager.Cli.Story;

namespace CloudManager.Cli.Tests.Story;

public sealed class HandBillTests
{
    [Theory]
    [InlineData(
        "the 12th to the end of a month of 30 days: 8 × 39.6675 × 19 ÷ 30",
        8,
        "39.6675",
        "2026-09-12",
        "2026-10-01",
        "200.98"
    )]
    [InlineData(
        "half a fen goes away from zero: 1 × 0.3900 × 1 ÷ 31 = 0.01258",
        1,
        "0.3900",
        "2026-10-01",
        "2026-10-02",
        "0.01"
    )]
    [InlineData("exactly half: 1 × 0.1500 × 1 ÷ 30 = 0.005", 1, "0.1500", "2026-09-01", "2026-09-02", "0.01")]
    [InlineData("a whole month is the price", 100, "0.3862", "2027-02-01", "2027-03-01", "38.62")]
    public void Art40_An_amount_is_days_of_the_month_at_the_monthly_price(
        string because,
        int quantity,
        string price,
        string from,
        string until,
        string amount
    )
    {
        var line = new HandLine(
            "res-1",
            "vcpu",
            quantity,
            decimal.Parse(price),
            new(DateOnly.Parse(from), DateOnly.Parse(until))
        );

        Assert.True(decimal.Parse(amount) == line.Amount, $"{because}: {line.Amount}");
    }

    [Theory]
    [InlineData("before the 12th it is this month", "2026-12-03T10:00:00+08:00", "2026-12-12")]
    [InlineData("on the 12th before nine it is today", "2026-12-12T08:59:59+08:00", "2026-12-12")]
    [InlineData("after that it is the next month", "2026-12-12T09:00:00+08:00", "2027-01-12")]
    [InlineData("days are China's", "2026-12-31T17:00:00Z", "2027-01-12")]
    public void The_delivery_is_on_the_coming_12th(string because, string now, string delivered)
    {
        var days = StoryDays.After(DateTimeOffset.Parse(now));

        Assert.True(DateOnly.Parse(delivered) == days.Delivered, $"{because}: {days.Delivered}");
        Assert.True(days.DeliveryAt < days.ConfirmationAt && days.ConfirmationAt < days.LateDeliveryAt);
        Assert.True(days.LateConfirmationAt > days.LateDeliveryAt && days.EndAt > days.LateConfirmationAt);
    }
}

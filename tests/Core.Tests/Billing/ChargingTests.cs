using CloudManager.Core.Billing;
using CloudManager.Core.Catalogue;
using CsCheck;
using static CloudManager.Core.Tests.Billing.Terms;

namespace CloudManager.Core.Tests.Billing;

/// <summary>What resources are charged (art. 11, 17, 40), against figures computed by hand.</summary>
public sealed class ChargingTests
{
    private static readonly Contract Running = Full("c-1", "2025-09-01", "2028-09-01");

    [Theory]
    [InlineData("half a fen goes up", 1, 50, 1, 1, 1)]
    [InlineData("less than half goes down", 1, 49, 1, 1, 0)]
    [InlineData("a fen and a half", 1, 150, 1, 1, 2)]
    [InlineData("two fen and a half, which a banker would round down", 1, 250, 1, 1, 3)]
    [InlineData("100 GB at 0.8167 over 19 of 30 days: 51.7243…", 100, 8_167, 19, 30, 5_172)]
    [InlineData("a third of a month: 3.3333…", 1, 100_000, 10, 30, 333)]
    [InlineData("8 training servers of 54,520 a month over 366 days", 8, 545_200_000, 366, 366, 43_616_000)]
    [InlineData("nothing", 0, 100_000, 30, 30, 0)]
    public void Art40_Amounts_are_rounded_half_away_from_zero(
        string because,
        long quantity,
        long price,
        int days,
        int divisor,
        long fen
    ) => Assert.True(fen == Money.Fen(quantity, price, days, divisor), because);

    [Theory]
    [InlineData("the whole of a common February", "2027-02", "2027-01-15", null, "storage 02-01 28 8167")]
    [InlineData("the whole of a leap February", "2028-02", "2027-01-15", null, "storage 02-01 29 8167")]
    [InlineData("the last day of a leap February", "2028-02", "2028-02-29", null, "storage 02-29 1 282")]
    [InlineData("from the 12th of a month of 30 days", "2026-09", "2026-09-12", null, "storage 09-12 19 5172")]
    [InlineData("to the 12th, which is not charged", "2026-09", "2026-09-01", "2026-09-12", "storage 09-01 11 2995")]
    [InlineData("ended on the month's last day", "2026-09", "2026-01-01", "2026-09-30", "storage 09-01 29 7895")]
    [InlineData("ended with the month", "2026-09", "2026-01-01", "2026-10-01", "storage 09-01 30 8167")]
    public void Art40_Part_months_are_charged_by_their_days(
        string because,
        string month,
        string from,
        string? until,
        string line
    )
    {
        var charges = Charge(TariffOf(month, Running), Serves("vol", 100, from, until));

        Assert.True(Shown(charges).SequenceEqual([line]), $"{because}: {string.Join("; ", Shown(charges))}");
        Assert.False(charges.IsUnpriced);
    }

    [Theory]
    [InlineData("began after the month", "2026-10-01", null)]
    [InlineData("ended before it", "2026-01-01", "2026-09-01")]
    [InlineData("began and ended on one day", "2026-09-12", "2026-09-12")]
    public void Art40_Days_outside_of_service_are_not_charged(string because, string from, string? until) =>
        Assert.True(Charge(TariffOf("2026-09", Running), Serves("vol", 100, from, until)).Charges.Count == 0, because);

    [Fact]
    public void Art40_Neighbours_alike_merge_before_rounding()
    {
        // 100 GB at 0.8167: 7 days are 19.0563…, 12 days 32.668, together 19 days 51.7243… and not 19.06 + 32.67.
        var charges = Charge(
            TariffOf("2026-09", Running),
            Serves("vol", 100, "2026-09-12", "2026-09-19"),
            Serves("vol", 100, "2026-09-19", ordinal: 2)
        );

        Assert.Equal(["storage 09-12 19 5172"], Shown(charges));
        Assert.Equal(1, charges.Charges[0].StartedBy.Number);
        Assert.Null(charges.Charges[0].EndedBy);
    }

    [Fact]
    public void Art40_A_change_of_size_makes_a_line_before_and_one_after_it_and_leaves_the_rest_whole()
    {
        var charges = Charge(
            TariffOf("2026-09", Running),
            Serves("ecs", 2, "2026-08-01", "2026-09-16"),
            Serves("ecs", 4, "2026-09-16", ordinal: 2)
        );

        Assert.Equal(
            [
                "vcpu 09-01 15 1000",
                "vcpu 09-16 15 2000",
                "memory 09-01 15 2000",
                "memory 09-16 15 4000",
                "storage 09-01 30 40000",
            ],
            Shown(charges)
        );
    }

    [Fact]
    public void Art40_A_contract_that_follows_another_makes_two_lines_even_at_the_same_price()
    {
        var charges = Charge(
            TariffOf("2026-09", Full("c-1", "2025-09-01", "2026-09-11"), Full("c-2", "2026-09-11", "2028-09-01")),
            Serves("vol", 100, "2026-01-01")
        );

        Assert.Equal(["storage 09-01 10 2722", "storage 09-11 20 5445"], Shown(charges));
        Assert.Equal(["c-1", "c-2"], charges.Charges.Select(c => c.Rate.Contract));
    }

    [Fact]
    public void Art40_A_price_is_the_one_of_the_day()
    {
        var supplement = ContractOf("c-1-s1", "2026-09-21", "2028-09-01", ("ecs", "vcpu", 9m));
        var charges = Charge(TariffOf("2026-09", Running, supplement), Serves("ecs", 2, "2026-01-01"));

        // 2 × 10.00 × 20 ÷ 30 = 13.33 and 2 × 9.00 × 10 ÷ 30 = 6.00
        Assert.Equal(["vcpu 09-01 20 1333", "vcpu 09-21 10 600"], Shown(charges).Take(2));
        Assert.Equal(4, charges.Charges.Count);
    }

    [Theory]
    [InlineData("the service year of August", "2027-08", "2027-08-31", 365, 10_000)]
    [InlineData("the service year that holds 29 February 2028", "2027-09", "2027-09-30", 366, 9_973)]
    [InlineData("its last month", "2028-08", "2028-08-31", 366, 9_973)]
    public void Art41_A_yearly_price_is_divided_by_the_days_of_the_service_year(
        string because,
        string month,
        string from,
        int divisor,
        long fen
    )
    {
        // 36,500 a year: 100.00 a day of 365, 99.7267… a day of 366.
        var charge = Assert.Single(Charge(TariffOf(month, Running), Serves("waf", 1, from)).Charges);

        Assert.True((divisor, fen) == (charge.Rate.Divisor, charge.Fen), $"{because}: {charge}");
    }

    [Fact]
    public void Art40_What_is_charged_once_is_charged_whole_in_the_month_of_its_completion_alone()
    {
        var scan = Serves("scan", 1, "2026-09-30", "2026-09-30");

        Assert.Equal(["once 09-30 1 128595"], Shown(Charge(TariffOf("2026-09", Running), scan)));
        Assert.Empty(Charge(TariffOf("2026-10", Running), scan with { Until = null }).Charges);
        Assert.Empty(Charge(TariffOf("2026-10", Running), scan with { Ordinal = 2, From = Day("2026-10-05") }).Charges);
    }

    [Theory]
    [InlineData("the contract's last day is charged", "2026-03", "2026-03-11", 10, false)]
    [InlineData("nothing in the six months after it", "2026-08", "2026-03-11", 0, false)]
    [InlineData("six months are over: no price", "2026-09", "2026-03-11", 0, true)]
    public void Art17_Six_months_after_a_contracts_end_are_free(
        string because,
        string month,
        string until,
        int days,
        bool unpriced
    )
    {
        var charges = Charge(TariffOf(month, Full("c-1", "2025-09-01", until)), Serves("vol", 100, "2026-01-01"));

        Assert.True(days == charges.Charges.Sum(c => c.Days), because);
        Assert.True(unpriced == charges.IsUnpriced, because);
    }

    [Theory]
    [InlineData("the day of the same number", "2026-03-11", "2026-09-10")]
    [InlineData("the contract's last day is 30 June", "2026-07-01", "2026-12-30")]
    [InlineData("no 31st in the sixth month: its last day", "2026-09-01", "2027-02-28")]
    public void Art17_The_last_free_day_ends_six_months_after_the_contracts_last(
        string because,
        string until,
        string lastFree
    )
    {
        var ended = Full("c-1", "2025-09-01", until);
        var tariff = TariffOf(lastFree[..7], ended);
        var (free, past) = (Day(lastFree).AddDays(1), Day(lastFree).AddDays(2));

        Assert.False(Charge(tariff, Serves("vol", 1, "2026-01-01") with { Until = free }).IsUnpriced, because);
        var unpriced = MonthOf(lastFree[..7]).End >= past ? tariff : TariffOf("2027-03", ended);
        Assert.True(Charge(unpriced, Serves("vol", 1, "2026-01-01") with { Until = past }).IsUnpriced, because);
    }

    [Fact]
    public void A_provider_whose_other_contract_runs_is_not_leaving_so_an_item_without_price_is_named()
    {
        var ended = Full("c-1", "2025-09-01", "2026-09-01");
        var running = ContractOf("c-2", "2026-09-01", "2028-09-01", ("vol", "storage", 1m));

        Assert.True(Charge(TariffOf("2026-09", ended, running), Serves("ecs", 2, "2026-01-01")).IsUnpriced);
        Assert.False(Charge(TariffOf("2026-09", ended, running), Serves("vol", 2, "2026-01-01")).IsUnpriced);
    }

    [Fact]
    public void Art11_A_dropped_item_stays_chargeable_with_the_last_edition_that_held_it()
    {
        var later = EditionOf("2026-b", "2026-09-11", "vol");
        var tariff = new Tariff(MonthOf("2026-10"), [Edition, later], [Running]);

        var charges = Charge(tariff, Serves("ecs", 2, "2026-01-01"));

        Assert.Equal(3, charges.Charges.Count);
        Assert.All(charges.Charges, c => Assert.Equal("2026", c.Rate.Edition));
        Assert.Equal("2026-b", Charge(tariff, Serves("vol", 2, "2026-01-01")).Charges[0].Rate.Edition);
    }

    [Fact]
    public void An_edition_that_follows_within_the_month_splits_no_line_and_the_first_days_edition_stands()
    {
        var tariff = new Tariff(MonthOf("2026-09"), [Edition, EditionOf("2026-b", "2026-09-11", "vol")], [Running]);

        var whole = Assert.Single(Charge(tariff, Serves("vol", 100, "2026-01-01")).Charges);
        var late = Assert.Single(Charge(tariff, Serves("vol", 100, "2026-09-15")).Charges);

        Assert.Equal(("2026", 30, 8_167L), (whole.Rate.Edition, whole.Days, whole.Fen));
        Assert.Equal(("2026-b", 16), (late.Rate.Edition, late.Days));
    }

    [Fact]
    public void An_item_that_no_edition_ever_held_has_no_price() =>
        Assert.True(Charge(TariffOf("2026-09", Running), Serves("ghost", 1, "2026-01-01")).IsUnpriced);

    [Fact]
    public void Two_parts_of_a_month_at_one_price_are_one_line_however_they_are_cut()
    {
        var tariff = TariffOf("2026-10", Running);
        Gen.Select(Gen.Int[1, 31], Gen.Int[1, 31], Gen.Int[1, 31], Gen.Int[1, 5_000])
            .Sample(
                (a, b, c, size) =>
                {
                    int[] days = [a, b, c];
                    Array.Sort(days);
                    string[] at = [.. days.Select(d => $"2026-10-{d:D2}")];
                    var whole = Charge(tariff, Serves("vol", size, at[0], at[2]));
                    var halves = Charge(
                        tariff,
                        Serves("vol", size, at[0], at[1]),
                        Serves("vol", size, at[1], at[2], ordinal: 2)
                    );
                    Assert.Equal(Shown(whole), Shown(halves));
                    Assert.True(whole.Charges.Count <= 1);
                    Assert.Equal(days[2] - days[0], whole.Charges.Sum(l => l.Days));
                }
            );
    }

    [Fact]
    public void Days_of_a_component_never_exceed_the_month_whatever_changes()
    {
        var tariff = TariffOf(
            "2026-10",
            Full("c-1", "2025-09-01", "2026-10-12"),
            Full("c-2", "2026-10-12", "2028-01-01")
        );
        Gen.Select(Gen.Int[1, 31].Array[1, 6], Gen.Int[1, 64].Array[6])
            .Sample(
                (changes, sizes) =>
                {
                    string[] at = [.. changes.Order().Select(d => $"2026-10-{d:D2}")];
                    var intervals = at.Select(
                        (day, i) => Serves("ecs", sizes[i], day, at.ElementAtOrDefault(i + 1), i + 1)
                    );
                    var charges = Charge(tariff, [.. intervals]).Charges;
                    foreach (var component in charges.GroupBy(c => c.Rate.Component))
                    {
                        Assert.Equal(32 - changes.Min(), component.Sum(c => c.Days));
                        Assert.True(component.Zip(component.Skip(1)).All(p => p.First.Until <= p.Second.From));
                    }
                }
            );
    }
}

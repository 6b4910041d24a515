using CloudManager.Core.Billing;
using static CloudManager.Core.Tests.Billing.Terms;

namespace CloudManager.Core.Tests.Billing;

/// <summary>Corrections of closed months (art. 40): what was charged against what is owed now.</summary>
public sealed class CorrectionsTests
{
    private const string Bill = "2026-09.tenant-a.provider-a";
    private static readonly Tariff September = TariffOf("2026-09", Full("c-1", "2025-09-01", "2028-09-01"));

    [Fact]
    public void What_is_right_is_left_alone() =>
        Assert.Empty(Corrections.Of(Due(Serves("ecs", 2, "2026-09-12")), Charged(Serves("ecs", 2, "2026-09-12"))));

    [Fact]
    public void An_end_after_the_month_changes_nothing_of_it() =>
        Assert.Empty(
            Corrections.Of(Due(Serves("ecs", 2, "2026-09-12", "2026-10-20")), Charged(Serves("ecs", 2, "2026-09-12")))
        );

    [Fact]
    public void What_was_never_charged_is_charged_and_corrects_nothing()
    {
        var corrections = Corrections.Of(Due(Serves("vol", 100, "2026-09-12")), []);

        Assert.Equal(["storage 09-12 19 51.72"], Shown(corrections));
        Assert.Null(corrections[0].Corrects);
        Assert.Equal(BillLineKind.Adjustment, corrections[0].Kind);
        Assert.NotNull(corrections[0].Reason);
    }

    [Fact]
    public void What_is_not_owed_any_more_is_taken_back_whole()
    {
        var corrections = Corrections.Of([], Charged(Serves("vol", 100, "2026-09-12")));

        Assert.Equal(["storage 09-12 -19 -51.72"], Shown(corrections));
        Assert.Equal($"{Bill}.1", corrections[0].Corrects);
    }

    [Fact]
    public void A_change_confirmed_late_takes_back_only_what_it_changed()
    {
        var corrections = Corrections.Of(
            Due(Serves("ecs", 2, "2026-08-01", "2026-09-16"), Serves("ecs", 4, "2026-09-16", ordinal: 2)),
            Charged(Serves("ecs", 2, "2026-08-01"))
        );

        Assert.Equal(
            [
                "vcpu 09-01 -30 -20.00",
                "memory 09-01 -30 -40.00",
                "vcpu 09-01 15 10.00",
                "vcpu 09-16 15 20.00",
                "memory 09-01 15 20.00",
                "memory 09-16 15 40.00",
            ],
            Shown(corrections)
        );
        Assert.All(corrections, l => Assert.Equal(l.Component == "vcpu" ? $"{Bill}.1" : $"{Bill}.2", l.Corrects));
    }

    [Fact]
    public void A_correction_is_corrected_and_the_same_look_again_finds_nothing()
    {
        var charged = Charged(Serves("vol", 100, "2026-09-12"));
        foreach (var day in (string[])["2026-09-15", "2026-09-10", "2026-09-12", "2026-09-12"])
        {
            var due = Due(Serves("vol", 100, day));
            foreach (var line in Corrections.Of(due, charged))
            {
                charged.Add(line with { Id = $"2026-10.tenant-a.provider-a.{charged.Count + 1}" });
            }

            Assert.Empty(Corrections.Of(due, charged));
            Assert.Equal(due.Sum(l => l.Amount), charged.Sum(l => l.Amount));
            Assert.Equal(due.Sum(l => l.Days), charged.Sum(l => l.Days));
        }

        // Use, then a line back and a new one for each of three days; the fourth look found nothing.
        Assert.Equal(7, charged.Count);
    }

    private static List<BillLine> Due(params ServiceInterval[] intervals) =>
        [.. BillLines.Of("", 1, Charge(September, intervals))];

    private static List<BillLine> Charged(params ServiceInterval[] intervals) =>
        [.. BillLines.Of(Bill, 1, Charge(September, intervals))];

    private static IEnumerable<string> Shown(IEnumerable<BillLine> lines) =>
        lines.Select(l => $"{l.Component} {l.From:MM-dd} {l.Days} {l.Amount:F2}");
}

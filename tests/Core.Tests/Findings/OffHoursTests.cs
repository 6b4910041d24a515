using CloudManager.Core.Findings.SizePlans;
using CloudManager.Core.Metering;
using CsCheck;

namespace CloudManager.Core.Tests.Findings;

/// <summary>The hours of the week in which a test or development server can be off (art. 22).</summary>
public sealed class OffHoursTests
{
    private static readonly OffHoursNumbers Numbers = new();

    [Fact]
    public void Art22_Idle_nights_become_the_same_hours_on_every_working_day()
    {
        // Busy 8 to 20 on working days; on Wednesday until 22.
        var week = Week(hour => Busy(hour, 8, 20) || hour is >= (2 * 24) + 20 and < (2 * 24) + 22);

        var periods = OffHours.Of([week, week, week, week], Numbers)!;

        Assert.Equal([new(22, 32), new(46, 56), new(70, 80), new(94, 104), new OffPeriod(118, 8)], periods);
    }

    [Fact]
    public void Art22_An_hour_that_was_busy_in_one_week_is_not_idle()
    {
        var usual = Week(hour => Busy(hour, 8, 20));
        var release = Week(hour => Busy(hour, 8, 20) || hour is >= 20 and < 30);

        var periods = OffHours.Of([usual, release, usual, usual], Numbers)!;

        Assert.DoesNotContain(periods, p => p.Stop < 30 && p.Start > 20);
    }

    [Fact]
    public void Art22_A_profile_with_a_hole_says_nothing()
    {
        var whole = Week(hour => Busy(hour, 8, 20));
        var holed = whole with { Cpu = [.. whole.Cpu.Select((v, hour) => hour == 100 ? null : v)] };

        Assert.Null(OffHours.Of([whole, whole, holed, whole], Numbers));
        Assert.Equal(1, OffHours.Holes([whole, whole, holed, whole]));
    }

    [Fact]
    public void Fewer_than_four_hours_are_not_worth_a_stop()
    {
        var week = Week(hour => hour % 24 >= 3);

        Assert.Empty(OffHours.Of([week], Numbers)!);
    }

    [Fact]
    public void Art22_Periods_are_idle_hours_only_each_long_enough_and_apart() =>
        Gen.Double[0, 12]
            .Array[WeekUse.Hours]
            .Where(cpu => cpu.Any(c => c >= Numbers.CpuMean))
            .Sample(cpu =>
            {
                var week = new WeekUse(new(1), [.. cpu.Select(c => (double?)c)], [.. cpu.Select(c => (double?)c)]);
                var hours = OffHours
                    .Of([week], Numbers)!
                    .SelectMany(p => Enumerable.Range(0, p.Hours).Select(i => (p.Stop + i) % WeekUse.Hours))
                    .ToList();
                return hours.All(h => cpu[h] < Numbers.CpuMean)
                    && hours.Distinct().Count() == hours.Count
                    && OffHours.Of([week], Numbers)!.All(p => p.Hours >= Numbers.LeastHours);
            });

    private static bool Busy(int hour, int from, int until) => hour / 24 < 5 && hour % 24 >= from && hour % 24 < until;

    private static WeekUse Week(Func<int, bool> isBusy)
    {
        IReadOnlyList<double?> cpu = [.. Enumerable.Range(0, WeekUse.Hours).Select(h => isBusy(h) ? 30.0 : (double?)1)];
        return new(new(1), cpu, cpu);
    }
}

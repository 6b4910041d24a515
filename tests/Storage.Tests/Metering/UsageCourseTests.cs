using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>Days and weeks from the real store, beside what the rows come to by hand.</summary>
public sealed class UsageCourseTests
{
    private static readonly DateOnly Monday = new(2026, 8, 31);
    private static readonly Month September = new(2026, 9);

    [Theory]
    [InlineData("open", false, false)]
    [InlineData("in the archive, read from daily summaries", true, false)]
    [InlineData("given up", true, true)]
    public async Task A_day_is_what_its_rows_come_to(string because, bool isArchived, bool isGivenUp)
    {
        var rows = Archived.Autumn(2).Where(r => r.Slot % 3 != 0 || r.Resource.Number == 2).ToList();
        await using var store = Archived.Open();
        await store.SaveAsync(rows);
        if (isArchived)
        {
            await store.Archive.ArchiveAsync(September, default);
        }

        if (isGivenUp)
        {
            await store.Archive.RetireAsync(new(2026, 11), default);
        }

        var days = await store.DaysAsync([Window(2, 0, 40), Window(1, 1, 3)]);

        Assert.Equal(
            [(1, 1), (1, 2), (2, 0), (2, 1), (2, 2), (2, 3), (2, 28), (2, 29), (2, 30), (2, 31)],
            days.Select(d => ((int)d.Resource.Number, d.Day.DayNumber - Monday.DayNumber))
        );
        foreach (var day in days)
        {
            var own = rows.Where(r => r.Resource == day.Resource && China.Day(Slots.Start(r.Slot)) == day.Day).ToList();
            Assert.True(Expected(own.Select(r => r.Cpu)) == day.Cpu, because);
            Assert.True(Expected(own.Select(r => r.Memory)) == day.Memory, because);
            Assert.True(Expected(own.Select(r => r.Disk)) == day.Disk, because);
        }
    }

    [Fact]
    public async Task A_day_that_two_windows_share_counts_once()
    {
        await using var store = Archived.Open();
        await store.SaveAsync(Archived.Autumn(1));
        DayWindow[] windows = [Window(1, 0, 3), Window(1, 1, 4)];
        var open = await store.DaysAsync(windows);
        await store.Archive.ArchiveAsync(September, default);

        Assert.Equal([0, 1, 2, 3], open.Select(d => d.Day.DayNumber - Monday.DayNumber));
        Assert.All(open, d => Assert.Equal(Slots.PerDay, d.Memory.Measured));
        Assert.Equal(open, await store.DaysAsync(windows));
    }

    [Fact]
    public async Task A_week_begins_on_Monday_and_holds_the_means_of_its_hours_over_all_weeks()
    {
        await using var store = Archived.Open();
        var monday = Slots.OfDay(Monday);
        SampleRow At(long slot, float cpu) => new(new(1), monday + slot, cpu, null, null, null, null);
        const int week = 7 * Slots.PerDay;
        await store.SaveAsync([
            At(-1, 99),
            At(0, 10),
            At(11, 20),
            At(12, 40),
            At(week, 60),
            At(week + Slots.PerDay - 1, 5),
            At(2 * week, 99),
        ]);

        var found = Assert.Single(await store.Course.WeeksAsync([Window(1, 0, 14)], default));

        Assert.Equal(WeekUse.Hours, found.Cpu.Count);
        Assert.Equal((30, 40, 5), (found.Cpu[0], found.Cpu[1], found.Cpu[23]));
        Assert.Equal(165, found.Cpu.Count(h => h is null));
        Assert.All(found.Memory, hour => Assert.Null(hour));
    }

    [Fact]
    public async Task Weeks_are_the_same_from_the_archive_and_unknown_of_months_given_up()
    {
        await using var store = Archived.Open();
        await store.SaveAsync(Archived.Autumn(2));
        DayWindow[] windows = [Window(2, 0, 40), Window(1, 1, 4)];
        var before = await store.Course.WeeksAsync(windows, default);
        await store.Archive.ArchiveAsync(September, default);
        var archived = await store.Course.WeeksAsync(windows, default);
        await store.Archive.RetireAsync(new(2026, 11), default);

        Assert.Equal(before.Select(w => string.Join(' ', w.Cpu)), archived.Select(w => string.Join(' ', w.Cpu)));
        Assert.Equal(before.Select(w => string.Join(' ', w.Memory)), archived.Select(w => string.Join(' ', w.Memory)));
        var left = await store.Course.WeeksAsync(windows, default);
        Assert.Equal(48, left[0].Memory.Count(h => h is not null));
        Assert.DoesNotContain(left[1].Memory, h => h is not null);
    }

    /// <summary>By hand: sorted, counted, added up in decimals.</summary>
    private static MetricUse Expected(IEnumerable<float?> measured)
    {
        var values = measured.OfType<float>().Order().ToList();
        if (values.Count == 0)
        {
            return MetricUse.None;
        }

        double Rank(int percent) => Measured.Widen(values[(((percent * values.Count) + 99) / 100) - 1]);
        var sum = values.Sum(v => Math.Round((decimal)(double)v, 6, MidpointRounding.AwayFromZero));
        return new MetricUse(values.Count, (double)(sum / values.Count), Rank(95), Rank(100))
        {
            P99 = Rank(99),
            Below = values.Count(v => v < 10),
            Above = values.Count(v => v > 80),
        };
    }

    private static DayWindow Window(long resource, int from, int until) =>
        new(new(resource), Monday.AddDays(from), Monday.AddDays(until));
}

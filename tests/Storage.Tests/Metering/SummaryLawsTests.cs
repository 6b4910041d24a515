using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>What holds of summaries whatever was measured, by seeded chance, wherever the rows lie.</summary>
public sealed class SummaryLawsTests
{
    private const int Servers = 4;
    private static readonly Month September = new(2026, 9);

    public static TheoryData<int, string> Cases { get; } =
        new(
            Enumerable
                .Range(1, 2)
                .SelectMany(seed => new[] { "open", "archived", "late", "given up" }.Select(place => (seed, place)))
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_month_is_the_union_of_its_days(int seed, string place)
    {
        await using var store = Archived.Open();
        await PutAsync(store, Chance(seed), place);
        var months = await store.Summaries.ReadAsync(Windows(September.First, September.End), default);

        var days = await store.DaysAsync(Windows(September.First, September.End));

        foreach (var month in months)
        {
            var own = days.Where(d => d.Resource == month.Window.Resource).ToList();
            AssertUnion(month.Cpu, [.. own.Select(d => d.Cpu)]);
            AssertUnion(month.Memory, [.. own.Select(d => d.Memory)]);
            AssertUnion(month.Disk, [.. own.Select(d => d.Disk)]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task No_order_of_arrival_changes_an_answer(int seed, string place)
    {
        var rows = Chance(seed);
        var dice = new Random(seed);
        await using var tidy = Archived.Open();
        await using var untidy = Archived.Open();
        await PutAsync(tidy, rows, place);

        var shuffled = rows.ToArray();
        dice.Shuffle(shuffled);
        await PutAsync(untidy, shuffled, place);

        Assert.Equal(await tidy.AnswersAsync(Servers), await untidy.AnswersAsync(Servers));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("archived")]
    [InlineData("late")]
    public async Task A_sample_changes_nothing_outside_its_window(string place)
    {
        var rows = Chance(7);
        var added = Archived.Row(2, Slots.OfDay(new(2026, 9, 12)) + 100);
        await using var store = Archived.Open();
        await PutAsync(store, rows, place);
        DayWindow[] outside =
        [
            new(new(1), September.First, September.End),
            new(new(2), September.First, new(2026, 9, 12)),
            new(new(2), new(2026, 9, 13), new(2026, 10, 5)),
            new(new(3), new(2026, 9, 12), new(2026, 9, 13)),
        ];
        DayWindow[] inside = [new(new(2), new(2026, 9, 12), new(2026, 9, 13))];
        var (before, within) = (await store.Summaries.ReadAsync(outside, default), await UseAsync(store, inside));

        await store.SaveAsync([added]);

        Assert.Equal(before, await store.Summaries.ReadAsync(outside, default));
        Assert.Equal(within.Memory.Measured + 1, (await UseAsync(store, inside)).Memory.Measured);
        Assert.Equal(
            added.Memory is { } value ? Measured.Widen(value) : null,
            (await UseAsync(store, inside)).Memory.Max
        );
    }

    private static async Task<ServerUse> UseAsync(Archived store, DayWindow[] windows) =>
        Assert.Single(await store.Summaries.ReadAsync(windows, default));

    private static void AssertUnion(MetricUse month, IReadOnlyList<MetricUse> days)
    {
        Assert.Equal(days.Sum(d => d.Measured), month.Measured);
        Assert.Equal(days.Sum(d => d.Below), month.Below);
        Assert.Equal(days.Sum(d => d.Above), month.Above);
        Assert.Equal(days.Max(d => d.Max), month.Max);
        if (month.Measured > 0)
        {
            var sum = days.Sum(d => d.Mean.GetValueOrDefault() * d.Measured);
            Assert.Equal(sum / month.Measured, month.Mean!.Value, tolerance: 1e-9);
        }
    }

    /// <summary>Some rows of some servers of some days of September, in order.</summary>
    private static List<SampleRow> Chance(int seed)
    {
        var dice = new Random(seed);
        var days = Enumerable.Range(0, 3).Select(_ => dice.Next(13, 30)).Append(1).Distinct().ToList();
        return
        [
            .. days.SelectMany(day => Archived.Rows(Servers, September.First.AddDays(day), 1, isDecimal: seed % 2 == 0))
                .Where(_ => dice.Next(10) > 2),
        ];
    }

    /// <summary>Puts the rows where the case wants them; late are some that come after the month went to the archive.</summary>
    private static async Task PutAsync(Archived store, IReadOnlyCollection<SampleRow> rows, string place)
    {
        bool IsLate(SampleRow row) => place == "late" && (row.Slot % 11 == 0 || row.Resource.Number == 3);
        foreach (var some in rows.Where(r => !IsLate(r)).Chunk(1_000))
        {
            await store.SaveAsync(some);
        }

        if (place != "open")
        {
            await store.Archive.ArchiveAsync(September, default);
        }

        if (place == "late")
        {
            await store.SaveAsync(rows.Where(IsLate));
        }

        if (place == "given up")
        {
            await store.Archive.RetireAsync(September.Next, default);
        }
    }

    private static DayWindow[] Windows(DateOnly from, DateOnly until) =>
        [.. Enumerable.Range(1, Servers).Select(n => new DayWindow(new(n), from, until))];
}

using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Mock;

/// <summary>Planted habits against the numbers of the policy that the platform starts with, and a clock that is wrong.</summary>
public sealed class MockHabitsTests
{
    private const int Servers = 12;
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("idle", true, true, true, false)]
    [InlineData("lowUse", false, true, true, false)]
    [InlineData("oversized", false, false, true, false)]
    [InlineData("rightSized", false, false, false, false)]
    [InlineData("bursty", false, false, false, false)]
    [InlineData("officeHours", false, false, false, false)]
    [InlineData("busy", false, false, false, true)]
    public async Task A_planted_habit_is_judged_as_its_name_says_over_any_four_weeks(
        string habit,
        bool zombie,
        bool low,
        bool large,
        bool small
    )
    {
        foreach (var seed in new[] { 1, 2, 77 })
        {
            await using var pool = new MockPool($$"""{"seed": {{seed}}, "habits": ["{{habit}}"]}""");
            foreach (var use in await UsesAsync(pool, 5))
            {
                var isLow = use is { CpuMean: < 10, CpuP95: < 20, MemoryMean: < 30, MemoryP95: < 40 };
                Assert.Equal(low, isLow);
                Assert.Equal(large, use is { CpuP95: < 40, MemoryP95: < 50 });
                Assert.Equal(small, use.CpuP95 > 80 || use.MemoryP95 > 85);
                Assert.Equal(zombie, use is { CpuMean: < 2, CpuP95: < 5, BytesPerSecond: < 1_024 });
                if (large)
                {
                    Assert.True(use.CpuP95 * 2 < 80 && use.MemoryP95 * 2 < 80, "half the size serves");
                }
            }
        }
    }

    [Fact]
    public async Task Habits_go_by_the_order_of_creation_and_begin_again()
    {
        await using var pool = new MockPool("""{"habits": ["idle", "busy"]}""");

        var means = (await UsesAsync(pool, 1)).Select(use => use.CpuMean).ToList();

        Assert.All(Enumerable.Range(0, means.Count), n => Assert.Equal(n % 2 == 0, means[n] < 2));
    }

    [Theory]
    [InlineData("00:10:00", 2)]
    [InlineData("-00:10:00", -2)]
    [InlineData("00:02:00", 0)]
    public async Task Labels_are_wrong_by_the_clock_and_asked_for_by_it_and_the_values_are_those_of_the_true_slot(
        string offset,
        int slots
    )
    {
        await using var right = new MockPool("""{"seed": 3}""");
        await using var wrong = new MockPool($$"""{"seed": 3, "clockOffset": "{{offset}}"}""");
        Assert.Null(wrong.Adapter.Usage!.ClockOffset);
        var truth = await WeekAsync(right);
        var labelled = await WeekAsync(wrong, slots);

        Assert.Equal(TimeSpan.Parse(offset, null), wrong.Adapter.Usage.ClockOffset);
        Assert.Null(right.Adapter.Usage!.ClockOffset);
        Assert.Equal(
            truth.Select(s => s with { Server = default, Slot = s.Slot.AddMinutes(5 * slots) }),
            labelled.Select(s => s with { Server = default })
        );
    }

    private static async Task<IReadOnlyList<UsageSample>> WeekAsync(MockPool pool, int ahead = 0)
    {
        var id = (await pool.CreateServerAsync()).Id;
        var from = pool.Business.GetUtcNow();
        pool.Business.Advance(TimeSpan.FromDays(7));
        var shift = TimeSpan.FromMinutes(5 * ahead);
        var batches = pool.Adapter.Usage!.ReadAsync([id], from + shift, pool.Business.GetUtcNow() + shift, None);
        return [.. (await batches.ToListAsync(None)).SelectMany(batch => batch)];
    }

    /// <summary>The servers' use of each four weeks that begin on one of so many days running.</summary>
    private static async Task<List<Use>> UsesAsync(MockPool pool, int days)
    {
        var ids = new List<NativeId>();
        for (var n = 0; n < Servers; n++)
        {
            ids.Add((await pool.CreateServerAsync($"k-{n}")).Id);
        }

        pool.Business.Advance(TimeSpan.FromDays(28 + days));
        var uses = new List<Use>();
        foreach (var id in ids)
        {
            var samples = await pool.SamplesAsync(id);
            uses.AddRange(Enumerable.Range(0, days).Select(day => Use.Of([.. samples.Skip(day * 288).Take(28 * 288)])));
        }

        return uses;
    }

    private sealed record Use(double CpuMean, double CpuP95, double MemoryMean, double MemoryP95, double BytesPerSecond)
    {
        public static Use Of(IReadOnlyList<UsageSample> samples) =>
            new(
                samples.Average(s => s.CpuPercent!.Value),
                P95(samples.Select(s => s.CpuPercent!.Value)),
                samples.Average(s => s.MemoryPercent!.Value),
                P95(samples.Select(s => s.MemoryPercent!.Value)),
                samples.Average(s => s.NetworkInBytes!.Value + s.NetworkOutBytes!.Value) / 300
            );

        private static double P95(IEnumerable<float> values)
        {
            var sorted = values.Order().ToList();
            return sorted[(int)Math.Ceiling(0.95 * sorted.Count) - 1];
        }
    }
}

using CloudManager.Adapters.OpenStack.Metering;

namespace CloudManager.Adapters.Tests.OpenStack.Metering;

/// <summary>A counter polled as an agent does, brought to what Ceilometer's policy keeps of it, and read back.</summary>
public sealed class CounterTests
{
    private const double PerSecond = 0.3e9;
    private const double PerSlot = PerSecond * SlotWindow.Seconds;

    [Theory]
    [InlineData("one poll a slot", 300)]
    [InlineData("two and three by turns", 120)]
    [InlineData("three", 100)]
    [InlineData("five", 60)]
    [InlineData("thirty", 10)]
    public void Even_use_comes_back_whatever_the_interval(string because, int interval)
    {
        var counter = Kept(Polls(0, 3_000, interval));

        var uses = Uses(counter, new Pace());

        Assert.Equal(10, uses.Count);
        Assert.True(double.IsNaN(uses[0]), because);
        Assert.All(uses.Skip(1), use => Assert.Equal(PerSlot, use.Value, PerSlot * 1e-9));
    }

    [Theory]
    [InlineData("started 40 s before the end of the slot", 260)]
    [InlineData("started in its middle", 130)]
    [InlineData("started 50 s into it", 50)]
    public void The_slot_in_which_a_guest_started_does_not_change_the_pace(string because, int started)
    {
        var counter = Kept(Polls(started, 1_500, 60));

        var uses = Uses(counter, new Pace());

        Assert.True(double.IsNaN(uses[0]), because);
        Assert.All(Enumerable.Range(1, 4), slot => Assert.Equal(PerSlot, uses[slot], PerSlot * 1e-9));
    }

    [Fact]
    public void What_no_counter_told_yet_is_left_open()
    {
        var counter = Kept(Polls(130, 600, 60));

        Assert.Empty(counter.Told());
        var uses = counter.Uses(null).ToList();
        Assert.All(uses, use => Assert.True(double.IsNaN(use.Use)));
        Assert.Equal([false, true], uses.Select(use => use.IsOpen));
    }

    [Fact]
    public void A_new_guest_is_read_at_the_pace_of_the_others()
    {
        var pace = new Pace();
        pace.Learn(Kept(Polls(0, 1_500, 60)).Told());

        Assert.Equal(PerSlot, Uses(Kept(Polls(130, 600, 60)), pace)[1], PerSlot * 1e-9);
    }

    [Theory]
    [InlineData("one poll a slot", 300)]
    [InlineData("five", 60)]
    public void A_restart_leaves_its_own_slot_open_and_no_other(string because, int interval)
    {
        var before = Polls(0, 1_500, interval).Select(p => (p.At, p.Value + 5e12));
        var after = Polls(1_500, 3_000, interval).Select(p => (p.At, p.Value - (PerSecond * 1_490)));
        var counter = Kept([.. before, .. after]);

        var uses = Uses(counter, new Pace());

        Assert.True(double.IsNaN(uses[5]), because);
        Assert.All([1, 2, 3, 4, 6, 7, 8, 9], slot => Assert.Equal(PerSlot, uses[slot], PerSlot * 1e-9));
    }

    [Theory]
    [InlineData("one poll a slot", 300)]
    [InlineData("five", 60)]
    public void The_step_across_a_gap_is_not_taken_as_one_slots_use(string because, int interval)
    {
        var polls = Polls(0, 3_000, interval).Where(p => p.At is < 900 or >= 1_800).ToList();

        var uses = Uses(Kept(polls), new Pace());

        Assert.Equal([0, 1, 2, 6, 7, 8, 9], uses.Keys.Order());
        Assert.True(double.IsNaN(uses[6]), because);
        Assert.All([1, 2, 7, 8, 9], slot => Assert.Equal(PerSlot, uses[slot], PerSlot * 1e-9));
    }

    [Fact]
    public void Use_that_changes_from_slot_to_slot_stays_in_its_slot()
    {
        double[] shares = [0.1, 0.9, 0.2, 0.02, 1, 0.5, 0.03, 0.7];
        var polls = new List<(int At, double Value)>();
        var spent = 0.0;
        for (var at = 30; at < shares.Length * 300; at += 60)
        {
            // All steps whose end is in a slot are of that slot's use.
            spent += shares[at / 300] * 60e9;
            polls.Add((at, spent));
        }

        var uses = Uses(Kept(polls), new Pace());

        Assert.All(Enumerable.Range(1, 7), slot => Assert.Equal(shares[slot] * 300e9, uses[slot], 1));
    }

    [Fact]
    public void A_guest_that_does_nothing_uses_nothing()
    {
        var pace = new Pace();
        pace.Learn(Kept(Polls(0, 1_500, 60)).Told());
        var still = Kept([.. Polls(0, 1_500, 60).Select(p => (p.At, 7e9))]);

        Assert.Empty(still.Told());
        Assert.Equal(0, Uses(still, pace)[3]);
    }

    /// <summary>Polls of a counter that moves evenly, in [from, until) seconds.</summary>
    private static List<(int At, double Value)> Polls(int from, int until, int interval) =>
        [
            .. Enumerable
                .Range(0, until / interval)
                .Select(i => (interval / 2) + (i * interval))
                .Where(at => at >= from && at < until)
                .Select(at => (at, at * PerSecond)),
        ];

    /// <summary>What Gnocchi keeps of it: per slot the mean, and the mean step from the poll before, over gaps as well.</summary>
    private static Counter Kept(IReadOnlyList<(int At, double Value)> polls)
    {
        var steps = polls.Zip(polls.Skip(1), (before, now) => (now.At, Value: now.Value - before.Value));
        return new Counter(Means(polls), Means(steps));
    }

    private static IEnumerable<GnocchiPoint> Means(IEnumerable<(int At, double Value)> points) =>
        points
            .GroupBy(p => p.At / SlotWindow.Seconds)
            .Select(slot => new GnocchiPoint(SlotWindow.Start(slot.Key), slot.Average(p => p.Value)));

    private static Dictionary<long, double> Uses(Counter counter, Pace pace)
    {
        var told = counter.Told();
        pace.Learn(told);
        return counter.Uses(pace.PollsPerSlot(told)).ToDictionary(u => u.Slot, u => u.Use);
    }
}

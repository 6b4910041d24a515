namespace CloudManager.Adapters.OpenStack.Metering;

/// <summary>
/// How often counters are polled in a slot. Gnocchi's <c>rate:mean</c> is the mean step from one poll to the next, so a slot's
/// whole use is that times the number of polls. Nobody tells the number; the counter's own mean does, of slots that were
/// polled from their beginning. What is told is taken to the nearest pace that agents are set to.
/// </summary>
internal sealed class Pace
{
    private const int Remembered = 2_000;

    /// <summary>How many slots of a counter outweigh what the others show.</summary>
    private const int Enough = 2;

    /// <summary>The intervals that agents are set to, in seconds; longer ones leave slots without a poll.</summary>
    private static readonly int[] Intervals = [10, 15, 20, 30, 60, 100, 120, 150, SlotWindow.Seconds];
    private readonly Lock _gate = new();
    private readonly Queue<double> _seen = [];

    /// <summary>
    /// What two neighbouring slots tell; null where nothing. With n polls in each and even use within each, the mean moves by
    /// half of n + 1 of the later slot's steps and half of n - 1 of the earlier one's.
    /// </summary>
    public static double? Told(CounterSlot before, CounterSlot now)
    {
        var moved = now.Mean - before.Mean;
        var polls = ((2 * moved) - (now.Step - before.Step)) / (now.Step + before.Step);
        return before.Step >= 0 && now.Step >= 0 && moved > 0 && double.IsFinite(polls) && polls > 0 ? polls : null;
    }

    /// <summary>Remembers what a counter told.</summary>
    public void Learn(IReadOnlyList<double> told)
    {
        lock (_gate)
        {
            foreach (var polls in told)
            {
                if (_seen.Count == Remembered)
                {
                    _seen.Dequeue();
                }

                _seen.Enqueue(polls);
            }
        }
    }

    /// <summary>Polls in a slot of a counter that told this; where that is little, of all learnt so far; null where none is.</summary>
    public double? PollsPerSlot(IReadOnlyList<double> told)
    {
        if (told.Count >= Enough)
        {
            return Usual(told);
        }

        lock (_gate)
        {
            return Usual([.. _seen]);
        }
    }

    private static double? Usual(IReadOnlyList<double> told)
    {
        if (told.Count == 0)
        {
            return null;
        }

        var middle = told.Order().ElementAt(told.Count / 2);
        return Intervals.Select(interval => (double)SlotWindow.Seconds / interval).MinBy(n => Math.Abs(n - middle));
    }
}

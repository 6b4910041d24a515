namespace CloudManager.Adapters.OpenStack.Metering;

/// <summary>
/// How often counters are polled in a slot. Gnocchi's <c>rate:mean</c> is the mean step from one poll to the next, so a slot's
/// whole use is that times the number of polls. Nobody tells the number; the counter's own mean does: from slot to slot it
/// moves by the whole use. One that was just restarted, or was not polled, tells nothing.
/// </summary>
internal sealed class Pace
{
    private const int Remembered = 2_000;

    /// <summary>How many neighbouring slots of a counter outweigh what the others show.</summary>
    private const int Enough = 6;
    private readonly Lock _gate = new();
    private readonly Queue<double> _seen = [];

    /// <summary>What two neighbouring slots tell; null where nothing.</summary>
    public static double? Told(double before, double now, double rate) =>
        rate > 0 && now > before && double.IsFinite(now / rate) ? (now - before) / rate : null;

    /// <summary>Polls in a slot of a counter of which this is told; where that is little, of all counters seen so far.</summary>
    public int PollsPerSlot(IReadOnlyList<double> told)
    {
        lock (_gate)
        {
            foreach (var ratio in told)
            {
                if (_seen.Count == Remembered)
                {
                    _seen.Dequeue();
                }

                _seen.Enqueue(ratio);
            }

            return Median(told.Count >= Enough ? told : _seen);
        }
    }

    private static int Median(IEnumerable<double> ratios)
    {
        double[] sorted = [.. ratios.Order()];
        return sorted.Length == 0 ? 1 : Math.Max(1, (int)Math.Round(sorted[sorted.Length / 2]));
    }
}

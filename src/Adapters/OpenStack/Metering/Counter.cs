namespace CloudManager.Adapters.OpenStack.Metering;

/// <summary>
/// A counter that Ceilometer polls, slot by slot. Its archive policy keeps two aggregates: the mean of what the polls read,
/// and the mean step between them; neither how many there were nor the last one.
/// </summary>
internal sealed class Counter
{
    private readonly SortedDictionary<long, CounterSlot> _slots = [];

    public Counter(IEnumerable<GnocchiPoint> means, IEnumerable<GnocchiPoint> steps)
    {
        var step = new Dictionary<long, double>();
        foreach (var point in steps)
        {
            step[SlotWindow.Of(point.At)] = point.Value;
        }

        foreach (var point in means.Where(p => double.IsFinite(p.Value)))
        {
            var slot = SlotWindow.Of(point.At);
            _slots[slot] = new CounterSlot(point.Value, step.GetValueOrDefault(slot, double.NaN));
        }
    }

    /// <summary>What tells how often it is polled: neighbours, of which the earlier one was itself polled from its beginning.</summary>
    public IReadOnlyList<double> Told() =>
        [
            .. _slots
                .Keys.Where(slot => _slots.ContainsKey(slot - 1) && _slots.ContainsKey(slot - 2))
                .Select(slot => Pace.Told(_slots[slot - 1], _slots[slot]))
                .OfType<double>(),
        ];

    /// <summary>
    /// What it moved by in each slot that was measured: the mean step times the polls. NaN where that cannot be told: the guest
    /// was restarted and counts from zero again, or the slot before was not polled, so that the slot is measured in part or
    /// its first step is from longer ago.
    /// </summary>
    public IEnumerable<CounterUse> Uses(double? pollsPerSlot) =>
        _slots.Select(s =>
            s.Value.Step >= 0 && _slots.ContainsKey(s.Key - 1)
                ? Use(s.Key, s.Value.Step, pollsPerSlot)
                : new CounterUse(s.Key, double.NaN)
        );

    /// <summary>No step is no use, however often it was looked.</summary>
    private static CounterUse Use(long slot, double step, double? pollsPerSlot) =>
        pollsPerSlot is not null || step == 0
            ? new CounterUse(slot, step * (pollsPerSlot ?? 0))
            : new CounterUse(slot, double.NaN) { IsOpen = true };
}

/// <summary>A slot of a counter.</summary>
/// <param name="Mean">The mean of what its polls read.</param>
/// <param name="Step">The mean step from poll to poll, the one into the slot included; NaN for the first poll of all.</param>
internal readonly record struct CounterSlot(double Mean, double Step);

/// <summary>What a counter moved by in a slot; NaN where that cannot be told.</summary>
internal readonly record struct CounterUse(long Slot, double Use)
{
    /// <summary>It will be told once it is known how often is polled.</summary>
    public bool IsOpen { get; init; }
}

using CloudManager.Core.Metering;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>
/// One server's values by metric and slot; NaN where nobody measured. An engine may hold a slot twice, where it was
/// written twice: the values are the same then, and should they ever differ, the larger one counts, whichever came first.
/// </summary>
internal sealed class SlotGrid(SlotRange slots)
{
    private readonly float[]?[] _values = new float[SeriesNames.Count][];

    public SlotRange Slots { get; } = slots;

    public void Put(Metric metric, long slot, float value)
    {
        if (!Slots.Contains(slot))
        {
            return;
        }

        if (_values[(int)metric] is not { } values)
        {
            _values[(int)metric] = values = new float[Slots.Count];
            Array.Fill(values, float.NaN);
        }

        ref var held = ref values[slot - Slots.First];
        if (!(held >= value))
        {
            held = value;
        }
    }

    /// <summary>The values of the slots in their order; nothing where the metric was never measured.</summary>
    public ReadOnlySpan<float> Values(Metric metric, SlotRange of)
    {
        var first = Math.Max(of.First, Slots.First);
        var past = Math.Min(of.Past, Slots.Past);
        return _values[(int)metric] is { } values && past > first
            ? values.AsSpan((int)(first - Slots.First), (int)(past - first))
            : [];
    }

    public float? At(Metric metric, long slot) =>
        _values[(int)metric] is { } values && !float.IsNaN(values[slot - Slots.First])
            ? values[slot - Slots.First]
            : null;

    /// <summary>The slots that hold a value of any metric, in order.</summary>
    public IEnumerable<long> Held()
    {
        for (var slot = Slots.First; slot < Slots.Past; slot++)
        {
            if (Array.Exists(_values, v => v is not null && !float.IsNaN(v[slot - Slots.First])))
            {
                yield return slot;
            }
        }
    }
}

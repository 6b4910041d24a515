using System.Numerics;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>
/// Which of the last 64 slots of each server this process has stored. An engine may show a sample only a moment after it
/// took it, and none at all while it is down: without this, what comes twice within the overlap would be written twice.
/// </summary>
internal sealed class RecentSlots
{
    private const int Width = 64;
    private readonly Lock _gate = new();
    private readonly Dictionary<long, (long Last, ulong Bits)> _servers = [];

    public void Add(ReadOnlySpan<SampleRow> rows)
    {
        lock (_gate)
        {
            foreach (ref readonly var row in rows)
            {
                _servers[row.Resource.Number] = With(_servers.GetValueOrDefault(row.Resource.Number), row.Slot);
            }
        }
    }

    /// <summary>The slots known of these resources.</summary>
    public List<HeldSlot> Of((ResourceId First, ResourceId Last) resources, SlotRange slots)
    {
        var held = new List<HeldSlot>();
        lock (_gate)
        {
            foreach (var (number, (last, bits)) in _servers)
            {
                if (number >= resources.First.Number && number <= resources.Last.Number)
                {
                    AddSlots(held, new ResourceId(number), (last, bits), slots);
                }
            }
        }

        return held;
    }

    private static void AddSlots(
        List<HeldSlot> held,
        ResourceId resource,
        (long Last, ulong Bits) known,
        SlotRange slots
    )
    {
        for (var bits = known.Bits; bits != 0; bits &= bits - 1)
        {
            var slot = known.Last - BitOperations.TrailingZeroCount(bits);
            if (slots.Contains(slot))
            {
                held.Add(new HeldSlot(resource, slot));
            }
        }
    }

    /// <summary>Bit n stands for the slot n before the last.</summary>
    private static (long Last, ulong Bits) With((long Last, ulong Bits) known, long slot)
    {
        if (known.Bits == 0)
        {
            return (slot, 1);
        }

        if (slot <= known.Last)
        {
            var before = known.Last - slot;
            return before < Width ? (known.Last, known.Bits | (1UL << (int)before)) : known;
        }

        var later = slot - known.Last;
        return (slot, later < Width ? (known.Bits << (int)later) | 1 : 1);
    }
}

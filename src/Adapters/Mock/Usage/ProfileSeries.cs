using CloudManager.Adapters.Mock.State;

namespace CloudManager.Adapters.Mock.Usage;

/// <summary>
/// A server that follows office hours in its own way: a pure function of seed, server and slot. What it does stays
/// the same when its size changes, so its percentages change with the size.
/// </summary>
internal sealed class ProfileSeries : ISeries
{
    private const ulong BurstEvery = 8;
    private static readonly float[] Week = [.. Enumerable.Range(0, Slots.PerWeek).Select(Busyness)];

    private readonly ulong _dice;
    private readonly Phase _first;
    private readonly Rhythm _rhythm;
    private readonly float _cpu;
    private readonly float _cpuSwing;
    private readonly float _memory;
    private readonly float _memorySwing;
    private readonly float _disk;
    private readonly float _diskADay;
    private readonly float _bytes;
    private readonly long _firstDay;

    /// <param name="seed">The pool's.</param>
    /// <param name="number">The how-manieth server of the pool it is.</param>
    /// <param name="first">The size it was created with.</param>
    /// <param name="planted">How it is used; null: by its dice.</param>
    public ProfileSeries(int seed, int number, Phase first, Habit? planted)
    {
        _dice = Dice.Roll((ulong)seed, (ulong)number);
        _first = first;
        var habit = planted ?? Habit.Of(_dice);
        _rhythm = habit.Rhythm;
        _cpu = habit.Cpu.Pick(Dice.Roll(_dice, 1));
        _cpuSwing = habit.CpuSwing.Pick(Dice.Roll(_dice, 2));
        _memory = habit.Memory.Pick(Dice.Roll(_dice, 3));
        _memorySwing = habit.MemorySwing.Pick(Dice.Roll(_dice, 4));
        _disk = new Span(10, 55).Pick(Dice.Roll(_dice, 5));
        _diskADay = new Span(0, 0.08f).Pick(Dice.Roll(_dice, 6));
        _bytes = habit.Bytes;
        _firstDay = Slots.Day(Slots.From(first.At));
    }

    public bool TryRead(long slot, in Phase phase, out Reading reading)
    {
        var chance = Dice.Roll(_dice, (ulong)slot);
        var busy = AtWork(slot);

        // Two independent wobbles of up to ten percent from one draw.
        var wobble = 0.9f + (0.2f * ((chance & 0xFFFF) / 65_536f));
        var wander = 0.9f + (0.2f * (((chance >> 16) & 0xFFFF) / 65_536f));
        var work = (_cpu + (_cpuSwing * busy)) * wobble;
        var held = _memory + (_memorySwing * busy * wander);
        var cpu = Math.Min(100, work * _first.Vcpus / phase.Vcpus);
        var memory = Math.Min(100, held * _first.MemoryGiB / phase.MemoryGiB);
        var disk = Math.Min(92, _disk + (_diskADay * (Slots.Day(slot) - _firstDay)));
        var bytes = work * _bytes;
        reading = new Reading(cpu, memory, disk, bytes * wander, bytes * 0.6f);
        return true;
    }

    private float AtWork(long slot) =>
        _rhythm switch
        {
            Rhythm.Bursts => IsBurst(slot) ? 1 : 0,
            Rhythm.Office => IsOffice(Slots.OfWeek(slot)) ? 1 : 0,
            _ => Week[Slots.OfWeek(slot)],
        };

    /// <summary>Every eighth hour of the day, from an hour by the day's dice on.</summary>
    private bool IsBurst(long slot)
    {
        var hour = (ulong)(Slots.OfWeek(slot) % Slots.PerDay / Slots.PerHour);
        return (hour + Dice.Roll(_dice, (ulong)Slots.Day(slot)) % BurstEvery) % BurstEvery == 0;
    }

    private static bool IsOffice(int slotOfWeek) =>
        slotOfWeek < 5 * Slots.PerDay && slotOfWeek % Slots.PerDay / Slots.PerHour is >= 8 and < 19;

    /// <summary>From 0 to 1: nights and weekends are quiet, mid-morning and mid-afternoon busy.</summary>
    private static float Busyness(int slotOfWeek)
    {
        var hour = slotOfWeek % Slots.PerDay / 12f;
        var atWork = Hill(hour, 10.5f, 2.2f) + (0.9f * Hill(hour, 15.5f, 2.4f)) + (0.15f * Hill(hour, 20, 2));
        return Math.Min(1, atWork) * (slotOfWeek < 5 * Slots.PerDay ? 1 : 0.2f);
    }

    private static float Hill(float hour, float top, float width)
    {
        var distance = (hour - top) / width;
        return MathF.Exp(-distance * distance);
    }
}

namespace CloudManager.Adapters.Mock.Usage;

/// <summary>
/// How a sort of server is used: from its quietest to its busiest hour, in percent of the size it was created with.
/// </summary>
/// <param name="Share">How many of a hundred servers are of this sort.</param>
/// <param name="Cpu">Processor use at rest, from and to: each server has its own in between.</param>
/// <param name="CpuSwing">What the busiest hour adds.</param>
/// <param name="Memory">Memory use at rest.</param>
/// <param name="MemorySwing">What the busiest hour adds.</param>
/// <param name="Bytes">Network bytes of a slot for each percent of processor use.</param>
internal sealed record Habit(int Share, Span Cpu, Span CpuSwing, Span Memory, Span MemorySwing, float Bytes)
{
    /// <summary>The sorts: idle, oversized, rightly sized, busy.</summary>
    public static readonly IReadOnlyList<Habit> All =
    [
        new(15, new Span(0.3f, 1.2f), new Span(0.1f, 0.5f), new Span(4, 9), new Span(0.2f, 1), 1_500),
        new(30, new Span(2, 5), new Span(6, 14), new Span(12, 22), new Span(2, 6), 400_000),
        new(40, new Span(8, 15), new Span(30, 50), new Span(40, 55), new Span(5, 12), 2_000_000),
        new(15, new Span(35, 50), new Span(45, 55), new Span(70, 80), new Span(8, 15), 5_000_000),
    ];

    /// <summary>The sort of a server, by its dice.</summary>
    public static Habit Of(ulong dice)
    {
        var left = (int)(dice % 100);
        return All.First(habit => (left -= habit.Share) < 0);
    }
}

/// <summary>A range of numbers.</summary>
internal readonly record struct Span(float From, float To)
{
    /// <summary>One number of the range, by its dice.</summary>
    public float Pick(ulong dice) => From + ((To - From) * (float)Dice.Unit(dice));
}

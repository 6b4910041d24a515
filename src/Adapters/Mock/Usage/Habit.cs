namespace CloudManager.Adapters.Mock.Usage;

/// <summary>When a sort of server is at work.</summary>
internal enum Rhythm
{
    /// <summary>More in office hours than at night, with a hill in the morning and one in the afternoon.</summary>
    Hills,

    /// <summary>Three hours of each day, not the same ones every day.</summary>
    Bursts,

    /// <summary>Monday to Friday from 8 to 19, else not at all.</summary>
    Office,
}

/// <summary>
/// How a sort of server is used: from its quietest to its busiest hour, in percent of the size it was created with.
/// </summary>
/// <param name="Share">How many of a hundred servers are of this sort, where none is planted.</param>
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

    /// <summary>
    /// The sorts to plant by name, each well inside or outside the bounds of the monitoring policy that the platform starts
    /// with: of any whole weeks, idle is a zombie (CPU under 2 %, hardly any network), lowUse low use and no zombie,
    /// oversized too large and not low use (half the size serves), busy too small, and the others nothing.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, Habit> Named = new SortedDictionary<string, Habit>(
        StringComparer.Ordinal
    )
    {
        ["idle"] = All[0],
        ["lowUse"] = new(0, new Span(2.5f, 5), new Span(4, 8), new Span(12, 22), new Span(2, 6), 400_000),
        ["oversized"] = new(0, new Span(8, 11), new Span(15, 20), new Span(30.5f, 33), new Span(2, 4), 800_000),
        ["rightSized"] = new(0, new Span(15, 20), new Span(30, 38), new Span(52, 58), new Span(5, 12), 2_000_000),
        ["busy"] = new(0, new Span(60, 70), new Span(35, 45), new Span(86, 90), new Span(2, 5), 5_000_000),
        ["bursty"] = new(0, new Span(2, 4), new Span(50, 62), new Span(20, 28), new Span(4, 8), 1_000_000)
        {
            Rhythm = Rhythm.Bursts,
        },
        ["officeHours"] = new(0, new Span(0.5f, 1.5f), new Span(50, 60), new Span(12, 18), new Span(38, 44), 1_000_000)
        {
            Rhythm = Rhythm.Office,
        },
    };

    public Rhythm Rhythm { get; init; } = Rhythm.Hills;

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

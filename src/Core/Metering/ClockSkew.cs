namespace CloudManager.Core.Metering;

/// <summary>
/// How far the clock that labels a pool's samples is ahead of true time (时钟偏差), as its adapter told; an offset of half a
/// slot or more moves labels by whole slots, to the nearest.
/// </summary>
/// <param name="Offset">Negative: behind; null: not known, and labels are taken as they are.</param>
public readonly record struct ClockSkew(TimeSpan? Offset)
{
    /// <summary>An offset beyond this, either way, is not believed: labels are taken as they are.</summary>
    public static TimeSpan MostBelieved { get; } = TimeSpan.FromDays(1);

    /// <summary>Whether labels are corrected by what was told.</summary>
    public bool IsBelieved => Offset is { } told && told <= MostBelieved && told >= -MostBelieved;

    /// <summary>By how many slots labels are ahead of the truth.</summary>
    public long Shift => IsBelieved ? (long)Math.Round(Offset!.Value / Slots.Length, MidpointRounding.AwayFromZero) : 0;
}

/// <summary>How a sample's label is to be read.</summary>
/// <param name="Ahead">By how many slots labels are ahead of the truth.</param>
/// <param name="Now">The slot under way.</param>
internal readonly record struct LabelClock(long Ahead, long Now);

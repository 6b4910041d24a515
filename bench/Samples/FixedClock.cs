namespace CloudManager.Bench.Samples;

/// <summary>Business time that is set by hand.</summary>
internal sealed class FixedClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}

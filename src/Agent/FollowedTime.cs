namespace CloudManager.Agent;

/// <summary>
/// The platform's business time as it was last told, going on with the machine's clock since: a cloud that is simulated
/// behind an agent measures on the platform's days. Real clouds have no use for it.
/// </summary>
internal sealed class FollowedTime(TimeProvider machineTime) : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() =>
        machineTime.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    /// <summary>Business time is this now.</summary>
    public void Follow(DateTimeOffset now) => Interlocked.Exchange(ref _ahead, (now - machineTime.GetUtcNow()).Ticks);
}

namespace CloudManager.Core.Kernel;

/// <summary>
/// Machine time: the system clock, for time-outs, back-off, rate limits, leases, token expiry, lock-out and
/// idempotency keys. It never moves with the demo. Business time (deadlines, service days, samples, document dates)
/// is the injected <see cref="TimeProvider"/>.
/// </summary>
public sealed class MachineClock(TimeProvider provider)
{
    /// <summary>The provider itself, for libraries that take one.</summary>
    public TimeProvider Provider { get; } = provider;

    /// <summary>The instant now, in UTC.</summary>
    public DateTimeOffset Now => Provider.GetUtcNow();
}

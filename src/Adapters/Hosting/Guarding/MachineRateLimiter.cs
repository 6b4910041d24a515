using System.Threading.RateLimiting;

namespace CloudManager.Adapters.Hosting.Guarding;

/// <summary>
/// So many calls a second of machine time, up to one second's worth at once; who comes too early waits for his turn.
/// The framework's own limiters keep a clock of their own, which a test cannot move.
/// </summary>
internal sealed class MachineRateLimiter : RateLimiter
{
    private static readonly Lease Granted = new(isAcquired: true);
    private static readonly Lease Refused = new(isAcquired: false);

    private readonly Lock _gate = new();
    private readonly TimeProvider _machineTime;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _allowance;
    private readonly long _origin;
    private TimeSpan _turn;

    /// <param name="perSecond">Calls a second, more than 0.</param>
    /// <param name="machineTime">The clock.</param>
    public MachineRateLimiter(double perSecond, TimeProvider machineTime)
    {
        _machineTime = machineTime;
        _interval = TimeSpan.FromSeconds(1 / perSecond);
        _allowance = TimeSpan.FromSeconds(Math.Max(0, 1 - (1 / perSecond)));
        _origin = machineTime.GetTimestamp();
        _turn = -_allowance;
    }

    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_gate)
        {
            var now = Elapsed();
            if (Turn(now) > now)
            {
                return Refused;
            }

            Take(now, permitCount);
            return Granted;
        }
    }

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(
        int permitCount,
        CancellationToken cancellationToken
    )
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = Elapsed();
            wait = Turn(now) - now;
            Take(now, permitCount);
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _machineTime, cancellationToken);
        }

        return Granted;
    }

    /// <summary>When the next call may start. Time unused is kept for one second's worth of calls.</summary>
    private TimeSpan Turn(TimeSpan now) => _turn > now - _allowance ? _turn : now - _allowance;

    private void Take(TimeSpan now, int permits) => _turn = Turn(now) + (_interval * permits);

    private TimeSpan Elapsed() => _machineTime.GetElapsedTime(_origin);

    private sealed class Lease(bool isAcquired) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}

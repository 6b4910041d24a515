using CloudManager.Core.Pools;

namespace CloudManager.Core.Metering;

/// <summary>Why a value, or a whole sample, was not taken.</summary>
public enum SetAsideReason
{
    /// <summary>Below zero.</summary>
    Negative,

    /// <summary>Above what is possible: 400 % of the processor, 200 % of memory or disk.</summary>
    TooLarge,

    NotANumber,

    Infinite,

    /// <summary>A sample of a server nobody asked for.</summary>
    UnknownServer,

    /// <summary>A sample that does not start on a whole five minutes.</summary>
    OffSlot,

    /// <summary>A sample of a slot nobody asked for. What was asked for depends on when was looked.</summary>
    OutsideRange,

    /// <summary>A sample of a slot that has not begun: the pool's clock is ahead, or its labels are made up.</summary>
    FromTheFuture,
}

/// <summary>A value, or a whole sample, that was not taken.</summary>
/// <param name="Server">The cloud's identifier, as the cloud gave it.</param>
/// <param name="At">When the cloud says it was measured.</param>
/// <param name="Metric">Which value; null for the whole sample.</param>
/// <param name="Reason">Why.</param>
public readonly record struct SetAside(string Server, DateTimeOffset At, Metric? Metric, SetAsideReason Reason);

/// <summary>How many values of a pool were set aside on a day; each counts once, however often it was delivered.</summary>
public sealed record SetAsideCount(PoolId Pool, DateOnly Day, Metric? Metric, SetAsideReason Reason, long Count);

/// <summary>Which values are possible: processor 0–400 %, memory and disk 0–200 %, bytes 0 and more.</summary>
public static class SampleRules
{
    private const float MostCpu = 400;
    private const float MostSpace = 200;

    /// <summary>Why the value cannot be; null if it can.</summary>
    public static SetAsideReason? Fault(Metric metric, float value)
    {
        var most = metric switch
        {
            Metric.Cpu => MostCpu,
            Metric.Memory or Metric.Disk => MostSpace,
            _ => float.MaxValue,
        };
        if (value >= 0 && value <= most)
        {
            return null;
        }

        return float.IsNaN(value) ? SetAsideReason.NotANumber
            : float.IsInfinity(value) ? SetAsideReason.Infinite
            : value < 0 ? SetAsideReason.Negative
            : SetAsideReason.TooLarge;
    }
}

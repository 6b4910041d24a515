using CloudManager.Adapters.Mock.Faults;
using CloudManager.Adapters.Mock.Usage;

namespace CloudManager.Adapters.Mock;

/// <summary>The settings of a mock pool. All are optional; <see cref="MockSettingsReader"/> says what is right.</summary>
internal sealed record MockSettings
{
    /// <summary>What the profiles of use and the injected faults follow from.</summary>
    public int Seed { get; init; }

    /// <summary>The file in which the simulated cloud remembers what it made; null: in memory only.</summary>
    public string? State { get; init; }

    /// <summary>The folder of measured series to replay; null: use follows a profile from the seed.</summary>
    public string? Traces { get; init; }

    /// <summary>How the n-th server created is used, repeated; empty: by dice.</summary>
    public IReadOnlyList<Habit> Habits { get; init; } = [];

    /// <summary>How far the clock that labels samples is ahead; null: it is right, and nothing is told of it.</summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>The faults to inject, by operation.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FaultRule>> Faults { get; init; } =
        new Dictionary<string, IReadOnlyList<FaultRule>>();

    /// <summary>What the pool holds.</summary>
    public MockCapacity Capacity { get; init; } = new(null, null, null);

    /// <summary>How long a new server is pending, by machine time.</summary>
    public TimeSpan CreateTime { get; init; } = TimeSpan.Zero;

    /// <summary>How long a server is pending when its size changes, by machine time.</summary>
    public TimeSpan ResizeTime { get; init; } = TimeSpan.Zero;

    /// <summary>How long a call hit by <see cref="FaultKind.Slow"/> takes.</summary>
    public TimeSpan SlowTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What a call hit by <see cref="FaultKind.Throttled"/> is told to wait.</summary>
    public TimeSpan ThrottleTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether a server must be stopped before its size changes.</summary>
    public bool ResizeNeedsStop { get; init; }

    /// <summary>Whether a resize waits to be confirmed or reverted, the old size being held until then.</summary>
    public bool ResizeNeedsConfirm { get; init; }

    /// <summary>The largest volume in GiB.</summary>
    public int LargestVolumeGiB { get; init; } = 32_768;
}

/// <summary>What a mock pool holds; null where there is no bound.</summary>
/// <param name="Vcpus">Cores.</param>
/// <param name="MemoryGiB">Memory in GiB.</param>
/// <param name="StorageGiB">System disks and volumes together, in GiB.</param>
internal sealed record MockCapacity(long? Vcpus, long? MemoryGiB, long? StorageGiB);

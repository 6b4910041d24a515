using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Findings.Judging;

/// <summary>One metric of a server as its system adds it up.</summary>
public sealed record MetricShare(double? Mean, double? P95, long Measured);

/// <summary>What a judged server adds to its system.</summary>
public sealed record ServerShare
{
    public required long Server { get; init; }
    public required string System { get; init; }
    public required string Tenant { get; init; }
    public required string Region { get; init; }
    public required PoolId Pool { get; init; }
    public required int Vcpus { get; init; }
    public required int MemoryGiB { get; init; }

    /// <summary>The slots of the window.</summary>
    public required long Slots { get; init; }

    /// <summary>Whether low use could be decided; if not, why not.</summary>
    public required Verdict LowUse { get; init; }

    /// <summary>The same of zombie.</summary>
    public required Verdict Zombie { get; init; }

    /// <summary>Whether it did not run on any day of the window.</summary>
    public bool IsOff { get; init; }

    public required MetricShare Cpu { get; init; }
    public required MetricShare Memory { get; init; }

    /// <summary>Its mean in bytes a second; no p95.</summary>
    public required MetricShare Network { get; init; }

    internal static ServerShare Of(ServerFacts facts, IReadOnlyList<RuleVerdict> verdicts, FindingWindow window)
    {
        var use = facts.Use;
        var zombie = verdicts.First(v => v.Kind == FindingKind.Zombie);
        return new ServerShare
        {
            Server = facts.Server.Id.Number,
            System = facts.Server.System,
            Tenant = facts.Server.Tenant,
            Region = facts.Server.Region,
            Pool = facts.Server.Pool,
            Vcpus = facts.Server.Spec.Vcpus ?? 0,
            MemoryGiB = facts.Server.Spec.MemoryGiB ?? 0,
            Slots = (long)(window.Until.DayNumber - window.From.DayNumber) * Metering.Slots.PerDay,
            LowUse = verdicts.First(v => v.Kind == FindingKind.LowUse).Verdict,
            Zombie = zombie.Verdict,
            IsOff = zombie is { Holds: true, Basis: not null },
            Cpu = use is null ? new(null, null, 0) : new(use.Cpu.Mean, use.Cpu.P95, use.Cpu.Measured),
            Memory = use is null ? new(null, null, 0) : new(use.Memory.Mean, use.Memory.P95, use.Memory.Measured),
            Network = use is null
                ? new(null, null, 0)
                : new(use.Network.MeanBytes / Metering.Slots.Length.TotalSeconds, null, use.Network.Measured),
        };
    }
}

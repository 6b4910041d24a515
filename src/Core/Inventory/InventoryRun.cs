using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Inventory;

/// <summary>The number of a run of the inventory, e.g. <c>run-000042</c>.</summary>
public readonly record struct RunId(long Number)
{
    public const string Prefix = "run";

    public override string ToString() => NumberedId.Format(Prefix, Number);
}

/// <summary>How much of the pool a run looks at.</summary>
public enum RunMode
{
    /// <summary>Everything is listed: only this proves that something is gone.</summary>
    Full,

    /// <summary>Only servers that changed since the run before.</summary>
    Quick,
}

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>Under way, or cut off with the process.</summary>
    Running,

    /// <summary>It listed everything it was to list.</summary>
    Completed,

    /// <summary>The listing broke off: nothing is marked gone.</summary>
    BrokeOff,

    /// <summary>The listing was complete and much shorter than the one before: nothing is marked gone.</summary>
    Shrunk,

    /// <summary>It shrank, and a person said that this is so: the next run is held against it.</summary>
    Accepted,
}

/// <summary>How many of each kind a listing showed.</summary>
public readonly record struct ThingCounts(int Servers, int Volumes, int Networks, int Addresses)
{
    public int Total => Servers + Volumes + Networks + Addresses;
}

/// <summary>One run of the inventory (资源盘点, art. 14) of one pool.</summary>
public sealed record InventoryRun
{
    public required RunId Id { get; init; }
    public required PoolId Pool { get; init; }
    public required RunMode Mode { get; init; }
    public required RunOutcome Outcome { get; init; }

    /// <summary>Business time at which the listing began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
    public ThingCounts Counts { get; init; }

    /// <summary>How many things known from the run before were missing, and not because the platform removed them.</summary>
    public int Missing { get; init; }

    /// <summary>How many findings it opened and closed.</summary>
    public FindingChanges Findings { get; init; }

    /// <summary>Why it does not count; null where it does.</summary>
    public Bilingual? Reason { get; init; }

    /// <summary>Who accepted a shrunk listing; null if nobody did.</summary>
    public Acceptance? Accepted { get; init; }
}

/// <summary>A person's word that a pool is really so much smaller.</summary>
public sealed record Acceptance(string By, DateTimeOffset At, string Opinion);

/// <summary>The numbers of the inventory. They are the province's policy, not the regulation's.</summary>
public sealed record InventoryPolicy
{
    /// <summary>A listing that misses more than this share of what was known marks nothing gone; 0 to 1.</summary>
    public double MostMissing { get; init; } = 0.2;

    /// <summary>So many may be missing though it is a larger share, as long as it is not more than half.</summary>
    public int AlwaysMissing { get; init; } = 5;

    /// <summary>How long quick looks stand in for a full listing.</summary>
    public TimeSpan FullEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How far a quick look reaches back behind the start of the run before.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many things are compared in one transaction.</summary>
    public int Batch { get; init; } = 500;

    /// <summary>
    /// Whether so many missing of so many known are believed. One alone is; a small pool that shows next to nothing is not
    /// believed more readily than a large one.
    /// </summary>
    public bool Believes(int missing, int known) =>
        missing <= 1 || missing <= known * MostMissing || (missing <= AlwaysMissing && missing * 2 <= known);
}

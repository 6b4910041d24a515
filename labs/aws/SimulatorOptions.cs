namespace CloudManager.Labs.Aws;

/// <summary>What the simulated region is like.</summary>
public sealed record SimulatorOptions
{
    public string Region { get; init; } = "cn-lab-1";

    public string AccessKey { get; init; } = "AKIALABEXAMPLE";

    public string SecretKey { get; init; } = "lab-secret-key-of-nobody";

    /// <summary>The token that temporary keys must bear; null where the keys are lasting.</summary>
    public string? SessionToken { get; init; }

    /// <summary>The address it listens on; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>How long anything takes to come up, stop, grow or go.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>For how long a describe does not show what was just made, as EC2 is consistent in the end only.</summary>
    public TimeSpan Unseen { get; init; } = TimeSpan.Zero;

    /// <summary>How long a terminated instance is still shown.</summary>
    public TimeSpan Remembered { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;

    /// <summary>Every n-th call is answered with RequestLimitExceeded; 0: none.</summary>
    public int ThrottleEvery { get; init; }

    /// <summary>Servers that were there before, made up as they are listed: they take no memory.</summary>
    public int PremadeServers { get; init; }

    /// <summary>Whether the premade servers have the CloudWatch agent: every n-th has none; 0: all have.</summary>
    public int WithoutAgentEvery { get; init; } = 7;

    /// <summary>The most things on a page, whatever is asked for.</summary>
    public int PageSize { get; init; } = 1_000;

    public int MostServers { get; init; } = 100;

    public int MostVolumes { get; init; } = 100;

    public int MostAddresses { get; init; } = 20;

    public int MostVpcs { get; init; } = 20;

    /// <summary>The zone's room, in instances that run; above it the cloud has no capacity.</summary>
    public int Room { get; init; } = 1_000;

    /// <summary>What the measured values follow from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What it tells the time by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

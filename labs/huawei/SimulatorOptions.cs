namespace CloudManager.Labs.Huawei;

/// <summary>How the simulated Huawei Cloud behaves. Everything has a default; durations may be zero.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The region; also the name of its default project.</summary>
    public string Region { get; set; } = "cn-north-4";

    /// <summary>The project's id, 32 hex digits.</summary>
    public string ProjectId { get; set; } = "0123456789abcdef0123456789abcdef";

    /// <summary>The account's (domain's) id.</summary>
    public string DomainId { get; set; } = "fedcba9876543210fedcba9876543210";

    /// <summary>The account's name, for tokens by password.</summary>
    public string DomainName { get; set; } = "lab-domain";

    /// <summary>The user's name, for tokens by password.</summary>
    public string UserName { get; set; } = "lab-user";

    /// <summary>The user's password.</summary>
    public string Password { get; set; } = "lab-Secret-1";

    /// <summary>The access key.</summary>
    public string AccessKey { get; set; } = "AKEXAMPLE00000000001";

    /// <summary>The secret key.</summary>
    public string SecretKey { get; set; } = "SKEXAMPLE0000000000000000000000000000001";

    /// <summary>More projects of the region, named <c>{region}_{name}</c>, as private editions have them.</summary>
    public IList<string> SubProjects { get; } = [];

    /// <summary>What ids and measured use are made from: one seed, one course of events, one cloud.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The clock of the cloud: its states, its signatures' window, its measurements.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>How long a job takes from its call to its end.</summary>
    public TimeSpan JobTime { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a job stays INIT; until then what it makes is not to be seen anywhere.</summary>
    public TimeSpan JobWait { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a network, subnet, address or snapshot takes to settle.</summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What every call waits before it is answered.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.Zero;

    /// <summary>Every so many calls one is refused with 429; 0 for never.</summary>
    public int ThrottleEvery { get; set; }

    /// <summary>The Retry-After of a 429 in seconds; null leaves the header out, as most services do.</summary>
    public int? RetryAfterSeconds { get; set; } = 1;

    /// <summary>So many wrong signatures in a row lock the access key for five minutes; 0 for never.</summary>
    public int LockAfter { get; set; } = 5;

    /// <summary>Servers that exist from the start, each with a system disk and a port, made while they are read.</summary>
    public int PremadeServers { get; set; }

    /// <summary>What the account may have; -1 is without limit.</summary>
    public SimulatedQuotas Quotas { get; set; } = new();

    /// <summary>
    /// Measured use: server id, metric name as CES has it, start of the point; null where nobody measured. The default is
    /// a day's course that depends on the seed and the server.
    /// </summary>
    public Func<string, string, DateTimeOffset, double?>? Usage { get; set; }

    /// <summary>
    /// Whether every instant of the past was measured, also before the server was made: for a platform whose business time
    /// was turned back.
    /// </summary>
    public bool MeasuresAlways { get; set; }

    /// <summary>Of 100 servers so many have the monitoring agent, thus a memory and a disk figure.</summary>
    public int AgentPercent { get; set; } = 80;
}

/// <summary>What the account may have; -1 is without limit. Those that exist from the start do not count.</summary>
public sealed record SimulatedQuotas
{
    public int Instances { get; init; } = 1000;
    public int Cores { get; init; } = 8000;
    public int RamMiB { get; init; } = 16_384_000;
    public int Volumes { get; init; } = 2000;
    public int Gigabytes { get; init; } = 500_000;
    public int Snapshots { get; init; } = 1000;
    public int Vpcs { get; init; } = 200;
    public int Subnets { get; init; } = 400;
    public int SecurityGroups { get; init; } = 100;
    public int Rules { get; init; } = 5000;
    public int Addresses { get; init; } = 200;
}

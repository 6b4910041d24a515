namespace CloudManager.Core.Findings;

/// <summary>The paper by which a policy was approved.</summary>
/// <param name="Number">Its number (文号), e.g. 湘数发〔2026〕12号.</param>
/// <param name="Title">Its title.</param>
public sealed record PolicyDocument(string Number, string Title);

/// <summary>Where a version of a policy stands.</summary>
public enum PolicyState
{
    /// <summary>Being drafted: nothing is judged by it, and it may still change.</summary>
    Draft,

    /// <summary>Approved: it never changes again, and is in force from its day until a later version's.</summary>
    Approved,

    /// <summary>A draft that came to nothing; its number is not given out again.</summary>
    Withdrawn,
}

/// <summary>
/// Monitoring policy (监测标准, art. 22, 43): the numbers by which use is judged. No official threshold is published, so all
/// are the province's or the city's own: versioned, dated and with the document that approved them.
/// </summary>
public sealed record MonitoringPolicy
{
    /// <summary>The region's code; a city without a policy of its own follows the province.</summary>
    public required string Region { get; init; }

    /// <summary>Counted in the region from 1; 0 is what the platform starts with.</summary>
    public required int Version { get; init; }

    /// <summary>The first day on which a judgement goes by it; null for a draft.</summary>
    public DateOnly? EffectiveFrom { get; init; }

    /// <summary>What approved it; null for a draft and for version 0.</summary>
    public PolicyDocument? Document { get; init; }

    public required PolicyNumbers Numbers { get; init; }

    public PolicyState State { get; init; }

    /// <summary>Counted with every change of the draft, from 1.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>As findings and reports name it, e.g. <c>430000-v2</c>.</summary>
    public string Name => $"{Region}-v{Version}";

    /// <summary>What a region goes by that nobody approved numbers for.</summary>
    public static MonitoringPolicy Defaults(string region) =>
        new()
        {
            Region = region,
            Version = 0,
            State = PolicyState.Approved,
            Numbers = new PolicyNumbers(),
        };
}

/// <summary>The numbers of a monitoring policy. Percentages are of what was allocated.</summary>
public sealed record PolicyNumbers
{
    /// <summary>Whole days a judgement looks back over, 7 to 366; whole weeks hold each weekday equally often.</summary>
    public int WindowDays { get; init; } = 28;

    /// <summary>Under this share of measured slots, 0 to 1, a metric decides nothing.</summary>
    public double LeastCoverage { get; init; } = 0.8;

    /// <summary>Low use (低使用率): every one of the four is under its number.</summary>
    public LowUseNumbers LowUse { get; init; } = new();

    /// <summary>Too large (配置过高): both are under, and a smaller size serves.</summary>
    public PairNumbers TooLarge { get; init; } = new(40, 50);

    /// <summary>Too small (配置不足): one of both is over.</summary>
    public PairNumbers TooSmall { get; init; } = new(80, 85);

    public ZombieNumbers Zombie { get; init; } = new();

    /// <summary>Days after which a volume attached to nothing is idle.</summary>
    public int IdleVolumeDays { get; init; } = 30;

    /// <summary>Days after which an address bound to nothing is idle.</summary>
    public int IdleAddressDays { get; init; } = 30;

    /// <summary>Days after which a server that does not run is powered off for long.</summary>
    public int PoweredOffDays { get; init; } = 30;

    /// <summary>The p95 and weekly peak of a recommended size stay under so many percent.</summary>
    public double TargetPercent { get; init; } = 80;
}

/// <summary>Upper bounds, exclusive, of low use.</summary>
public sealed record LowUseNumbers
{
    public double CpuMean { get; init; } = 10;
    public double CpuP95 { get; init; } = 20;
    public double MemoryMean { get; init; } = 30;
    public double MemoryP95 { get; init; } = 40;
}

/// <summary>Bounds, exclusive, of the p95 of processor and memory.</summary>
public sealed record PairNumbers(double CpuP95, double MemoryP95);

/// <summary>Upper bounds, exclusive, of a zombie (僵尸资源): idle over the whole window by both, or powered off all through.</summary>
public sealed record ZombieNumbers
{
    public double CpuMean { get; init; } = 2;
    public double CpuP95 { get; init; } = 5;

    /// <summary>The mean of received and sent bytes a second.</summary>
    public double NetworkBytesPerSecond { get; init; } = 1_024;
}

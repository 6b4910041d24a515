namespace CloudManager.Adapters.Huawei.Monitoring;

/// <summary>
/// What is asked of a server: https://support.huaweicloud.com/intl/en-us/usermanual-ecs/ecs_03_1002.html. The hypervisor
/// (SYS.ECS) sees processor and network; memory and disk are known inside the guest, to an agent (AGT.ECS) or, in some
/// images, to tools that tell the hypervisor.
/// </summary>
internal static class Measures
{
    private const string Host = "SYS.ECS";
    private const string Agent = "AGT.ECS";

    /// <summary>A rate is in bytes a second; a sample counts the bytes of its slot.</summary>
    private const double Slot = SlotWindow.Seconds;

    /// <summary>Asked of every server.</summary>
    public static IReadOnlyList<Measure> Usual { get; } =
    [
        new(Host, "cpu_util", 1, grid => grid.Cpu),
        new(Agent, "mem_usedPercent", 1, grid => grid.Memory),
        new(Agent, "disk_usedPercent", 1, grid => grid.Disk),
        new(Host, "network_incoming_bytes_aggregate_rate", Slot, grid => grid.Received),
        new(Host, "network_outgoing_bytes_aggregate_rate", Slot, grid => grid.Sent),
    ];

    /// <summary>Asked of servers whose agent told nothing.</summary>
    public static IReadOnlyList<Measure> WithoutAgent { get; } =
    [new(Host, "mem_util", 1, grid => grid.Memory), new(Host, "disk_util_inband", 1, grid => grid.Disk)];
}

/// <summary>One metric and where its values go.</summary>
/// <param name="Namespace">Who measures it.</param>
/// <param name="Metric">Its name in Cloud Eye.</param>
/// <param name="Factor">From its unit to the contract's.</param>
/// <param name="Column">Where the values stand.</param>
internal sealed record Measure(string Namespace, string Metric, double Factor, Func<UsageGrid, double[]> Column);

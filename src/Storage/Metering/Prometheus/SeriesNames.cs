using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>
/// How samples are called in the engine: one series per server and metric, e.g.
/// <c>cloudmanager_cpu_percent{pool="pool-a",resource="res-000042"}</c>, at the start of each slot.
/// </summary>
internal static class SeriesNames
{
    public const string Name = "__name__";
    public const string Pool = "pool";
    public const string Resource = "resource";

    /// <summary>How many metrics there are.</summary>
    public const int Count = 5;

    /// <summary>Milliseconds of a slot.</summary>
    public const long SlotMilliseconds = 300_000;

    private static readonly string[] Names =
    [
        "cloudmanager_cpu_percent",
        "cloudmanager_memory_percent",
        "cloudmanager_disk_percent",
        "cloudmanager_network_in_bytes",
        "cloudmanager_network_out_bytes",
    ];

    public static string Of(Metric metric) => Names[(int)metric];

    /// <summary>The metric of the name; null for another's series.</summary>
    public static Metric? MetricOf(string name) => Array.IndexOf(Names, name) is >= 0 and var i ? (Metric)i : null;

    /// <summary>The resource of the label; null for another's.</summary>
    public static ResourceId? ResourceOf(string label) =>
        Core.Kernel.NumberedId.TryParse(ResourceId.Prefix, label, out var number) ? new ResourceId(number) : null;

    /// <summary>What was measured of it; null where nobody did.</summary>
    public static float? Value(in SampleRow row, Metric metric) =>
        metric switch
        {
            Metric.Cpu => row.Cpu,
            Metric.Memory => row.Memory,
            Metric.Disk => row.Disk,
            Metric.NetworkIn => row.NetworkIn,
            _ => row.NetworkOut,
        };

    /// <summary>
    /// The samples of these resources in the slots. A selector holds what lies in (at − duration, at], or with some
    /// engines what lies at its start too: the duration falls a second short, so that both mean the same.
    /// </summary>
    public static (string Selector, long At) Query(IEnumerable<string> resources, SlotRange slots)
    {
        var seconds = SlotMilliseconds / 1_000;
        var selector =
            $"{{{Name}=~\"{string.Join('|', Names)}\",{Resource}=~\"{string.Join('|', resources)}\"}}"
            + $"[{(slots.Count * seconds) - 1}s]";
        return (selector, (slots.Past - 1) * seconds);
    }
}

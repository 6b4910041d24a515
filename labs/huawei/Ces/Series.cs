using System.Security.Cryptography;
using System.Text;
using CloudManager.Labs.Huawei.State;

namespace CloudManager.Labs.Huawei.Ces;

/// <summary>A measured quantity.</summary>
internal sealed record Metric(string Namespace, string Name, string Unit)
{
    /// <summary>Whether only the agent in the guest knows it.</summary>
    public bool NeedsAgent => Namespace == "AGT.ECS";

    /// <summary>Whether only images with VMTools tell it: Windows, not Linux on KVM.</summary>
    public bool NeedsTools =>
        Name is "mem_util" or "disk_util_inband" || Name.EndsWith("_inband", StringComparison.Ordinal);
}

/// <summary>
/// What was measured: every five minutes of a running server one value, a day's course that depends on the seed and the
/// server only.
/// </summary>
internal static class Series
{
    private const int Step = 300;

    public static readonly IReadOnlyList<Metric> All =
    [
        new("SYS.ECS", "cpu_util", "%"),
        new("SYS.ECS", "mem_util", "%"),
        new("SYS.ECS", "disk_util_inband", "%"),
        new("SYS.ECS", "disk_read_bytes_rate", "byte/s"),
        new("SYS.ECS", "disk_write_bytes_rate", "byte/s"),
        new("SYS.ECS", "disk_read_requests_rate", "request/s"),
        new("SYS.ECS", "disk_write_requests_rate", "request/s"),
        new("SYS.ECS", "network_incoming_bytes_aggregate_rate", "byte/s"),
        new("SYS.ECS", "network_outgoing_bytes_aggregate_rate", "byte/s"),
        new("SYS.ECS", "network_incoming_bytes_rate_inband", "byte/s"),
        new("SYS.ECS", "network_outgoing_bytes_rate_inband", "byte/s"),
        new("AGT.ECS", "cpu_usage", "%"),
        new("AGT.ECS", "mem_usedPercent", "%"),
        new("AGT.ECS", "disk_usedPercent", "%"),
        new("AGT.ECS", "load_average1", ""),
    ];

    public static Metric? Find(string? space, string? name) =>
        All.FirstOrDefault(metric => metric.Namespace == space && metric.Name == name);

    /// <summary>Whether anything can be measured of this server under this name.</summary>
    public static bool Exists(Cloud cloud, Metric metric, Server server) =>
        metric.NeedsAgent ? Hash(cloud, server.Id, "agent") % 100 < cloud.Options.AgentPercent
        : metric.NeedsTools ? cloud.Images.Find(server.Image)?.OsType == "Windows"
        : true;

    /// <summary>The point of a period that starts then; null where nothing was measured in it.</summary>
    public static double? Point(Cloud cloud, Metric metric, Server server, Period period, string filter)
    {
        if (!Exists(cloud, metric, server) || period.From.AddSeconds(period.Seconds) > cloud.Now)
        {
            return null;
        }

        var values = new List<double>();
        var first = -(-period.From.ToUnixTimeSeconds() / Step * Step);
        first = first < period.From.ToUnixTimeSeconds() ? first + Step : first;
        for (var at = first; at < period.From.ToUnixTimeSeconds() + period.Seconds; at += Step)
        {
            var instant = DateTimeOffset.FromUnixTimeSeconds(at);
            if (
                (cloud.Options.MeasuresAlways || server.RanAt(instant))
                && Value(cloud, metric, server.Id, instant) is { } value
            )
            {
                values.Add(value);
            }
        }

        return values.Count == 0 ? null : Roll(values, filter);
    }

    private static double Roll(List<double> values, string filter)
    {
        var mean = values.Average();
        return Math.Round(
            filter switch
            {
                "max" => values.Max(),
                "min" => values.Min(),
                "sum" => values.Sum(),
                "variance" => values.Average(value => (value - mean) * (value - mean)),
                _ => mean,
            },
            2
        );
    }

    private static double? Value(Cloud cloud, Metric metric, string server, DateTimeOffset at)
    {
        if (cloud.Options.Usage is { } told)
        {
            return told(server, metric.Name, at);
        }

        var level =
            Hash(
                cloud,
                server,
                metric.Unit == "%" ? metric.Name.Replace("_util", "", StringComparison.Ordinal) : metric.Name
            ) % 60;
        var noise = Hash(cloud, server, $"{metric.Name}/{at.ToUnixTimeSeconds()}") % 100 / 10.0;
        var day = 15 * (1 + Math.Sin((at.TimeOfDay.TotalHours - 9) / 24 * 2 * Math.PI));
        var percent = Math.Min(100, level + noise + day);
        return metric.Unit switch
        {
            "%" => percent,
            "byte/s" => percent * 10_000,
            _ => percent / 10,
        };
    }

    private static uint Hash(Cloud cloud, string server, string what) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{cloud.Options.Seed}/{server}/{what}")), 0);
}

/// <summary>A period that a point is of.</summary>
internal readonly record struct Period(DateTimeOffset From, int Seconds);

using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Inventory.Takeovers;

/// <summary>One row of a file of things to take over.</summary>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="System">The code of the system it is for.</param>
/// <param name="Paper">The paper that proves it.</param>
/// <param name="Server">The server.</param>
public sealed record TakeoverRow(int Line, string System, string Paper, TakeoverLine Server)
{
    /// <summary>What its faults' paths begin with.</summary>
    public string Path => $"line {Line}";
}

/// <summary>
/// Reads a CSV file of servers to take over (纳管, art. 14): one header, English or Chinese, in any order; every fault is
/// named by its line.
/// </summary>
internal static class TakeoverFile
{
    /// <summary>The most rows of one file.</summary>
    public const int MostRows = 5000;

    private static readonly CsvColumn[] Columns =
    [
        new("pool", "资源池", true),
        new("nativeId", "实例ID", true),
        new("system", "系统", true),
        new("item", "目录项", true),
        new("paper", "依据", true),
        new("volumeItem", "云硬盘目录项", false),
        new("addressItem", "公网地址目录项", false),
        new("systemDiskGiB", "系统盘GiB", false),
        new("bandwidthMbps", "带宽Mbps", false),
    ];

    public static IReadOnlyList<TakeoverRow> Read(string text, Check check) =>
        [.. new CsvTable(Columns, MostRows, check).Read(text).Select(row => Row(row, check)).OfType<TakeoverRow>()];

    private static TakeoverRow? Row(CsvRow row, Check check)
    {
        var before = check.Faults.Count;
        foreach (var column in Columns.Where(c => c.IsRequired))
        {
            check.Text($"{row.Path}.{column.Name}", row.Text(column.Name), 200);
        }

        var (disk, bandwidth) = (row.Whole("systemDiskGiB"), row.Whole("bandwidthMbps"));
        return check.Faults.Count > before
            ? null
            : new TakeoverRow(row.Line, row.Text("system")!, row.Text("paper")!, Server(row, disk, bandwidth));
    }

    private static TakeoverLine Server(CsvRow row, int? disk, int? bandwidth) =>
        new(new(row.Text("pool")!), new NativeId(row.Text("nativeId")!), row.Text("item")!)
        {
            VolumeItem = row.Text("volumeItem"),
            AddressItem = row.Text("addressItem"),
            SystemDiskGiB = disk,
            BandwidthMbps = bandwidth,
        };
}

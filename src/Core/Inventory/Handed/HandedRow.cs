using CloudManager.Core.Kernel;

namespace CloudManager.Core.Inventory.Handed;

/// <summary>One thing of a list that a provider hands in, as it stands there.</summary>
public sealed record HandedRow
{
    /// <summary>Where it stands, e.g. <c>line 7</c> or <c>items[6]</c>: what its faults' paths begin with.</summary>
    public required string Path { get; init; }

    /// <summary>server, volume, network or publicAddress.</summary>
    public string? Kind { get; init; }

    /// <summary>The provider's identifier.</summary>
    public string? NativeId { get; init; }

    /// <summary>Its name there; null where the list has none.</summary>
    public string? Name { get; init; }

    /// <summary>active, stopped or error; null for active.</summary>
    public string? State { get; init; }

    public int? Vcpus { get; init; }
    public int? MemoryGiB { get; init; }
    public int? SizeGiB { get; init; }
    public int? BandwidthMbps { get; init; }
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The server it is attached or bound to.</summary>
    public string? AttachedTo { get; init; }

    /// <summary>The volume's type.</summary>
    public string? Type { get; init; }
}

/// <summary>Reads a CSV file of what exists in a pool (资源清单, art. 14).</summary>
public static class HandedFile
{
    private static readonly CsvColumn[] Columns =
    [
        new("kind", "类型", true),
        new("nativeId", "实例ID", true),
        new("name", "名称", false),
        new("state", "状态", false),
        new("vcpus", "核数", false),
        new("memoryGiB", "内存GiB", false),
        new("sizeGiB", "容量GiB", false),
        new("bandwidthMbps", "带宽Mbps", false),
        new("addresses", "地址", false),
        new("attachedTo", "挂载于", false),
        new("type", "云硬盘类型", false),
    ];

    public static IReadOnlyList<HandedRow> Read(string text, Check check) =>
        [.. new CsvTable(Columns, HandedRules.MostRows, check).Read(text).Select(Row)];

    private static HandedRow Row(CsvRow row) =>
        new()
        {
            Path = row.Path,
            Kind = row.Text("kind"),
            NativeId = row.Text("nativeId"),
            Name = row.Text("name"),
            State = row.Text("state"),
            Vcpus = row.Whole("vcpus"),
            MemoryGiB = row.Whole("memoryGiB"),
            SizeGiB = row.Whole("sizeGiB"),
            BandwidthMbps = row.Whole("bandwidthMbps"),
            Addresses = row.Text("addresses")?.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries) ?? [],
            AttachedTo = row.Text("attachedTo"),
            Type = row.Text("type"),
        };
}

using CloudManager.Core.Kernel.Export;
using CloudManager.Core.Metering;

namespace CloudManager.Api.Metering;

/// <summary>Utilisation and samples as tables to be exported; columns are named as the members of the JSON.</summary>
internal static class MeteringTables
{
    private static readonly Column<UtilisationRow>[] OfRows =
    [
        new("resource", ExportKind.Text, row => row.Resource?.ToString()),
        new("system", ExportKind.Text, row => row.System),
        new("tenant", ExportKind.Text, row => row.Tenant),
        new("pool", ExportKind.Text, row => row.Pool?.Value),
        new("region", ExportKind.Text, row => row.Region),
        new("province", ExportKind.Text, row => row.Province),
        new("attachedTo", ExportKind.Text, row => row.AttachedTo?.ToString()),
        new("allocatedGiB", ExportKind.Whole, row => (long?)row.AllocatedGiB),
        new("from", ExportKind.Day, row => row.Window.From),
        new("until", ExportKind.Day, row => row.Window.Until),
        new("resources", ExportKind.Whole, row => (long)row.Resources),
        new("leftOut", ExportKind.Whole, row => (long)row.LeftOut),
        new("leftOutVcpus", ExportKind.Whole, row => row.LeftOutVcpus),
        new("vcpus", ExportKind.Whole, row => row.Vcpus),
        new("memoryGiB", ExportKind.Whole, row => row.MemoryGiB),
        .. OfMetric("cpu", row => row.Cpu),
        .. OfMetric("memory", row => row.Memory),
        .. OfMetric("disk", row => row.Disk),
    ];

    private static readonly Column<SeriesPoint>[] OfPoints =
    [
        new("at", ExportKind.Instant, point => point.At),
        new("cpu", ExportKind.Number, point => point.Cpu),
        new("cpuMin", ExportKind.Number, point => point.CpuMin),
        new("cpuMax", ExportKind.Number, point => point.CpuMax),
        new("memory", ExportKind.Number, point => point.Memory),
        new("memoryMin", ExportKind.Number, point => point.MemoryMin),
        new("memoryMax", ExportKind.Number, point => point.MemoryMax),
        new("disk", ExportKind.Number, point => point.Disk),
        new("diskMin", ExportKind.Number, point => point.DiskMin),
        new("diskMax", ExportKind.Number, point => point.DiskMax),
        new("networkInBytes", ExportKind.Number, point => point.NetworkInBytes),
        new("networkOutBytes", ExportKind.Number, point => point.NetworkOutBytes),
    ];

    public static ExportTable Of(IAsyncEnumerable<UtilisationRow> rows) => Table(OfRows, rows);

    public static ExportTable Of(IReadOnlyList<SeriesPoint> points) => Table(OfPoints, points.ToAsyncEnumerable());

    private static IEnumerable<Column<UtilisationRow>> OfMetric(
        string name,
        Func<UtilisationRow, Utilisation> metric
    ) =>
        [
            new($"{name}Mean", ExportKind.Number, row => metric(row).Mean),
            new($"{name}P95", ExportKind.Number, row => metric(row).P95),
            new($"{name}P99", ExportKind.Number, row => metric(row).P99),
            new($"{name}Max", ExportKind.Number, row => metric(row).Max),
            new($"{name}Coverage", ExportKind.Number, row => metric(row).Coverage),
            new($"{name}HoursAbove", ExportKind.Number, row => metric(row).HoursAbove),
            new($"{name}HoursBelow", ExportKind.Number, row => metric(row).HoursBelow),
            new($"{name}Measured", ExportKind.Whole, row => metric(row).Measured),
        ];

    private static ExportTable Table<T>(Column<T>[] columns, IAsyncEnumerable<T> rows) =>
        new(
            [.. columns.Select(column => new ExportColumn(column.Name, column.Kind))],
            rows.Select(row => (IReadOnlyList<object?>)[.. columns.Select(column => column.Read(row))])
        );

    private sealed record Column<T>(string Name, ExportKind Kind, Func<T, object?> Read);
}

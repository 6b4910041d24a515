namespace CloudManager.Core.Kernel.Export;

/// <summary>What a column of an exported table holds.</summary>
public enum ExportKind
{
    Text,
    Whole,
    Number,
    Day,
    Instant,
}

/// <summary>A column of an exported table.</summary>
public sealed record ExportColumn(string Name, ExportKind Kind);

/// <summary>A table that leaves the platform as a file, row by row as they come.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Each with a value per column in their order: a string, long, double, DateOnly or DateTimeOffset as the
/// column's kind has it, null where there is none.</param>
public sealed record ExportTable(IReadOnlyList<ExportColumn> Columns, IAsyncEnumerable<IReadOnlyList<object?>> Rows);

/// <summary>Writes tables as Parquet. Implemented by Storage.</summary>
public interface IParquetFiles
{
    /// <summary>Writes the file of this path anew, compressed with zstd; instants as UTC.</summary>
    Task WriteAsync(ExportTable table, string path, CancellationToken cancellationToken);
}

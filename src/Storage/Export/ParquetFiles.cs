using CloudManager.Core.Kernel.Export;
using CloudManager.Storage.Metering;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Export;

/// <summary>Writes tables as Parquet through a DuckDB in memory that spills beside the file.</summary>
internal sealed class ParquetFiles : IParquetFiles
{
    public async Task WriteAsync(ExportTable table, string path, CancellationToken cancellationToken)
    {
        await using var connection = new DuckDBConnection(
            new DuckDBConnectionStringBuilder
            {
                DataSource = ":memory:",
                ["memory_limit"] = "512MiB",
                ["temp_directory"] = $"{path}.tmp",
            }.ConnectionString
        );
        await connection.OpenAsync(cancellationToken);
        var columns = string.Join(", ", table.Columns.Select(column => $"{Quoted(column.Name)} {TypeOf(column.Kind)}"));
        connection.Run($"create table export ({columns})");
        await AppendAsync(connection, table, cancellationToken);
        connection.Run(
            $"copy export to '{path.Replace("'", "''", StringComparison.Ordinal)}' (format parquet, codec zstd)"
        );
    }

    private static async Task AppendAsync(
        DuckDBConnection connection,
        ExportTable table,
        CancellationToken cancellationToken
    )
    {
        using var appender = connection.CreateAppender("export");
        await foreach (var cells in table.Rows.WithCancellation(cancellationToken))
        {
            var row = appender.CreateRow();
            foreach (var cell in cells)
            {
                Append(row, cell);
            }

            row.EndRow();
        }
    }

    private static void Append(IDuckDBAppenderRow row, object? cell) =>
        _ = cell switch
        {
            null => row.AppendNullValue(),
            string text => row.AppendValue(text),
            double number => row.AppendValue(number),
            long whole => row.AppendValue(whole),
            DateOnly day => row.AppendValue(day),
            DateTimeOffset at => row.AppendValue(at),
            _ => throw new ArgumentException($"A cell cannot hold {cell.GetType()}.", nameof(cell)),
        };

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string TypeOf(ExportKind kind) =>
        kind switch
        {
            ExportKind.Text => "varchar",
            ExportKind.Whole => "bigint",
            ExportKind.Number => "double",
            ExportKind.Day => "date",
            _ => "timestamptz",
        };
}

using CloudManager.Core.Kernel;
using CloudManager.Core.Kernel.Export;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Tests.Metering;

public sealed class ParquetFilesTests
{
    [Fact]
    public async Task A_table_is_read_again_as_it_was_written()
    {
        await using var meter = await Meter.OpenAsync();
        var path = Path.Combine(Directory.CreateTempSubdirectory("cloudmanager-").FullName, "it's.parquet");
        var at = new DateTimeOffset(2026, 9, 1, 8, 5, 0, China.Offset);
        object?[][] rows =
        [
            ["省人社厅", 42L, 6.763, new DateOnly(2026, 9, 1), at],
            [null, null, null, null, null],
        ];
        ExportColumn[] columns =
        [
            new("text", ExportKind.Text),
            new("whole", ExportKind.Whole),
            new("a \"number\"", ExportKind.Number),
            new("day", ExportKind.Day),
            new("at", ExportKind.Instant),
        ];

        await meter.Parquet.WriteAsync(
            new(columns, rows.Select(row => (IReadOnlyList<object?>)row).ToAsyncEnumerable()),
            path,
            CancellationToken.None
        );

        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        const string select = "select \"text\", whole, \"a \"\"number\"\"\", cast(day as varchar), epoch_ms(\"at\")";
        command.CommandText = $"{select} from '{path.Replace("'", "''", StringComparison.Ordinal)}'";
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        Assert.True(await reader.ReadAsync(CancellationToken.None));
        Assert.Equal(
            ["省人社厅", 42L, 6.763, "2026-09-01", at.ToUnixTimeMilliseconds()],
            Enumerable.Range(0, 5).Select(reader.GetValue)
        );
        Assert.True(await reader.ReadAsync(CancellationToken.None));
        Assert.All(Enumerable.Range(0, 5), i => Assert.True(reader.IsDBNull(i)));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}

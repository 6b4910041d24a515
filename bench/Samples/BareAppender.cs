using CloudManager.Core.Metering;
using DuckDB.NET.Data;

namespace CloudManager.Bench.Samples;

/// <summary>The same rows through DuckDB's appender and nothing else: as many a transaction as the platform's.</summary>
internal static class BareAppender
{
    private const int ATransaction = 500_000;

    public static void Run(string folder, SampleRow[] rows)
    {
        using var connection = new DuckDBConnection(
            $"DataSource={Path.Combine(folder, "bare.duckdb")};memory_limit=2GiB;temp_directory={folder}"
        );
        connection.Open();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = """
                create table sample (
                    resource bigint not null, slot bigint not null,
                    cpu float, memory float, disk float, net_in float, net_out float)
                """;
            command.ExecuteNonQuery();
        }

        foreach (var part in Enumerable.Range(0, (rows.Length + ATransaction - 1) / ATransaction))
        {
            using var transaction = connection.BeginTransaction();
            Append(
                connection,
                rows.AsSpan(part * ATransaction, Math.Min(ATransaction, rows.Length - part * ATransaction))
            );
            transaction.Commit();
        }
    }

    private static void Append(DuckDBConnection connection, ReadOnlySpan<SampleRow> rows)
    {
        using var appender = connection.CreateAppender("sample");
        foreach (ref readonly var row in rows)
        {
            appender
                .CreateRow()
                .AppendValue(row.Resource.Number)
                .AppendValue(row.Slot)
                .AppendValue(row.Cpu)
                .AppendValue(row.Memory)
                .AppendValue(row.Disk)
                .AppendValue(row.NetworkIn)
                .AppendValue(row.NetworkOut)
                .EndRow();
        }
    }
}

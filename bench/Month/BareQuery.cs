using System.Globalization;
using DuckDB.NET.Data;

namespace CloudManager.Bench.Month;

/// <summary>What a server's month comes to by the bare query: of each metric the mean, the largest and p95.</summary>
internal readonly record struct BareUse(double[] Means, double[] Max, double[] P95);

/// <summary>
/// Mean, largest and exact p95 of three metrics by server, by ranges of as many servers as the platform takes, over the same
/// files with the numbers as they lie there; nothing else.
/// </summary>
internal static class BareQuery
{
    private const int AtOnce = 2_000;

    public static BareUse[] Run(IReadOnlyList<string> files, int servers)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:;memory_limit=2GiB");
        connection.Open();
        var uses = new BareUse[servers];
        for (var low = 1; low <= servers; low += AtOnce)
        {
            Read(connection, files, (low, Math.Min(servers, low + AtOnce - 1)), uses);
        }

        return uses;
    }

    private static void Read(
        DuckDBConnection connection,
        IReadOnlyList<string> files,
        (int Low, int High) range,
        BareUse[] uses
    )
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statement is this class's own.
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            select resource, avg(cpu), max(cpu), quantile_disc(cpu, 0.95),
                avg(memory), max(memory), quantile_disc(memory, 0.95), avg(disk), max(disk), quantile_disc(disk, 0.95)
            from read_parquet([{string.Join(", ", files.Select(f => $"'{f}'"))}])
            where resource between {range.Low} and {range.High}
            group by resource
            """
        );
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            double[] Three(Func<int, double> read, int first) => [read(first), read(first + 3), read(first + 6)];
            uses[reader.GetInt64(0) - 1] = new BareUse(
                Three(i => reader.GetDouble(i) / 1_000, 1),
                Three(i => reader.GetInt32(i) / 1_000d, 2),
                Three(i => reader.GetInt32(i) / 1_000d, 3)
            );
        }
    }
}

using System.Globalization;
using System.Numerics;
using CloudManager.Core.Metering;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>
/// What is asked of rows to summarise them, and reads the answers; the columns of the daily summaries are the same in the
/// same order. Sums are whole numbers, millionths of a percent and thousandths of a byte: those of floats would differ in their
/// last digits with the order in which rows were stored. <c>quantile_disc</c> at a decimal 0.95 is the nearest rank,
/// counted in whole numbers.
/// </summary>
internal static class UseSql
{
    /// <summary>How many columns a metric has.</summary>
    private const int AMetric = 7;

    // More in five minutes than any network carries; what keeps a sum from overflowing.
    private const string MostBytes = "9e15";

    private static readonly string[] Percents = ["cpu", "memory", "disk"];

    /// <summary>Of rows by <paramref name="scales"/>: the three metrics and the network.</summary>
    public static string OfRows(Scales scales) =>
        string.Join(", ", Percents.Select((c, i) => Metric(c, scales.All[i])).Append(Network(scales)));

    /// <summary>Of rows by <paramref name="scales"/>: the quantiles alone, with how many values they are of.</summary>
    public static string QuantilesOfRows(Scales scales) =>
        string.Join(", ", Percents.Select((c, i) => $"count({c}), {Quantiles(c, scales.All[i])}"));

    /// <summary>Of daily summaries, whose quantiles cannot be put together.</summary>
    public static string OfDays { get; } =
        string.Join(
            ", ",
            Percents
                .Select(c =>
                    $"cast(sum({c}_count) as bigint), cast(sum({c}_sum) as bigint), max({c}_max), cast(null as float), "
                    + $"cast(null as float), cast(sum({c}_below) as bigint), cast(sum({c}_above) as bigint)"
                )
                .Append("cast(sum(net_count) as bigint), sum(net_sum), max(net_max)")
        );

    /// <summary>The columns of a daily summary itself.</summary>
    public static string OfDay { get; } =
        string.Join(
            ", ",
            Percents
                .Select(c => $"{c}_count, {c}_sum, {c}_max, {c}_p95, {c}_p99, {c}_below, {c}_above")
                .Append("net_count, net_sum, net_max")
        );

    /// <summary>How many values and their sum: what a mean is made of.</summary>
    public static string Mean(string column, int? scale)
    {
        // Half a millionth is rounded up: a cast alone would go to the even one.
        var millionths = $"cast(floor(cast({Scales.Value(column, scale)} as double) * 1000000 + 0.5) as bigint)";
        return $"count({column}), cast(sum({millionths}) as bigint)";
    }

    /// <summary>The day of a slot. Slot 0 is 08:00 of 1970-01-01 in China: a day is 288 slots, 96 of which came before.</summary>
    public const string Day = "date '1970-01-01' + cast((slot + 96) // 288 as integer)";

    /// <summary>Reads the columns from this one on.</summary>
    public static UseSum Read(DuckDBDataReader reader, int column) =>
        new(
            ReadMetric(reader, column),
            ReadMetric(reader, column + AMetric),
            ReadMetric(reader, column + (2 * AMetric)),
            ReadNetwork(reader, column + (3 * AMetric))
        );

    /// <summary>Reads quantiles.</summary>
    public static (QuantilesOf Cpu, QuantilesOf Memory, QuantilesOf Disk) ReadQuantiles(
        DuckDBDataReader reader,
        int column
    )
    {
        QuantilesOf At(int first) =>
            new(reader.GetInt64(first), reader.FloatOrNull(first + 1), reader.FloatOrNull(first + 2));
        return (At(column), At(column + 3), At(column + 6));
    }

    private static string Quantiles(string c, int? scale)
    {
        var both = $"quantile_disc({c}, [0.95, 0.99])";
        return $"{Scales.Value($"{both}[1]", scale)}, {Scales.Value($"{both}[2]", scale)}";
    }

    private static string Metric(string c, int? scale)
    {
        var one = scale ?? 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {Mean(c, scale)},
            {Scales.Value($"max({c})", scale)}, {Quantiles(c, scale)},
            cast(coalesce(count_if({c} < {UseLevels.Quiet * one}), 0) as bigint),
            cast(coalesce(count_if({c} > {UseLevels.Busy * one}), 0) as bigint)
            """
        );
    }

    private static string Network(Scales scales)
    {
        var both =
            $"coalesce(cast({Scales.Value("net_in", scales.NetIn)} as double), 0) + "
            + $"coalesce(cast({Scales.Value("net_out", scales.NetOut)} as double), 0)";
        var bytes = $"case when net_in is not null or net_out is not null then {both} end";
        return $"""
            count({bytes}),
            sum(cast(case when {bytes} > {MostBytes} then {MostBytes} else {bytes} end * 1000 as bigint)),
            max({bytes})
            """;
    }

    private static MetricSum ReadMetric(DuckDBDataReader reader, int column)
    {
        var measured = reader.GetInt64(column);
        return measured == 0
            ? default
            : new MetricSum(measured, reader.GetInt64(column + 1), reader.GetFloat(column + 2))
            {
                P95 = reader.FloatOrNull(column + 3),
                P99 = reader.FloatOrNull(column + 4),
                Below = reader.GetInt64(column + 5),
                Above = reader.GetInt64(column + 6),
            };
    }

    private static NetworkSum ReadNetwork(DuckDBDataReader reader, int column)
    {
        var measured = reader.GetInt64(column);
        return measured == 0
            ? default
            : new NetworkSum(measured, reader.GetFieldValue<BigInteger>(column + 1), reader.GetDouble(column + 2));
    }
}

using CloudManager.Core.Metering;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>
/// Summaries of samples, in DuckDB, by ranges of windows: exact quantiles hold every value they look at. Means are
/// sums of decimals: those of floats would differ in their last digits with the order in which rows were stored.
/// <c>quantile_disc</c> at a decimal 0.95 is the nearest rank, counted in whole numbers.
/// </summary>
internal sealed class UsageSummaries(MetricsFile file) : IUsageSummaries
{
    /// <summary>How many slots are looked at together: a month of 2,000 servers, 54 million values, half a gigabyte.</summary>
    private const long Together = 2_000L * 31 * Slots.PerDay;

    private const string Statement = """
        with wanted as (
            select unnest($numbers) as number, unnest($resources) as resource,
                unnest($firsts) as first, unnest($pasts) as past)
        select w.number,
            count(s.cpu), cast(sum(cast(cast(s.cpu as double) as decimal(18, 6))) as decimal(28, 6)),
            quantile_disc(s.cpu, 0.95), max(s.cpu), quantile_disc(s.cpu, 0.99),
            count(*) filter (s.cpu < $quiet), count(*) filter (s.cpu > $busy),
            count(s.memory), cast(sum(cast(cast(s.memory as double) as decimal(18, 6))) as decimal(28, 6)),
            quantile_disc(s.memory, 0.95), max(s.memory), quantile_disc(s.memory, 0.99),
            count(*) filter (s.memory < $quiet), count(*) filter (s.memory > $busy),
            count(s.disk), cast(sum(cast(cast(s.disk as double) as decimal(18, 6))) as decimal(28, 6)),
            quantile_disc(s.disk, 0.95), max(s.disk), quantile_disc(s.disk, 0.99),
            count(*) filter (s.disk < $quiet), count(*) filter (s.disk > $busy),
            count(coalesce(s.net_in, s.net_out)),
            avg(case when coalesce(s.net_in, s.net_out) is not null
                then coalesce(cast(s.net_in as double), 0) + coalesce(cast(s.net_out as double), 0) end),
            max(case when coalesce(s.net_in, s.net_out) is not null
                then coalesce(cast(s.net_in as double), 0) + coalesce(cast(s.net_out as double), 0) end)
        from sample s
        join wanted w on s.resource = w.resource and s.slot >= w.first and s.slot < w.past
        where s.slot >= $first and s.slot < $past and s.resource >= $low and s.resource <= $high
        group by w.number
        """;

    public async Task<IReadOnlyList<ServerUse>> ReadAsync(
        IReadOnlyList<DayWindow> windows,
        CancellationToken cancellationToken
    )
    {
        var uses = new List<ServerUse>(windows.Count);
        foreach (var part in Parts(windows))
        {
            uses.AddRange(await file.ReadAsync(connection => Read(connection, part), cancellationToken));
        }

        return uses;
    }

    private static IEnumerable<DayWindow[]> Parts(IReadOnlyList<DayWindow> windows)
    {
        var (first, slots) = (0, 0L);
        for (var i = 0; i < windows.Count; i++)
        {
            if (i > first && slots + windows[i].Slots > Together)
            {
                yield return [.. windows.Skip(first).Take(i - first)];
                (first, slots) = (i, 0);
            }

            slots += Math.Max(0, windows[i].Slots);
        }

        if (first < windows.Count)
        {
            yield return [.. windows.Skip(first)];
        }
    }

    private static ServerUse[] Read(DuckDBConnection connection, DayWindow[] windows)
    {
        var uses = Array.ConvertAll(windows, w => new ServerUse(w, MetricUse.None, MetricUse.None, MetricUse.None));
        var firsts = windows.Select(w => Slots.OfDay(w.From)).ToList();
        var pasts = windows.Select(w => Slots.OfDay(w.Until)).ToList();
        var resources = windows.Select(w => w.Resource.Number).ToList();
        var found = connection.Rows(
            Statement,
            r =>
                (
                    Number: r.GetInt32(0),
                    Cpu: Metric(r, 1),
                    Memory: Metric(r, 8),
                    Disk: Metric(r, 15),
                    Network: Network(r, 22)
                ),
            ("numbers", Enumerable.Range(0, windows.Length).ToList()),
            ("resources", resources),
            ("firsts", firsts),
            ("pasts", pasts),
            ("first", firsts.Min()),
            ("past", pasts.Max()),
            ("low", resources.Min()),
            ("high", resources.Max()),
            ("quiet", UseLevels.Quiet),
            ("busy", UseLevels.Busy)
        );
        foreach (var (number, cpu, memory, disk, network) in found)
        {
            uses[number] = new ServerUse(windows[number], cpu, memory, disk) { Network = network };
        }

        return uses;
    }

    private static MetricUse Metric(DuckDBDataReader reader, int column)
    {
        var measured = reader.GetInt64(column);
        return measured == 0
            ? MetricUse.None
            : new MetricUse(
                measured,
                (double)(reader.GetDecimal(column + 1) / measured),
                Measured.Widen(reader.GetFloat(column + 2)),
                Measured.Widen(reader.GetFloat(column + 3))
            )
            {
                P99 = Measured.Widen(reader.GetFloat(column + 4)),
                Below = reader.GetInt64(column + 5),
                Above = reader.GetInt64(column + 6),
            };
    }

    private static NetworkUse Network(DuckDBDataReader reader, int column)
    {
        var measured = reader.GetInt64(column);
        return measured == 0
            ? NetworkUse.None
            : new NetworkUse(measured, reader.GetDouble(column + 1), reader.GetDouble(column + 2));
    }
}

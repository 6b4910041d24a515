using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>The samples, in DuckDB: new ones in a table, those of closed months in the archive.</summary>
internal sealed class SampleStore(MetricsFile file) : ISampleStore
{
    /// <summary>How many values go to the database in one statement.</summary>
    private const int Portion = 20_000;

    public Task<SampleMark?> MarkAsync(PoolId pool, CancellationToken cancellationToken) =>
        file.ReadAsync(connection => Mark(connection, pool), cancellationToken);

    public Task<IReadOnlyList<HeldSlot>> HeldAsync(
        (ResourceId First, ResourceId Last) resources,
        SlotRange slots,
        CancellationToken cancellationToken
    ) =>
        file.ReadAsync<IReadOnlyList<HeldSlot>>(
            connection =>
            {
                var span = SampleSpan.Of(resources, slots);
                var held = connection.Rows(
                    $"select resource, slot from ({SampleSources.Find(connection, file.ArchiveFolder, span).Stored})",
                    r => new HeldSlot(new(r.GetInt64(0)), r.GetInt64(1))
                );
                held.AddRange(DailySummaries.GivenUp(connection, span));
                return held;
            },
            cancellationToken
        );

    public Task<IReadOnlyDictionary<ResourceId, long>> CountAsync(
        (ResourceId First, ResourceId Last) resources,
        SlotRange slots,
        CancellationToken cancellationToken
    ) =>
        file.ReadAsync<IReadOnlyDictionary<ResourceId, long>>(
            connection =>
            {
                var span = SampleSpan.Of(resources, slots);
                var from = SampleSources.Find(connection, file.ArchiveFolder, span).Stored;
                var counts = connection
                    .Rows(
                        $"select resource, count(*) from ({from}) group by resource",
                        r => (Resource: new ResourceId(r.GetInt64(0)), Count: r.GetInt64(1))
                    )
                    .ToDictionary(count => count.Resource, count => count.Count);
                foreach (var held in DailySummaries.GivenUp(connection, span))
                {
                    counts[held.Resource] = counts.GetValueOrDefault(held.Resource) + 1;
                }

                return counts;
            },
            cancellationToken
        );

    public Task<bool> SaveAsync(SampleChunk chunk, CancellationToken cancellationToken) =>
        file.WriteAsync(
            connection =>
            {
                if (Mark(connection, chunk.Pool) != chunk.Before)
                {
                    return false;
                }

                Append(connection, chunk.Rows.Span);
                SetAside(connection, chunk.Pool, chunk.SetAside);
                Move(connection, chunk);
                return true;
            },
            cancellationToken
        );

    public Task<IReadOnlyList<SampleRow>> ReadAsync(
        ResourceId resource,
        SlotRange slots,
        CancellationToken cancellationToken
    ) =>
        file.ReadAsync<IReadOnlyList<SampleRow>>(
            connection =>
            {
                var span = SampleSpan.Of((resource, resource), slots);
                return connection.Rows(
                    $"""
                    select slot, cpu, memory, disk, net_in, net_out
                    from ({SampleSources.Find(connection, file.ArchiveFolder, span).Floats}) order by slot
                    """,
                    r => new SampleRow(
                        resource,
                        r.GetInt64(0),
                        r.FloatOrNull(1),
                        r.FloatOrNull(2),
                        r.FloatOrNull(3),
                        r.FloatOrNull(4),
                        r.FloatOrNull(5)
                    )
                );
            },
            cancellationToken
        );

    // A day of China begins 28,800,000 ms before that of UTC.
    public Task<IReadOnlyList<SetAsideCount>> SetAsideAsync(CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<SetAsideCount>>(
            connection =>
                connection.Rows(
                    """
                    select pool, cast(floor((instant + 28800000) / 86400000.0) as bigint) as day, metric, reason, count(*)
                    from set_aside group by all order by all
                    """,
                    r => new SetAsideCount(
                        new(r.GetString(0)),
                        DateOnly.FromDayNumber(
                            (int)(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + r.GetInt64(1))
                        ),
                        r.GetString(2) is { Length: > 0 } metric ? Enum.Parse<Metric>(metric) : null,
                        Enum.Parse<SetAsideReason>(r.GetString(3)),
                        r.GetInt64(4)
                    )
                ),
            cancellationToken
        );

    private static SampleMark? Mark(DuckDBConnection connection, PoolId pool) =>
        connection
            .Rows(
                "select slot, version from mark where pool = $pool",
                r => new SampleMark(r.GetInt64(0), r.GetInt64(1)),
                ("pool", pool.Value)
            )
            .SingleOrDefault();

    private static void Append(DuckDBConnection connection, ReadOnlySpan<SampleRow> rows)
    {
        if (rows.IsEmpty)
        {
            return;
        }

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

    /// <summary>Notes each value once, however often it was delivered.</summary>
    private static void SetAside(DuckDBConnection connection, PoolId pool, IReadOnlyList<SetAside> values)
    {
        foreach (var part in values.Distinct().Chunk(Portion))
        {
            connection.Run(
                """
                insert into set_aside (pool, server, instant, metric, reason)
                select $pool, server, instant, metric, reason
                from (
                    select unnest($servers) as server, unnest($instants) as instant,
                        unnest($metrics) as metric, unnest($reasons) as reason) fresh
                where not exists (
                    select 1 from set_aside known
                    where known.pool = $pool and known.server = fresh.server and known.instant = fresh.instant
                        and known.metric = fresh.metric and known.reason = fresh.reason)
                """,
                ("pool", pool.Value),
                ("servers", part.Select(v => v.Server).ToList()),
                ("instants", part.Select(v => v.At.ToUnixTimeMilliseconds()).ToList()),
                ("metrics", part.Select(v => v.Metric?.ToString() ?? "").ToList()),
                ("reasons", part.Select(v => v.Reason.ToString()).ToList())
            );
        }
    }

    private static void Move(DuckDBConnection connection, SampleChunk chunk)
    {
        var sql = chunk.Before is null
            ? "insert into mark (pool, slot, version) values ($pool, $slot, $version)"
            : "update mark set slot = $slot, version = $version where pool = $pool";
        connection.Run(sql, ("pool", chunk.Pool.Value), ("slot", chunk.After.Slot), ("version", chunk.After.Version));
    }
}

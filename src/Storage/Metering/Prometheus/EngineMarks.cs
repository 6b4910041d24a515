using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>How far pools are collected and what was set aside, in the books, which every process shares.</summary>
internal sealed class EngineMarks(IBooks books)
{
    /// <summary>How many values go to the database in one statement.</summary>
    private const int Portion = 5_000;

    private const string Known = "select slot, version from metering_mark where pool = @Value";

    private const string Counts = """
        select pool, day, metric, reason, count(*) as count
        from (
            select pool, metric, reason, (instant + 28800000) / 86400000 as day
            from metering_set_aside) values_set_aside
        group by pool, day, metric, reason order by pool, day, metric, reason
        """;

    public Task<SampleMark?> MarkAsync(PoolId pool, CancellationToken cancellationToken) =>
        books.ReadAsync((t, c) => MarkAsync(t, pool, c), cancellationToken);

    /// <summary>Moves the mark and notes what was set aside; false, and nothing is noted, if somebody else moved it.</summary>
    public Task<bool> MoveAsync(SampleChunk chunk, CancellationToken cancellationToken) =>
        books.KeepAsync(
            Origin.Platform,
            async (transaction, token) =>
            {
                if (await MarkAsync(transaction, chunk.Pool, token) != chunk.Before)
                {
                    return false;
                }

                await NoteAsync(transaction, chunk, token);
                await transaction.ExecuteAsync(
                    """
                    insert into metering_mark (pool, slot, version) values (@Value, @Slot, @Version)
                    on conflict (pool) do update set slot = @Slot, version = @Version
                    """,
                    new
                    {
                        chunk.Pool.Value,
                        chunk.After.Slot,
                        chunk.After.Version,
                    },
                    token
                );
                return true;
            },
            cancellationToken
        );

    // A day of China begins 28,800,000 ms before that of UTC; both databases divide whole numbers as whole numbers.
    public async Task<IReadOnlyList<SetAsideCount>> CountsAsync(CancellationToken cancellationToken)
    {
        var rows = await books.ReadAsync((t, c) => t.QueryAsync<CountRow>(Counts, null, c), cancellationToken);
        return [.. rows.Select(r => r.ToCount())];
    }

    private static async Task<SampleMark?> MarkAsync(
        ITransaction transaction,
        PoolId pool,
        CancellationToken cancellationToken
    )
    {
        var row = await transaction.FirstOrDefaultAsync<MarkRow>(Known, new { pool.Value }, cancellationToken);
        return row is null ? null : new SampleMark(row.Slot, row.Version);
    }

    private static async Task NoteAsync(
        ITransaction transaction,
        SampleChunk chunk,
        CancellationToken cancellationToken
    )
    {
        var rows = transaction
            .Dialect()
            .RowsOf("@values", [("server", "text"), ("instant", "bigint"), ("metric", "text"), ("reason", "text")]);
        foreach (var part in chunk.SetAside.Chunk(Portion))
        {
            var values = part.Select(v => new
            {
                // No column of PostgreSQL holds U+0000.
                server = v.Server.Replace('\0', '\uFFFD'),
                instant = v.At.ToUnixTimeMilliseconds(),
                metric = v.Metric?.ToString() ?? "",
                reason = v.Reason.ToString(),
            });
            await transaction.ExecuteAsync(
                $"""
                insert into metering_set_aside (pool, server, instant, metric, reason)
                select distinct @Value, server, instant, metric, reason from {rows} where true
                on conflict do nothing
                """,
                new { chunk.Pool.Value, values = Json.Write(values) },
                cancellationToken
            );
        }
    }

    private sealed class MarkRow
    {
        public long Slot { get; init; }
        public long Version { get; init; }
    }

    private sealed class CountRow
    {
        public string Pool { get; init; } = "";
        public long Day { get; init; }
        public string Metric { get; init; } = "";
        public string Reason { get; init; } = "";
        public long Count { get; init; }

        public SetAsideCount ToCount() =>
            new(
                new(Pool),
                DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)Day),
                Metric.Length > 0 ? Enum.Parse<Metric>(Metric) : null,
                Enum.Parse<SetAsideReason>(Reason),
                Count
            );
    }
}

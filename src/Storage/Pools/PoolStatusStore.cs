using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Pools;

/// <summary>The pools' status, in the books.</summary>
internal sealed class PoolStatusStore : IPoolStatusStore
{
    public async Task<IReadOnlyDictionary<PoolId, PoolStatus>> AllAsync(
        ITransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>("select pool, status from pool_status", null, cancellationToken);
        return rows.ToDictionary(r => new PoolId(r.Pool), r => Enum.Parse<PoolStatus>(r.Status));
    }

    public Task SetAsync(
        ITransaction transaction,
        PoolId pool,
        PoolStatus status,
        CancellationToken cancellationToken
    ) =>
        transaction.ExecuteAsync(
            """
            insert into pool_status (pool, status) values (@Pool, @Status)
            on conflict (pool) do update set status = excluded.status
            """,
            new { Pool = pool.Value, Status = status.ToString() },
            cancellationToken
        );

    private sealed class Row
    {
        public string Pool { get; init; } = "";
        public string Status { get; init; } = "";
    }
}

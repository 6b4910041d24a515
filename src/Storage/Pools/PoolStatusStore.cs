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

    public async Task<IReadOnlyDictionary<PoolId, string>> EvidenceAsync(
        ITransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            "select pool, evidence as status from pool_status where evidence is not null",
            null,
            cancellationToken
        );
        return rows.ToDictionary(r => new PoolId(r.Pool), r => r.Status);
    }

    public Task SetAsync(
        ITransaction transaction,
        PoolId pool,
        PoolStatus status,
        string? evidence,
        CancellationToken cancellationToken
    ) =>
        transaction.ExecuteAsync(
            """
            insert into pool_status (pool, status, evidence) values (@Pool, @Status, @Evidence)
            on conflict (pool) do update
            set status = excluded.status, evidence = coalesce(excluded.evidence, pool_status.evidence)
            """,
            new
            {
                Pool = pool.Value,
                Status = status.ToString(),
                Evidence = evidence,
            },
            cancellationToken
        );

    private sealed class Row
    {
        public string Pool { get; init; } = "";
        public string Status { get; init; } = "";
    }
}

using CloudManager.Core.Kernel;

namespace CloudManager.Storage.Books;

/// <summary>Uses of Idempotency-Keys, in the books.</summary>
internal sealed class OnceStore : IOnceStore
{
    public async Task<Once?> FindAsync(
        ITransaction transaction,
        string account,
        string key,
        CancellationToken cancellationToken
    )
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            "select fingerprint, subject_id, at from once_key where account = @account and key = @key",
            new { account, key },
            cancellationToken
        );
        return row is null
            ? null
            : new Once(account, key, row.Fingerprint, row.SubjectId, DateTimeOffset.FromUnixTimeMilliseconds(row.At));
    }

    public Task AddAsync(ITransaction transaction, Once once, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            insert into once_key (account, key, fingerprint, subject_id, at)
            values (@Account, @Key, @Fingerprint, @SubjectId, @At)
            """,
            new
            {
                once.Account,
                once.Key,
                once.Fingerprint,
                once.SubjectId,
                At = once.At.ToUnixTimeMilliseconds(),
            },
            cancellationToken
        );

    private sealed class Row
    {
        public string Fingerprint { get; init; } = "";
        public string SubjectId { get; init; } = "";
        public long At { get; init; }
    }
}

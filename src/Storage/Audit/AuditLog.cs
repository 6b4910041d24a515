using CloudManager.Core.Audit;
using CloudManager.Core.Kernel;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Audit;

/// <summary>The audit trail in the books.</summary>
internal sealed class AuditLog : IAuditLog
{
    private const string Columns = """
        sequence, at, account, organisation, address, correlation, action, subject_kind, subject_id, outcome,
        before_json, after_json, previous_hash, hash
        """;

    public async Task<Page<AuditEntry>> ListAsync(
        ITransaction transaction,
        DateTimeOffset from,
        DateTimeOffset until,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            $"""
            select {Columns} from audit_entry
            where at >= @From and at < @Until and sequence > @After order by sequence limit @Limit
            """,
            new
            {
                From = from.ToUnixTimeMilliseconds(),
                Until = until.ToUnixTimeMilliseconds(),
                After = Paging.After(page, 0),
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(ToEntry)], page, e => e.Sequence);
    }

    public async IAsyncEnumerable<AuditEntry> ReadAllAsync(
        ITransaction transaction,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var rows = transaction.StreamAsync<Row>($"select {Columns} from audit_entry order by sequence", null);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            yield return ToEntry(row);
        }
    }

    public Task<AuditHead> HeadAsync(ITransaction transaction, CancellationToken cancellationToken) =>
        ReadHeadAsync(transaction, cancellationToken);

    internal static async Task<AuditHead> ReadHeadAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var row = await transaction.FirstOrDefaultAsync<HeadRow>(
            "select sequence, hash from audit_head where id = 1",
            null,
            cancellationToken
        );
        return row is null ? AuditHead.Genesis : new AuditHead(row.Sequence, row.Hash);
    }

    internal static Task SaveHeadAsync(ITransaction transaction, AuditHead head, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            insert into audit_head (id, sequence, hash) values (1, @Sequence, @Hash)
            on conflict (id) do update set sequence = excluded.sequence, hash = excluded.hash
            """,
            new { head.Sequence, head.Hash },
            cancellationToken
        );

    internal static Task AppendAsync(ITransaction transaction, AuditEntry entry, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            $"""
            insert into audit_entry ({Columns})
            values (@Sequence, @AtMs, @Account, @Organisation, @Address, @Correlation, @Action, @SubjectKind,
                @SubjectId, @Outcome, @Before, @After, @PreviousHash, @Hash)
            """,
            new
            {
                entry.Sequence,
                AtMs = entry.At.ToUnixTimeMilliseconds(),
                entry.Account,
                entry.Organisation,
                entry.Address,
                entry.Correlation,
                entry.Action,
                entry.SubjectKind,
                entry.SubjectId,
                entry.Outcome,
                entry.Before,
                entry.After,
                entry.PreviousHash,
                entry.Hash,
            },
            cancellationToken
        );

    private static AuditEntry ToEntry(Row row) =>
        new()
        {
            Sequence = row.Sequence,
            At = DateTimeOffset.FromUnixTimeMilliseconds(row.At),
            Account = row.Account,
            Organisation = row.Organisation,
            Address = row.Address,
            Correlation = row.Correlation,
            Action = row.Action,
            SubjectKind = row.SubjectKind,
            SubjectId = row.SubjectId,
            Outcome = row.Outcome,
            Before = row.BeforeJson,
            After = row.AfterJson,
            PreviousHash = row.PreviousHash,
            Hash = row.Hash,
        };

    private sealed class HeadRow
    {
        public long Sequence { get; init; }
        public string Hash { get; init; } = "";
    }

    private sealed class Row
    {
        public long Sequence { get; init; }
        public long At { get; init; }
        public string? Account { get; init; }
        public string? Organisation { get; init; }
        public string? Address { get; init; }
        public string? Correlation { get; init; }
        public string Action { get; init; } = "";
        public string SubjectKind { get; init; } = "";
        public string SubjectId { get; init; } = "";
        public string Outcome { get; init; } = "";
        public string? BeforeJson { get; init; }
        public string? AfterJson { get; init; }
        public string PreviousHash { get; init; } = "";
        public string Hash { get; init; } = "";
    }
}

using CloudManager.Core.Kernel;

namespace CloudManager.Core.Audit;

/// <summary>The audit trail as it is kept.</summary>
public interface IAuditLog
{
    /// <summary>Entries in [from, until), in order of sequence.</summary>
    Task<Page<AuditEntry>> ListAsync(
        ITransaction transaction,
        DateTimeOffset from,
        DateTimeOffset until,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>All entries in order of sequence, streamed.</summary>
    IAsyncEnumerable<AuditEntry> ReadAllAsync(ITransaction transaction, CancellationToken cancellationToken);

    /// <summary>The head as the books hold it.</summary>
    Task<AuditHead> HeadAsync(ITransaction transaction, CancellationToken cancellationToken);
}

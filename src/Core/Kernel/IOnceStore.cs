namespace CloudManager.Core.Kernel;

/// <summary>What creating calls made under which Idempotency-Key, so that a repeated one makes nothing twice.</summary>
public interface IOnceStore
{
    /// <summary>What the account made under the key; null if nothing yet.</summary>
    Task<Once?> FindAsync(ITransaction transaction, string account, string key, CancellationToken cancellationToken);

    Task AddAsync(ITransaction transaction, Once once, CancellationToken cancellationToken);
}

/// <summary>One use of an Idempotency-Key.</summary>
/// <param name="Account">Whose key.</param>
/// <param name="Key">The key, 1 to 100 characters.</param>
/// <param name="Fingerprint">A hash of the call it was used for.</param>
/// <param name="SubjectId">What the call made.</param>
/// <param name="At">Machine time of the call.</param>
public sealed record Once(string Account, string Key, string Fingerprint, string SubjectId, DateTimeOffset At);

namespace CloudManager.Core.Kernel;

/// <summary>
/// The books: everything the platform must not forget, behind transactions. Stores take the transaction explicitly.
/// </summary>
public interface IBooks
{
    /// <summary>
    /// Runs the work in one writing transaction. Done: it commits, together with an audit entry per recorded trace (one
    /// for the intent if there is none). Refused: everything is rolled back but one audit entry of the attempt. Thrown:
    /// everything is rolled back.
    /// </summary>
    Task<Result<T>> ChangeAsync<T>(
        Intent intent,
        Func<ITransaction, CancellationToken, Task<Result<T>>> work,
        CancellationToken cancellationToken
    );

    /// <summary>Runs the work on one consistent snapshot; it writes nothing.</summary>
    Task<T> ReadAsync<T>(Func<ITransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Runs work of the engine's own (leases, polls) in one writing transaction. Only what it records becomes an audit
    /// entry: a poll that found nothing new is no change of anything.
    /// </summary>
    Task<T> KeepAsync<T>(
        Origin origin,
        Func<ITransaction, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    );
}

/// <summary>One transaction over the books.</summary>
public interface ITransaction
{
    /// <summary>Notes a change for the audit trail; it becomes an entry in this transaction.</summary>
    void Record(Trace trace);
}

/// <summary>Who wants what done to which thing.</summary>
/// <param name="By">Who, and from where.</param>
/// <param name="Action">The verb, e.g. <c>request.accept</c>.</param>
/// <param name="Subject">The thing.</param>
public sealed record Intent(Origin By, string Action, Subject Subject);

/// <summary>What an audit entry is about.</summary>
/// <param name="Kind">The kind of thing, e.g. <c>request</c>.</param>
/// <param name="Id">Its id; empty for one that does not exist yet.</param>
public sealed record Subject(string Kind, string Id);

/// <summary>Where a change came from.</summary>
/// <param name="Account">The account's name; null for the platform itself.</param>
/// <param name="Organisation">The organisation's code, if the account belongs to one.</param>
/// <param name="Address">The network address, if it came over the network.</param>
/// <param name="Correlation">The id that ties it to the logs.</param>
public sealed record Origin(string? Account, string? Organisation, string? Address, string? Correlation)
{
    /// <summary>The platform acting by itself.</summary>
    public static Origin Platform { get; } = new(null, null, null, null);
}

/// <summary>One change: what was, what is. Both become JSON in the audit trail.</summary>
public sealed record Trace(string Action, Subject Subject, object? Before, object? After);

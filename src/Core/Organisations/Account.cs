using CloudManager.Core.Kernel;

namespace CloudManager.Core.Organisations;

/// <summary>A local account. Lock-out and sessions run on machine time.</summary>
public sealed record Account
{
    /// <summary>The most failed sign-ins in a row before the account locks.</summary>
    public const int MaxFailures = 5;

    /// <summary>How long it then stays locked.</summary>
    public static readonly TimeSpan LockOut = TimeSpan.FromMinutes(15);

    public required string Name { get; init; }

    /// <summary>The organisation's code; null for platform staff.</summary>
    public string? Organisation { get; init; }

    public required IReadOnlyList<Role> Roles { get; init; }

    public required string PasswordHash { get; init; }

    public int Failures { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Whether the next sign-in only serves to set a password of one's own.</summary>
    public bool MustChangePassword { get; init; }

    public bool IsLocked(DateTimeOffset now) => LockedUntil > now;

    /// <summary>The account after a wrong password.</summary>
    public Account Failed(DateTimeOffset now) =>
        Failures + 1 >= MaxFailures
            ? this with
            {
                Failures = 0,
                LockedUntil = now + LockOut,
            }
            : this with
            {
                Failures = Failures + 1,
            };

    /// <summary>The account after the right password.</summary>
    public Account SignedIn() => this with { Failures = 0, LockedUntil = null };
}

/// <summary>A signed-in session. Only the token's hash is kept.</summary>
public sealed record Session(string TokenHash, string Account, DateTimeOffset ExpiresAt);

/// <summary>Accounts and sessions.</summary>
public interface IAccountStore
{
    Task<Account?> FindAsync(ITransaction transaction, string name, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces the account.</summary>
    Task SaveAsync(ITransaction transaction, Account account, CancellationToken cancellationToken);

    Task<Page<Account>> ListAsync(ITransaction transaction, PageRequest page, CancellationToken cancellationToken);
}

/// <summary>Sessions of accounts.</summary>
public interface ISessionStore
{
    Task OpenAsync(ITransaction transaction, Session session, CancellationToken cancellationToken);

    /// <summary>Who holds this token; null if there is no such session or it has ended.</summary>
    Task<Actor?> FindAsync(
        ITransaction transaction,
        string tokenHash,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    Task CloseAsync(ITransaction transaction, string tokenHash, CancellationToken cancellationToken);

    /// <summary>Ends all sessions of an account.</summary>
    Task CloseAllAsync(ITransaction transaction, string account, CancellationToken cancellationToken);
}

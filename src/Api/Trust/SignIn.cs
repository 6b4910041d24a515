using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Trust;

/// <summary>A session just opened; the token is shown this once.</summary>
internal sealed record Opened(string Token, DateTimeOffset ExpiresAt);

/// <summary>
/// Signs an account in: five wrong passwords in a row lock it for fifteen minutes of machine time. Nothing tells an
/// unknown account from a wrong password.
/// </summary>
internal sealed class SignIn(
    IBooks books,
    IAccountStore accounts,
    ISessionStore sessions,
    Passwords passwords,
    MachineClock clock
)
{
    private static readonly Unauthenticated Wrong = new(
        "session.wrongPassword",
        ("账号或密码错误", "the account or the password is wrong")
    );

    private static readonly Locked IsLocked = new(
        "session.locked",
        ("账号已锁定，请稍后再试或联系安全管理员", "the account is locked; try later or ask the security administrator")
    );

    public async Task<Result<Opened>> ExecuteAsync(
        Origin origin,
        (string Account, string Password) claimed,
        CancellationToken cancellationToken
    )
    {
        var seen = await books.ReadAsync((t, c) => accounts.FindAsync(t, claimed.Account, c), cancellationToken);
        // Hashing takes its time, so it is done before the transaction; what was seen is compared again inside.
        var right = passwords.Verify(claimed.Account, seen?.PasswordHash, claimed.Password);
        if (seen is null)
        {
            return await RefuseAsync(origin, claimed.Account, Wrong, cancellationToken);
        }

        if (seen.IsLocked(clock.Now))
        {
            return await RefuseAsync(origin, claimed.Account, IsLocked, cancellationToken);
        }

        var intent = new Intent(origin, "session.open", new Subject("account", seen.Name));
        var outcome = await books.ChangeAsync<(Opened? Opened, Refusal? Refusal)>(
            intent,
            async (transaction, token) => await DecideAsync(transaction, seen, right, token),
            cancellationToken
        );
        if (outcome.Refusal is { } refusal)
        {
            return refusal;
        }

        return outcome.Value.Opened is { } opened ? opened : outcome.Value.Refusal!;
    }

    private async Task<Result<(Opened?, Refusal?)>> DecideAsync(
        ITransaction transaction,
        Account seen,
        bool right,
        CancellationToken cancellationToken
    )
    {
        var account = await accounts.FindAsync(transaction, seen.Name, cancellationToken);
        if (account is null || account.IsLocked(clock.Now))
        {
            return IsLocked;
        }

        var subject = new Subject("account", account.Name);
        if (!right || account.PasswordHash != seen.PasswordHash)
        {
            // Committed, not refused: the failure must be counted.
            var failed = account.Failed(clock.Now);
            await accounts.SaveAsync(transaction, failed, cancellationToken);
            transaction.Record(
                new("session.wrongPassword", subject, null, new { failed.Failures, failed.LockedUntil })
            );
            return (null, failed.IsLocked(clock.Now) ? IsLocked : Wrong);
        }

        var opened = new Opened(Tokens.Create(), clock.Now + Tokens.Life);
        if (account.SignedIn() is var signedIn && signedIn != account)
        {
            await accounts.SaveAsync(transaction, signedIn, cancellationToken);
        }

        var session = new Session(Tokens.HashOf(opened.Token), account.Name, opened.ExpiresAt);
        await sessions.OpenAsync(transaction, session, cancellationToken);
        transaction.Record(new("session.open", subject, null, new { opened.ExpiresAt }));
        return (opened, null);
    }

    /// <summary>A name that is no account's is cut, so that nobody fills the trail with texts.</summary>
    private async Task<Result<Opened>> RefuseAsync(
        Origin origin,
        string account,
        Refusal refusal,
        CancellationToken cancellationToken
    )
    {
        var name = account.Length > 40 ? account[..40] : account;
        var intent = new Intent(origin, "session.open", new Subject("account", name));
        return await books.ChangeAsync<Opened>(
            intent,
            (_, _) => Task.FromResult<Result<Opened>>(refusal),
            cancellationToken
        );
    }
}

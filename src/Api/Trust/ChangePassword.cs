using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Trust;

/// <summary>Sets a password of one's own. Every session of the account ends, this one too.</summary>
internal sealed class ChangePassword(
    IBooks books,
    IAccountStore accounts,
    ISessionStore sessions,
    Passwords passwords,
    MachineClock clock
)
{
    private static readonly Forbidden WrongCurrent = new(
        "account.wrongPassword",
        ("当前密码错误", "the present password is wrong")
    );

    public async Task<Result<Done>> ExecuteAsync(
        Caller caller,
        string current,
        string password,
        CancellationToken cancellationToken
    )
    {
        var name = caller.Actor.Account;
        var intent = caller.Wants("account.changePassword", "account", name);
        if (Refuse(current, password) is { } refusal)
        {
            return await books.ChangeAsync<Done>(
                intent,
                (_, _) => Task.FromResult<Result<Done>>(refusal),
                cancellationToken
            );
        }

        var seen = await books.ReadAsync((t, c) => accounts.FindAsync(t, name, c), cancellationToken);
        var right = passwords.Verify(name, seen?.PasswordHash, current);
        var hash = passwords.Hash(name, password);
        var outcome = await books.ChangeAsync<Refusal?>(
            intent,
            async (transaction, token) =>
            {
                var account = await accounts.FindAsync(transaction, name, token);
                var stands = account is not null && !account.IsLocked(clock.Now);
                return stands && right && account!.PasswordHash == seen!.PasswordHash
                    ? await SetAsync(transaction, account, hash, token)
                    : await CountAsync(transaction, account, token);
            },
            cancellationToken
        );
        var no = outcome.Refusal ?? outcome.Value;
        return no is null ? Done.Now : no;
    }

    private static Refusal? Refuse(string current, string password)
    {
        var check = new Check();
        // The value is left out: a password stands in no answer.
        if (password.Length is < Passwords.Shortest or > Passwords.Longest || password == current)
        {
            check.Fault(
                "password",
                null,
                (
                    $"{Passwords.Shortest} 至 {Passwords.Longest} 个字符，且不同于当前密码",
                    $"{Passwords.Shortest} to {Passwords.Longest} characters, and another than the present one"
                )
            );
        }

        if (current.Length > Passwords.Longest)
        {
            check.Fault("current", null, ("当前密码", "the present password"));
        }

        return check.IsClean ? null : check.Refusal("account.passwordWeak");
    }

    private async Task<Result<Refusal?>> SetAsync(
        ITransaction transaction,
        Account account,
        string hash,
        CancellationToken cancellationToken
    )
    {
        var changed = account.SignedIn() with { PasswordHash = hash, MustChangePassword = false };
        await accounts.SaveAsync(transaction, changed, cancellationToken);
        await sessions.CloseAllAsync(transaction, account.Name, cancellationToken);
        transaction.Record(new("account.changePassword", new("account", account.Name), null, null));
        return Result.Of<Refusal?>(null);
    }

    /// <summary>A stolen token must not serve to guess the password, so a wrong one counts here too.</summary>
    private async Task<Result<Refusal?>> CountAsync(
        ITransaction transaction,
        Account? account,
        CancellationToken cancellationToken
    )
    {
        if (account is null)
        {
            return Result.Of<Refusal?>(WrongCurrent);
        }

        var failed = account.IsLocked(clock.Now) ? account : account.Failed(clock.Now);
        await accounts.SaveAsync(transaction, failed, cancellationToken);
        if (failed.IsLocked(clock.Now))
        {
            await sessions.CloseAllAsync(transaction, account.Name, cancellationToken);
        }

        var facts = new { failed.Failures, failed.LockedUntil };
        transaction.Record(new("account.wrongPassword", new("account", account.Name), null, facts));
        return Result.Of<Refusal?>(WrongCurrent);
    }
}

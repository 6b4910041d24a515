using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Trust;

/// <summary>What the security administrator (安全管理员) does to accounts: locks, unlocks, ends their sessions.</summary>
internal sealed class GuardAccount(IBooks books, IAccountStore accounts, ISessionStore sessions)
{
    /// <summary>Until somebody unlocks it.</summary>
    private static readonly DateTimeOffset ForGood = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Task<Result<Account>> LockAsync(Caller caller, string name, CancellationToken cancellationToken) =>
        ChangeAsync(caller, ("account.lock", name), a => a with { LockedUntil = ForGood }, cancellationToken);

    public Task<Result<Account>> UnlockAsync(Caller caller, string name, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller,
            ("account.unlock", name),
            a => a with { LockedUntil = null, Failures = 0 },
            cancellationToken
        );

    public Task<Result<Account>> RevokeAsync(Caller caller, string name, CancellationToken cancellationToken) =>
        ChangeAsync(caller, ("account.revokeSessions", name), a => a, cancellationToken);

    private Task<Result<Account>> ChangeAsync(
        Caller caller,
        (string Action, string Name) what,
        Func<Account, Account> change,
        CancellationToken cancellationToken
    ) =>
        books.ChangeAsync<Account>(
            caller.Wants(what.Action, "account", what.Name.Length > 40 ? what.Name[..40] : what.Name),
            async (transaction, token) =>
            {
                if (await accounts.FindAsync(transaction, what.Name, token) is not { } account)
                {
                    return new NotFound("account.notFound", ("没有此账号", "there is no such account"));
                }

                if (account.Name == caller.Actor.Account)
                {
                    return new Conflict("account.own", ("不能对本账号操作", "not on one's own account"));
                }

                var changed = change(account);
                await accounts.SaveAsync(transaction, changed, token);
                if (what.Action != "account.unlock")
                {
                    await sessions.CloseAllAsync(transaction, account.Name, token);
                }

                var subject = new Subject("account", account.Name);
                transaction.Record(new(what.Action, subject, new { account.LockedUntil }, new { changed.LockedUntil }));
                return changed;
            },
            cancellationToken
        );
}

using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Organisations;

/// <summary>
/// Accounts: the system administrator registers them, the security administrator locks them and ends their sessions
/// (三员分立).
/// </summary>
internal sealed class AccountsApi(IBooks books, IAccountStore accounts, GuardAccount guard) : IStation
{
    private const string List = "accounts";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts", ListAsync).ByRole(Role.Sysadmin, Role.Secadmin).Produces<PageView<AccountView>>();
        api.MapPost(
                "/accounts/{name}/lock",
                (Caller c, string name, CancellationToken t) => GuardAsync(guard.LockAsync(c, name, t))
            )
            .ByRole(Role.Secadmin);
        api.MapPost(
                "/accounts/{name}/unlock",
                (Caller c, string name, CancellationToken t) => GuardAsync(guard.UnlockAsync(c, name, t))
            )
            .ByRole(Role.Secadmin);
        api.MapPost(
                "/accounts/{name}/revoke-sessions",
                (Caller c, string name, CancellationToken t) => GuardAsync(guard.RevokeAsync(c, name, t))
            )
            .ByRole(Role.Secadmin);
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        return query.Refusal is { } refusal
            ? Answers.Refused(refusal)
            : Answers.Of(
                List,
                await books.ReadAsync((t, c) => accounts.ListAsync(t, page, c), cancellationToken),
                AccountView.Of
            );
    }

    private static async Task<IResult> GuardAsync(Task<Result<Account>> guarded) =>
        Answers.Of(await guarded, AccountView.Of);
}

/// <summary>Registers accounts, each with a password to be used once.</summary>
internal sealed class NewAccountsApi(
    IAccountStore accounts,
    RegisterAccount register,
    Passwords passwords,
    Creations creations
) : IStation
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/accounts", RegisterAsync)
            .ByRole(Role.Sysadmin)
            .Shows(new AccountBody("tenant-c", [Role.Officer], "tenant-c"))
            .Produces<NewAccountView>(StatusCodes.Status201Created);

    /// <summary>The answer shows the one-time password once; a repeated call does not show it again.</summary>
    private Task<IResult> RegisterAsync(Caller caller, AccountBody body, CancellationToken cancellationToken)
    {
        var password = Passwords.Random();
        var wanted = new Account
        {
            Name = body.Name,
            Organisation = body.Organisation,
            Roles = body.Roles,
            PasswordHash = passwords.Hash(body.Name, password),
            MustChangePassword = true,
        };
        var creation = new Creation<Account>
        {
            Intent = caller.Wants("account.register", "account", ""),
            Body = body,
            Make = (transaction, token) => register.ExecuteAsync(transaction, wanted, token),
            IdOf = made => made.Name,
            Find = accounts.FindAsync,
        };
        return creations.RunAsync(
            caller,
            creation,
            made => new NewAccountView(
                made.Name,
                made.Organisation,
                made.Roles,
                made.PasswordHash == wanted.PasswordHash ? password : null
            ),
            cancellationToken
        );
    }
}

internal sealed record AccountBody(string Name, IReadOnlyList<Role> Roles, string? Organisation = null);

internal sealed record NewAccountView(string Name, string? Organisation, IReadOnlyList<Role> Roles, string? Password);

internal sealed record AccountView(
    string Name,
    string? Organisation,
    IReadOnlyList<Role> Roles,
    DateTimeOffset? LockedUntil,
    bool MustChangePassword
)
{
    public static AccountView Of(Account account) =>
        new(account.Name, account.Organisation, account.Roles, account.LockedUntil, account.MustChangePassword);
}

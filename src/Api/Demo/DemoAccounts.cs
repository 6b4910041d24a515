using CloudManager.Api.Trust;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Demo;

/// <summary>The accounts of the demonstration: one per party and role, all with the same password.</summary>
internal sealed class DemoAccounts(IBooks books, IAccountStore accounts, RegisterAccount register, Passwords passwords)
{
    private const string Variable = "CLOUDMANAGER_DEMO_PASSWORD";

    /// <summary>Makes the accounts, or gives them the password of the environment; says what to sign in with.</summary>
    public async Task<IReadOnlyList<string>> PrepareAsync(CancellationToken cancellationToken)
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        var wanted = (await DemoData.ProvinceAsync(cancellationToken)).Accounts;
        var known = await books.ReadAsync((t, c) => accounts.FindAsync(t, wanted[0].Name, c), cancellationToken);
        var names = $"账号 / accounts: {string.Join(", ", wanted.Select(a => a.Name))}";
        if (known is null)
        {
            var password = string.IsNullOrEmpty(given) ? Passwords.Random() : given;
            await AddAsync(wanted, (password, MustChange: false), cancellationToken);
            return [names, $"密码 / password: {(password == given ? $"${Variable}" : password)}"];
        }

        if (string.IsNullOrEmpty(given))
        {
            return [names, "密码同首次启动 / the password is that of the first start"];
        }

        if (!passwords.Verify(known.Name, known.PasswordHash, given))
        {
            await SetAsync([.. wanted.Select(a => a.Name)], given, cancellationToken);
        }

        return [names, $"密码 / password: ${Variable}"];
    }

    public async Task AddAsync(
        IReadOnlyList<DemoAccount> wanted,
        (string Password, bool MustChange) sign,
        CancellationToken cancellationToken
    )
    {
        var hashes = await HashAsync([.. wanted.Select(a => a.Name)], sign.Password);
        await ChangeAsync(
            async (transaction, token) =>
            {
                for (var i = 0; i < wanted.Count; i++)
                {
                    var account = new Account
                    {
                        Name = wanted[i].Name,
                        Organisation = wanted[i].Organisation,
                        Roles = wanted[i].Roles,
                        PasswordHash = hashes[i],
                        MustChangePassword = sign.MustChange,
                    };
                    var made = await register.ExecuteAsync(transaction, account, token);
                    if (made.Refusal is { } refusal)
                    {
                        return refusal;
                    }
                }

                return Done.Now;
            },
            cancellationToken
        );
    }

    private async Task SetAsync(IReadOnlyList<string> names, string password, CancellationToken cancellationToken)
    {
        var hashes = await HashAsync(names, password);
        await ChangeAsync(
            async (transaction, token) =>
            {
                for (var i = 0; i < names.Count; i++)
                {
                    if (await accounts.FindAsync(transaction, names[i], token) is { } account)
                    {
                        var changed = account.SignedIn() with { PasswordHash = hashes[i], MustChangePassword = false };
                        await accounts.SaveAsync(transaction, changed, token);
                        transaction.Record(new("account.setDemoPassword", new("account", names[i]), null, null));
                    }
                }

                return Done.Now;
            },
            cancellationToken
        );
    }

    /// <summary>One hash takes 70 ms, so they are made side by side.</summary>
    private Task<string[]> HashAsync(IReadOnlyList<string> names, string password) =>
        Task.WhenAll(names.Select(name => Task.Run(() => passwords.Hash(name, password))));

    private async Task ChangeAsync(
        Func<ITransaction, CancellationToken, Task<Result<Done>>> work,
        CancellationToken cancellationToken
    )
    {
        var intent = new Intent(Origin.Platform, "account.register", new Subject("installation", ""));
        var changed = await books.ChangeAsync(intent, work, cancellationToken);
        if (changed.Refusal is { } refusal)
        {
            throw new InvalidDataException($"{refusal.Code}: {refusal.Detail.En}");
        }
    }
}

using CloudManager.Api.Trust;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Demo;

/// <summary>
/// What a start does to the books before it serves: on empty ones the regions, and one system administrator with a
/// password to be used once; with the demonstration the whole province.
/// </summary>
internal sealed class FirstStart(
    IBooks books,
    IAccountStore accounts,
    IRegionStore regions,
    SeedProvince seed,
    DemoAccounts demo
)
{
    private const string Administrator = "sysadmin";

    /// <summary>Brings the books so far; returns what is to be told at the console.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(bool isDemo, CancellationToken cancellationToken)
    {
        var known = await books.ReadAsync(
            async (transaction, token) =>
                (
                    Regions: await regions.AllAsync(transaction, token),
                    Accounts: await accounts.ListAsync(transaction, new PageRequest(null, 1), token)
                ),
            cancellationToken
        );
        if (isDemo)
        {
            return await StartDemoAsync(known.Regions.Count == 0, cancellationToken);
        }

        if (known.Regions.Count == 0)
        {
            await seed.RegionsAsync(cancellationToken);
        }

        return known.Accounts.Items.Count == 0 ? await AdministratorAsync(cancellationToken) : [];
    }

    private async Task<IReadOnlyList<string>> StartDemoAsync(bool isEmpty, CancellationToken cancellationToken)
    {
        if (isEmpty)
        {
            await seed.RegionsAsync(cancellationToken);
            await seed.PartiesAsync(cancellationToken);
        }

        return await demo.PrepareAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<string>> AdministratorAsync(CancellationToken cancellationToken)
    {
        var password = Passwords.Random();
        await demo.AddAsync(
            [new DemoAccount(Administrator, null, [Role.Sysadmin])],
            (password, MustChange: true),
            cancellationToken
        );
        return [$"账号 / account: {Administrator}", $"一次性密码 / one-time password: {password}"];
    }
}

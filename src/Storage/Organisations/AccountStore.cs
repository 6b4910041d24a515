using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Organisations;

/// <summary>Accounts, in the books.</summary>
internal sealed class AccountStore : IAccountStore
{
    private const string Columns =
        "name, organisation, roles, password_hash, failures, locked_until, must_change_password";

    public async Task<Account?> FindAsync(ITransaction transaction, string name, CancellationToken cancellationToken)
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            $"select {Columns} from account where name = @name",
            new { name },
            cancellationToken
        );
        return row?.ToAccount();
    }

    public Task SaveAsync(ITransaction transaction, Account account, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            $"""
            insert into account ({Columns})
            values (@Name, @Organisation, @Roles, @PasswordHash, @Failures, @LockedUntil, @MustChangePassword)
            on conflict (name) do update set
                organisation = excluded.organisation, roles = excluded.roles, password_hash = excluded.password_hash,
                failures = excluded.failures, locked_until = excluded.locked_until,
                must_change_password = excluded.must_change_password
            """,
            new
            {
                account.Name,
                account.Organisation,
                Roles = string.Join(',', account.Roles),
                account.PasswordHash,
                account.Failures,
                LockedUntil = account.LockedUntil?.ToUnixTimeMilliseconds(),
                account.MustChangePassword,
            },
            cancellationToken
        );

    public async Task<Page<Account>> ListAsync(
        ITransaction transaction,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            $"select {Columns} from account where name > @After order by name limit @Limit",
            new { After = page.After ?? "", Limit = page.Limit + 1 },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToAccount())], page, a => a.Name);
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";
        public string? Organisation { get; init; }
        public string Roles { get; init; } = "";
        public string PasswordHash { get; init; } = "";
        public int Failures { get; init; }
        public long? LockedUntil { get; init; }
        public bool MustChangePassword { get; init; }

        public Account ToAccount() =>
            new()
            {
                Name = Name,
                Organisation = Organisation,
                Roles = [.. Roles.Split(',').Select(Enum.Parse<Role>)],
                PasswordHash = PasswordHash,
                Failures = Failures,
                LockedUntil = LockedUntil is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null,
                MustChangePassword = MustChangePassword,
            };
    }
}

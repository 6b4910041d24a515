using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Organisations;

/// <summary>Sessions, in the books; only hashes of tokens.</summary>
internal sealed class SessionStore : ISessionStore
{
    public async Task OpenAsync(ITransaction transaction, Session session, CancellationToken cancellationToken)
    {
        await transaction.ExecuteAsync(
            "insert into session (token_hash, account, expires_at) values (@TokenHash, @Account, @ExpiresAt)",
            new
            {
                session.TokenHash,
                session.Account,
                ExpiresAt = session.ExpiresAt.ToUnixTimeMilliseconds(),
            },
            cancellationToken
        );
    }

    public async Task<Actor?> FindAsync(
        ITransaction transaction,
        string tokenHash,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            """
            select a.name as account, a.roles, a.must_change_password, o.code, o.name, o.kind, o.region,
                (o.code is not null and r.parent is null) as all_regions
            from session s
            join account a on a.name = s.account
            left join organisation o on o.code = a.organisation
            left join region r on r.code = o.region
            where s.token_hash = @tokenHash and s.expires_at > @now
            """,
            new { tokenHash, now = now.ToUnixTimeMilliseconds() },
            cancellationToken
        );
        return row?.ToActor();
    }

    public Task CloseAsync(ITransaction transaction, string tokenHash, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            "delete from session where token_hash = @tokenHash",
            new { tokenHash },
            cancellationToken
        );

    public Task CloseAllAsync(ITransaction transaction, string account, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync("delete from session where account = @account", new { account }, cancellationToken);

    private sealed class Row
    {
        public string Account { get; init; } = "";
        public string Roles { get; init; } = "";
        public string? Code { get; init; }
        public string? Name { get; init; }
        public string? Kind { get; init; }
        public string? Region { get; init; }
        public bool AllRegions { get; init; }
        public bool MustChangePassword { get; init; }

        public Actor ToActor() =>
            new(
                Account,
                Code is null ? null : new Organisation(Code, Name!, Enum.Parse<OrganisationKind>(Kind!), Region!),
                [.. Roles.Split(',').Select(Enum.Parse<Role>)],
                new Origin(Account, Code, null, null)
            )
            {
                SeesAllRegions = AllRegions,
                MustChangePassword = MustChangePassword,
            };
    }
}

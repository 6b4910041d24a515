using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Organisations;

/// <summary>Information systems, in the books.</summary>
internal sealed class SystemStore : ISystemStore
{
    private const string Columns = "code, name, tenant, protection_level, hosting, plan, environment";

    public async Task<InformationSystem?> FindAsync(
        ITransaction transaction,
        string code,
        CancellationToken cancellationToken
    )
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            $"select {Columns} from information_system where code = @code",
            new { code },
            cancellationToken
        );
        return row?.ToSystem();
    }

    public Task AddAsync(ITransaction transaction, InformationSystem system, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            $"insert into information_system ({Columns}) values (@Code, @Name, @Tenant, @ProtectionLevel, @Hosting, @Plan, @Environment)",
            new
            {
                system.Code,
                system.Name,
                system.Tenant,
                system.ProtectionLevel,
                Hosting = system.Hosting.ToString(),
                system.Plan,
                Environment = system.Environment.ToString(),
            },
            cancellationToken
        );

    public async Task<Page<InformationSystem>> ListAsync(
        ITransaction transaction,
        string? tenant,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            $"""
            select {Columns} from information_system
            where code > @After and (@tenant is null or tenant = @tenant) order by code limit @Limit
            """,
            new
            {
                tenant,
                After = page.After ?? "",
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToSystem())], page, s => s.Code);
    }

    private sealed class Row
    {
        public string Code { get; init; } = "";
        public string Name { get; init; } = "";
        public string Tenant { get; init; } = "";
        public int ProtectionLevel { get; init; }
        public string Hosting { get; init; } = "";
        public string? Plan { get; init; }
        public string Environment { get; init; } = "";

        public InformationSystem ToSystem() =>
            new()
            {
                Code = Code,
                Name = Name,
                Tenant = Tenant,
                ProtectionLevel = ProtectionLevel,
                Hosting = Enum.Parse<Hosting>(Hosting),
                Plan = Plan,
                Environment = Enum.Parse<SystemEnvironment>(Environment),
            };
    }
}

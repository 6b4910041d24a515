using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Organisations;

/// <summary>Organisations and the region tree, in the books.</summary>
internal sealed class OrganisationStore : IOrganisationStore, IRegionStore
{
    public async Task<Organisation?> FindAsync(
        ITransaction transaction,
        string code,
        CancellationToken cancellationToken
    )
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            "select code, name, kind, region from organisation where code = @code",
            new { code },
            cancellationToken
        );
        return row?.ToOrganisation();
    }

    public async Task<IReadOnlyList<Organisation>> OfKindAsync(
        ITransaction transaction,
        OrganisationKind kind,
        string region,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            "select code, name, kind, region from organisation where kind = @kind and region = @region order by code",
            new { kind = kind.ToString(), region },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToOrganisation())];
    }

    public async Task<Page<Organisation>> ListAsync(
        ITransaction transaction,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            "select code, name, kind, region from organisation where code > @After order by code limit @Limit",
            new { After = page.After ?? "", Limit = page.Limit + 1 },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToOrganisation())], page, o => o.Code);
    }

    public Task AddAsync(ITransaction transaction, Organisation organisation, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            "insert into organisation (code, name, kind, region) values (@Code, @Name, @Kind, @Region)",
            new
            {
                organisation.Code,
                organisation.Name,
                Kind = organisation.Kind.ToString(),
                organisation.Region,
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<Region>> AllAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var rows = await transaction.QueryAsync<RegionRow>(
            "select code, name, parent from region order by code",
            null,
            cancellationToken
        );
        return [.. rows.Select(r => new Region(r.Code, r.Name, r.Parent))];
    }

    public Task AddAsync(ITransaction transaction, Region region, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            "insert into region (code, name, parent) values (@Code, @Name, @Parent)",
            new
            {
                region.Code,
                region.Name,
                region.Parent,
            },
            cancellationToken
        );

    private sealed class Row
    {
        public string Code { get; init; } = "";
        public string Name { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Region { get; init; } = "";

        public Organisation ToOrganisation() => new(Code, Name, Enum.Parse<OrganisationKind>(Kind), Region);
    }

    private sealed class RegionRow
    {
        public string Code { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Parent { get; init; }
    }
}

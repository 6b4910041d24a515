using CloudManager.Core.Kernel;

namespace CloudManager.Core.Organisations;

/// <summary>Organisations and the region tree.</summary>
public interface IOrganisationStore
{
    Task<Organisation?> FindAsync(ITransaction transaction, string code, CancellationToken cancellationToken);

    Task<IReadOnlyList<Organisation>> OfKindAsync(
        ITransaction transaction,
        OrganisationKind kind,
        string region,
        CancellationToken cancellationToken
    );

    Task<Page<Organisation>> ListAsync(ITransaction transaction, PageRequest page, CancellationToken cancellationToken);

    Task AddAsync(ITransaction transaction, Organisation organisation, CancellationToken cancellationToken);
}

/// <summary>The region tree.</summary>
public interface IRegionStore
{
    Task<IReadOnlyList<Region>> AllAsync(ITransaction transaction, CancellationToken cancellationToken);

    Task AddAsync(ITransaction transaction, Region region, CancellationToken cancellationToken);
}

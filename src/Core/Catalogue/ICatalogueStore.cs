using CloudManager.Core.Kernel;

namespace CloudManager.Core.Catalogue;

/// <summary>Published catalogue editions.</summary>
public interface ICatalogueStore
{
    /// <summary>The edition in force on the day: the one with the latest effective day not after it.</summary>
    Task<CatalogueEdition?> InForceAsync(ITransaction transaction, DateOnly day, CancellationToken cancellationToken);

    Task<CatalogueEdition?> FindAsync(ITransaction transaction, string code, CancellationToken cancellationToken);

    /// <summary>All editions, the earliest in force first.</summary>
    Task<IReadOnlyList<CatalogueEdition>> AllAsync(ITransaction transaction, CancellationToken cancellationToken);

    Task AddAsync(ITransaction transaction, CatalogueEdition edition, CancellationToken cancellationToken);
}

/// <summary>Provider contracts.</summary>
public interface IContractStore
{
    Task<Contract?> FindAsync(ITransaction transaction, string number, CancellationToken cancellationToken);

    /// <summary>The contracts live on the day.</summary>
    Task<IReadOnlyList<Contract>> LiveAsync(
        ITransaction transaction,
        DateOnly day,
        CancellationToken cancellationToken
    );

    /// <summary>All contracts there ever were, the earliest first.</summary>
    Task<IReadOnlyList<Contract>> AllAsync(ITransaction transaction, CancellationToken cancellationToken);

    Task AddAsync(ITransaction transaction, Contract contract, CancellationToken cancellationToken);
}

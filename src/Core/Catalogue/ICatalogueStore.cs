using CloudManager.Core.Kernel;

namespace CloudManager.Core.Catalogue;

/// <summary>Published catalogue editions.</summary>
public interface ICatalogueStore
{
    /// <summary>The edition in force on the day: the one with the latest effective day not after it.</summary>
    Task<CatalogueEdition?> InForceAsync(ITransaction transaction, DateOnly day, CancellationToken cancellationToken);

    Task<CatalogueEdition?> FindAsync(ITransaction transaction, string code, CancellationToken cancellationToken);

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

    Task AddAsync(ITransaction transaction, Contract contract, CancellationToken cancellationToken);
}

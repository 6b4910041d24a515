using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>What may be ordered on a day: the edition in force, the live contracts, the pools and their status.</summary>
public sealed record OrderingTerms(
    CatalogueEdition Edition,
    IReadOnlyList<Contract> Contracts,
    IPools Pools,
    IReadOnlyDictionary<PoolId, PoolStatus> Statuses
);

/// <summary>Reads the terms of a day from the books.</summary>
public sealed class ReadOrderingTerms(
    ICatalogueStore catalogue,
    IContractStore contracts,
    IPools pools,
    IPoolStatusStore statuses
)
{
    public async Task<Result<OrderingTerms>> ExecuteAsync(
        ITransaction transaction,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        if (await catalogue.InForceAsync(transaction, day, cancellationToken) is not { } edition)
        {
            return new Conflict(
                "catalogue.noneInForce",
                ("当前没有生效的服务目录", "no catalogue edition is in force")
            );
        }

        return new OrderingTerms(
            edition,
            await contracts.LiveAsync(transaction, day, cancellationToken),
            pools,
            await statuses.AllAsync(transaction, cancellationToken)
        );
    }
}

using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Billing;

/// <summary>The tariffs of any month, from the catalogue and the contracts as they are now.</summary>
public sealed class Tariffs(IReadOnlyList<CatalogueEdition> editions, IReadOnlyList<Contract> contracts)
{
    private readonly Dictionary<Month, Tariff> _months = [];

    public Tariff Of(Month month)
    {
        if (!_months.TryGetValue(month, out var tariff))
        {
            tariff = new Tariff(month, editions, contracts);
            _months[month] = tariff;
        }

        return tariff;
    }
}

/// <summary>Reads catalogue and contracts for charging.</summary>
public sealed class ReadTariffs(ICatalogueStore catalogue, IContractStore contracts)
{
    public async Task<Tariffs> ExecuteAsync(ITransaction transaction, CancellationToken cancellationToken) =>
        new(
            await catalogue.AllAsync(transaction, cancellationToken),
            await contracts.AllAsync(transaction, cancellationToken)
        );
}

using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Reports;

/// <summary>The rankings of tenants and of systems, with the names people see (art. 22(1)).</summary>
public sealed class RankUse(ISystemStore systems)
{
    public async Task<Rankings> ExecuteAsync(
        ITransaction transaction,
        MonthUse use,
        NameBook names,
        CancellationToken cancellationToken
    )
    {
        var tenants = MeasureMonth.Rank(use.Tenants.Select(row => OfTenant(row, names)));
        var ofSystems = MeasureMonth.Rank(use.Systems.Select(row => OfSystem(row, names)));
        return new Rankings(
            tenants,
            new Ranking(
                await NamedAsync(transaction, ofSystems.Highest, cancellationToken),
                await NamedAsync(transaction, ofSystems.Lowest, cancellationToken),
                await NamedAsync(transaction, ofSystems.Insufficient, cancellationToken)
            )
        );
    }

    private static RankedUse OfTenant(UtilisationRow row, NameBook names)
    {
        var tenant = names.Organisation(row.Tenant!);
        return new RankedUse(tenant.Code, tenant.Name, null, MeasureMonth.Figures(row));
    }

    private static RankedUse OfSystem(UtilisationRow row, NameBook names) =>
        new(row.System!, row.System!, names.Organisation(row.Tenant!), MeasureMonth.Figures(row));

    /// <summary>Looks up the names of what is shown, not of every system there is.</summary>
    private async Task<IReadOnlyList<RankedUse>> NamedAsync(
        ITransaction transaction,
        IReadOnlyList<RankedUse> rows,
        CancellationToken cancellationToken
    )
    {
        var named = new List<RankedUse>(rows.Count);
        foreach (var row in rows)
        {
            var system = await systems.FindAsync(transaction, row.Code, cancellationToken);
            named.Add(row with { Name = system?.Name ?? row.Name });
        }

        return named;
    }
}

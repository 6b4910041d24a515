using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Reports;

/// <summary>
/// The pools of the month: those declared, in their order, then those that are no longer declared but held servers.
/// </summary>
public sealed class DescribePools(IPools pools, IResourceCounts counts)
{
    private static readonly Bilingual Undeclared = (
        "该资源池已不在配置中，无法查询容量",
        "the pool is no longer declared and cannot be asked"
    );

    public async Task<IReadOnlyList<PoolFigures>> ExecuteAsync(
        ITransaction transaction,
        Month month,
        (IReadOnlyList<UtilisationRow> Use, IReadOnlyDictionary<PoolId, CapacityAnswer> Capacity) outside,
        NameBook names,
        CancellationToken cancellationToken
    )
    {
        var servers = await counts.ServersAsync(transaction, month, cancellationToken);
        var use = outside.Use.ToDictionary(row => row.Pool!.Value.Value, MeasureMonth.Figures);
        var declared = pools.Declared.Select(pool =>
            Row(pool.Id.Value, servers, use, outside.Capacity[pool.Id]) with
            {
                Name = pool.Name,
                Provider = names.Organisation(pool.Provider),
                Region = names.Region(pool.Region),
                Kind = Words.Camel(pool.Kind),
            }
        );
        var gone = servers
            .Keys.Union(use.Keys)
            .Where(id => !pools.TryFind(new PoolId(id), out _))
            .Order(StringComparer.Ordinal)
            .Select(id => Row(id, servers, use, new CapacityAnswer(null, Undeclared)));
        return [.. declared, .. gone];
    }

    private static PoolFigures Row(
        string id,
        IReadOnlyDictionary<string, long> servers,
        Dictionary<string, UseFigures> use,
        CapacityAnswer capacity
    ) =>
        new()
        {
            Pool = id,
            Name = id,
            Provider = null,
            Region = null,
            Kind = null,
            Capacity = capacity.Capacity,
            CapacityMissing = capacity.Missing,
            Servers = servers.GetValueOrDefault(id),
            Use = use.GetValueOrDefault(id),
        };
}

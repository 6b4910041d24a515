using CloudManager.Core.Forecasts;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Forecasts;

/// <summary>What was in service in a pool by day, from the service intervals in the books.</summary>
internal sealed class Allocations : IAllocations
{
    public async Task<IReadOnlyList<AllocationStep>> OfAsync(
        ITransaction transaction,
        PoolId pool,
        CancellationToken cancellationToken
    )
    {
        // Each interval adds its size on its first day and takes it away on the day after its last.
        var rows = await transaction.QueryAsync<Row>(
            """
            with served as (
                select i.from_day, i.until_day, coalesce(i.vcpus, 0) as vcpus,
                    coalesce(i.memory_gib, 0) as memory_gib, coalesce(i.size_gib, 0) as size_gib
                from service_interval i join resource r on r.id = i.resource
                where i.pool = @Value and r.kind in ('Server', 'Volume')
                    and (i.until_day is null or i.until_day > i.from_day)),
            step as (
                select from_day as day, vcpus, memory_gib, size_gib from served
                union all
                select until_day, -vcpus, -memory_gib, -size_gib from served where until_day is not null)
            select day, cast(sum(vcpus) as bigint) as vcpus, cast(sum(memory_gib) as bigint) as memory_gib,
                cast(sum(size_gib) as bigint) as size_gib
            from step group by day order by day
            """,
            new { pool.Value },
            cancellationToken
        );
        return [.. rows.Select(r => new AllocationStep(r.Day, r.Vcpus, r.MemoryGib, r.SizeGib))];
    }

    private sealed class Row
    {
        public DateOnly Day { get; init; }
        public long Vcpus { get; init; }
        public long MemoryGib { get; init; }
        public long SizeGib { get; init; }
    }
}

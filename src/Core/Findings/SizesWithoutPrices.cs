using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings;

/// <summary>Right sizes (art. 22) from the catalogue in force and the pools' flavours; what they save is not told.</summary>
public sealed class SizesWithoutPrices(
    IBooks books,
    ICatalogueStore catalogue,
    IPools pools,
    IUsageCourse course,
    TimeProvider businessTime
) : IRightSizes
{
    public async Task<IReadOnlyDictionary<ResourceId, Recommendation>> OfAsync(
        IReadOnlyList<MeasuredServerUse> servers,
        PolicyNumbers numbers,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<ResourceId, Recommendation>();
        if (servers.Count == 0)
        {
            return found;
        }

        var edition = await books.ReadAsync(
            (t, c) => catalogue.InForceAsync(t, businessTime.Today(), c),
            cancellationToken
        );
        var weeks = await course.WeeksAsync([.. servers.Select(s => s.Use.Window)], cancellationToken);
        foreach (var (server, week) in servers.Zip(weeks))
        {
            if (
                edition?.Find(server.Server.Item) is { } item
                && Right(server, week, item, numbers) is { } size
                && size != SizeOf(server.Server)
            )
            {
                var spec = server.Server.Spec with { Vcpus = size.Vcpus, MemoryGiB = size.MemoryGiB };
                found[server.Server.Id] = new Recommendation(spec.Alone, null, [Words(size, numbers)]);
            }
        }

        return found;
    }

    public Task<IReadOnlyDictionary<ResourceId, Recommendation>> GivenBackAsync(
        IReadOnlyList<Resource> resources,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyDictionary<ResourceId, Recommendation>>(
            resources.ToDictionary(r => r.Id, _ => new Recommendation(null, null, [("建议回收", "give it back")]))
        );

    private ServerSize? Right(MeasuredServerUse server, WeekUse week, CatalogueItem item, PolicyNumbers numbers)
    {
        if (
            server.Use is not { Cpu.P95: { } cpu, Memory.P95: { } memory }
            || !pools.TryFind(server.Server.Pool, out var pool)
        )
        {
            return null;
        }

        var sizes = new PoolOffer(pools, pool).TakesAnySize
            ? RightSize.Usual(item)
            : RightSize.OnOffer(item, pool.Mapping);
        var demand = Demand.Of(
            SizeOf(server.Server),
            Math.Max(cpu, week.Cpu.Max() ?? cpu),
            Math.Max(memory, week.Memory.Max() ?? memory)
        );
        return RightSize.Find(sizes, demand, numbers.TargetPercent);
    }

    private static ServerSize SizeOf(Resource server) => new(server.Spec.Vcpus ?? 0, server.Spec.MemoryGiB ?? 0);

    private static Bilingual Words(ServerSize size, PolicyNumbers numbers) =>
        (
            $"使 p95 与每周峰值低于 {numbers.TargetPercent:0.##} % 的最小规格为 {size.Vcpus} 核 {size.MemoryGiB} GiB",
            $"the smallest size that keeps p95 and weekly peak under {numbers.TargetPercent:0.##} % is {size.Vcpus} cores, {size.MemoryGiB} GiB"
        );
}

using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Reports;

/// <summary>What a pool said about its capacity: the numbers, or why there are none.</summary>
public sealed record CapacityAnswer(CapacityFigures? Capacity, Bilingual? Missing)
{
    /// <summary>Whether the pool measures the use of its servers at all; true where nobody could ask it.</summary>
    public bool Measures { get; init; } = true;
}

/// <summary>Asks every declared pool how much it holds; a pool that does not answer is not empty, it says nothing.</summary>
public sealed class ReadCapacity(IPools pools)
{
    private static readonly Bilingual NoSource = ("资源池不提供容量数据", "the pool has no source of capacity figures");

    public async Task<IReadOnlyDictionary<PoolId, CapacityAnswer>> ExecuteAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(pools.Declared.Select(p => AskAsync(p.Id, cancellationToken)));
        return pools.Declared.Zip(answers).ToDictionary(pair => pair.First.Id, pair => pair.Second);
    }

    private async Task<CapacityAnswer> AskAsync(PoolId id, CancellationToken cancellationToken)
    {
        try
        {
            var adapter = pools.Open(id);
            var measures = adapter.Usage is not null;
            return adapter.Capacity is { } source
                ? new(Figures(await source.GetAsync(cancellationToken)), null) { Measures = measures }
                : new(null, NoSource) { Measures = measures };
        }
        catch (AdapterException failure)
        {
            var kind = Words.Camel(failure.Kind);
            return new(null, ($"生成报告时资源池未响应（{kind}）", $"the pool did not answer when asked ({kind})"));
        }
    }

    private static CapacityFigures Figures(PoolCapacity said) =>
        new(
            new(said.VcpusTotal, said.VcpusUsed),
            new(said.MemoryGiBTotal, said.MemoryGiBUsed),
            new(said.StorageGiBTotal, said.StorageGiBUsed)
        );
}

using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>One line as it is asked for.</summary>
/// <param name="Item">The catalogue item's code.</param>
/// <param name="Quantity">1 to 1,000.</param>
/// <param name="Pool">The pool; null for the request's own.</param>
/// <param name="Spec">What exactly.</param>
/// <param name="No">The number of the line it stands for, where lines are adjusted.</param>
public sealed record LineInput(string? Item, int? Quantity, PoolId? Pool, Spec? Spec, int? No = null)
{
    /// <summary>The resource it changes or removes (art. 20, 21); then item, quantity and pool are the resource's own.</summary>
    public string? Resource { get; init; }

    /// <summary>Whether it removes the resource.</summary>
    public bool Remove { get; init; }

    /// <summary>The server in service that an added volume or address goes to, or the network an added server joins.</summary>
    public string? To { get; init; }
}

/// <summary>
/// Turns asked lines into request lines, listing every fault: the item is in force, the pool takes it (art. 14, 15),
/// its provider has a live contract for it (art. 11, 12), and the spec is one the pool can make.
/// </summary>
public static class LineRules
{
    public const int MaxLines = 100;
    public const int MaxQuantity = 1000;
    private const int MaxNumber = 1_000_000;

    public static IReadOnlyList<RequestLine> Examine(
        IReadOnlyList<LineInput> inputs,
        PoolId? defaultPool,
        OrderingTerms terms,
        Check check
    )
    {
        if (inputs.Count is 0 or > MaxLines)
        {
            check.Fault("lines", inputs.Count, ($"1 至 {MaxLines} 行", $"1 to {MaxLines} lines"));
            return [];
        }

        ExamineNumbers(inputs, check);
        var lines = new List<RequestLine>(inputs.Count);
        for (var i = 0; i < inputs.Count; i++)
        {
            RefuseStanding(inputs[i], $"lines[{i}]", check);
            if (ExamineOne(inputs[i], i, defaultPool, terms, check) is { } line)
            {
                lines.Add(line);
            }
        }

        if (lines.Count == inputs.Count)
        {
            LineReferences.Examine(lines, check);
            CapabilityRules.Join(terms.Pools, lines, check);
        }

        return lines;
    }

    /// <summary>What speaks of resources in service belongs to a change or a deregistration.</summary>
    private static void RefuseStanding(LineInput input, string path, Check check)
    {
        Absent(check, $"{path}.resource", input.Resource);
        Absent(check, $"{path}.remove", input.Remove ? true : null);
        Absent(check, $"{path}.to", input.To);
    }

    /// <summary>Refuses a member that this line does not use.</summary>
    internal static void Absent(Check check, string path, object? value)
    {
        if (value is not null)
        {
            check.Fault(path, value, ("不填：本行不使用此字段", "absent: this line does not use it"));
        }
    }

    /// <summary>A line without a number has that of its place.</summary>
    internal static int NumberOf(LineInput input, int index) => input.No ?? index + 1;

    internal static void ExamineNumbers(IReadOnlyList<LineInput> inputs, Check check)
    {
        var seen = new HashSet<int>();
        for (var i = 0; i < inputs.Count; i++)
        {
            var number = NumberOf(inputs[i], i);
            if (number is not (>= 1 and <= MaxNumber) || !seen.Add(number))
            {
                check.Fault(
                    $"lines[{i}].no",
                    number,
                    ("不重复的正整数行号", "a positive line number no other line has")
                );
            }
        }
    }

    internal static RequestLine? ExamineOne(
        LineInput input,
        int index,
        PoolId? defaultPool,
        OrderingTerms terms,
        Check check
    )
    {
        var path = $"lines[{index}]";
        check.Range($"{path}.quantity", input.Quantity, 1, MaxQuantity);
        var item = terms.Edition.Find(input.Item ?? "");
        if (item is null)
        {
            check.Fault(
                $"{path}.item",
                input.Item,
                ($"目录版本 {terms.Edition.Code} 中的目录项", $"an item of catalogue edition {terms.Edition.Code}"),
                "item.notInForce"
            );
        }

        var pool = ExaminePool(input.Pool ?? defaultPool, input.Item ?? "", path, terms, check);
        if (input.Spec is null)
        {
            check.Fault($"{path}.spec", null, ("规格", "a spec"));
        }

        if (item is null || pool is null || input.Spec is null)
        {
            return null;
        }

        var offer = new PoolOffer(terms.Pools, pool);
        var spec = SpecRules.Examine(input.Spec, item, offer, $"{path}.spec", check);
        CapabilityRules.Make(offer, item.Kind, spec, $"{path}.spec", check);
        return new RequestLine
        {
            No = NumberOf(input, index),
            Item = item.Code,
            Kind = item.Kind,
            Quantity = input.Quantity ?? 0,
            Pool = pool.Id,
            Provider = pool.Provider,
            Spec = spec,
        };
    }

    internal static Pool? ExaminePool(PoolId? id, string item, string path, OrderingTerms terms, Check check)
    {
        if (id is not { } poolId || !terms.Pools.TryFind(poolId, out var pool))
        {
            check.Fault(
                $"{path}.pool",
                id?.Value,
                ("已登记的资源池", $"one of {string.Join(", ", terms.Pools.Declared.Select(p => p.Id.Value))}"),
                "pool.notFound"
            );
            return null;
        }

        ExamineGrowth(pool, path, check);
        if (terms.Statuses.GetValueOrDefault(poolId) != PoolStatus.Active)
        {
            check.Fault($"{path}.pool", poolId.Value, ("已启用的资源池", "a pool in state active"), "pool.notActive");
        }

        var contracts = terms.Contracts.Where(c => c.Provider == pool.Provider).ToList();
        if (contracts.Count == 0)
        {
            check.Fault(
                $"{path}.pool",
                poolId.Value,
                ("其云服务商有有效合同的资源池", "a pool whose provider has a live contract"),
                "pool.noContract"
            );
        }
        else if (terms.Edition.Find(item) is not null && !contracts.Exists(c => c.Covers(item)))
        {
            check.Fault(
                $"{path}.item",
                item,
                ($"云服务商 {pool.Provider} 合同内的目录项", $"an item in the contract of {pool.Provider}"),
                "item.notContracted"
            );
        }

        return pool;
    }

    /// <summary>Art. 15: the standing clouds are not expanded. Art. 14: an industry cloud takes nothing new.</summary>
    private static void ExamineGrowth(Pool pool, string path, Check check)
    {
        if (pool.Kind == PoolKind.Legacy)
        {
            check.Fault(
                $"{path}.pool",
                pool.Id.Value,
                (
                    "新增云资源池：存量政务云维持现状不再扩容（第十五条），请改选新增资源池或申请迁移",
                    "a pool of kind new: standing government clouds are not expanded (art. 15); choose a new pool or migrate"
                ),
                "pool.legacy"
            );
        }
        else if (pool.Kind == PoolKind.Industry)
        {
            check.Fault(
                $"{path}.pool",
                pool.Id.Value,
                (
                    "新增云资源池：行业云不再新增资源（第十四条）",
                    "a pool of kind new: industry clouds take nothing new (art. 14)"
                ),
                "pool.industry"
            );
        }
    }
}

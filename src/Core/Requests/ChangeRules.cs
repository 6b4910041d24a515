using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>
/// Examines a change (云资源调整, art. 20): what grows or is added must be orderable as anything new is (art. 15: a standing
/// cloud is not expanded; art. 17: a leaving provider takes nothing new); what shrinks need not. A removal that would
/// destroy data is a deregistration.
/// </summary>
internal sealed class ChangeRules(OrderingTerms terms, SystemStock stock, Check check)
{
    public IReadOnlyList<RequestLine> Examine(LinesAsked asked)
    {
        var inputs = asked.Lines;
        if (inputs.Count is 0 or > LineRules.MaxLines)
        {
            check.Fault("lines", inputs.Count, ($"1 至 {LineRules.MaxLines} 行", $"1 to {LineRules.MaxLines} lines"));
            return [];
        }

        LineRules.ExamineNumbers(inputs, check);
        var lines = new List<RequestLine>(inputs.Count);
        for (var i = 0; i < inputs.Count; i++)
        {
            var line = inputs[i].Resource is null ? Add(inputs[i], i, asked.Pool) : Change(inputs[i], i);
            if (line is not null)
            {
                lines.Add(line);
            }
        }

        if (lines.Count == inputs.Count)
        {
            LineReferences.Examine(lines, check);
            CapabilityRules.Join(terms.Pools, lines, check);
            for (var i = 0; i < lines.Count; i++)
            {
                DeregistrationRules.ExamineNetwork(lines[i], $"lines[{i}].resource", lines, (stock, check));
            }
        }

        return lines;
    }

    private RequestLine? Add(LineInput input, int index, PoolId? defaultPool)
    {
        var path = $"lines[{index}]";
        LineRules.Absent(check, $"{path}.remove", input.Remove ? true : null);
        var whole = input.To is { } to ? stock.Find(to) : null;
        var line = LineRules.ExamineOne(input, index, input.Pool ?? whole?.Pool ?? defaultPool, terms, check);
        if (input.To is null || line is null)
        {
            return line;
        }

        var kind = line.Kind == ItemKind.Server ? ItemKind.Network : ItemKind.Server;
        if (whole is not { InService: true } || whole.Kind != kind || whole.Pool != line.Pool)
        {
            check.Fault(
                $"{path}.to",
                input.To,
                (
                    $"本系统在同一资源池运行中的 {kind}",
                    $"a {Words.Camel(kind)} of this system in service on the same pool"
                ),
                "line.badReference"
            );
        }

        if (
            input.Spec is { AttachTo: not null } or { Network: not null }
            || line.Kind is ItemKind.Network or ItemKind.Manual
        )
        {
            check.Fault($"{path}.to", input.To, ("不填：本行不使用此字段", "absent: this line does not use it"));
        }

        return line with
        {
            To = input.To,
        };
    }

    private RequestLine? Change(LineInput input, int index)
    {
        var path = $"lines[{index}]";
        LineRules.Absent(check, $"{path}.item", input.Item);
        LineRules.Absent(check, $"{path}.quantity", input.Quantity);
        LineRules.Absent(check, $"{path}.pool", input.Pool?.Value);
        LineRules.Absent(check, $"{path}.to", input.To);
        if (stock.Take($"{path}.resource", input.Resource!, check) is not { } resource)
        {
            return null;
        }

        var line = new RequestLine
        {
            No = LineRules.NumberOf(input, index),
            Item = resource.Item,
            Kind = resource.Kind,
            Quantity = 1,
            Pool = resource.Pool,
            Provider = resource.Provider,
            Spec = resource.Spec,
            Resource = resource.Id,
            Remove = input.Remove,
        };
        return input.Remove ? Remove(line, input, path) : Resize(line, input, path);
    }

    private RequestLine Remove(RequestLine line, LineInput input, string path)
    {
        LineRules.Absent(check, $"{path}.spec", input.Spec is null ? null : "{…}");
        if (line.Kind is ItemKind.Server or ItemKind.Volume)
        {
            check.Fault(
                $"{path}.remove",
                line.Resource,
                (
                    "不含数据的云资源：云服务器和云硬盘须办理注销（deregistration，第二十一条）",
                    "a resource without data: servers and volumes end by a request of type deregistration (art. 21)"
                ),
                "change.removesData"
            );
        }

        return line;
    }

    private RequestLine? Resize(RequestLine line, LineInput input, string path)
    {
        if (input.Spec is not { } asked)
        {
            check.Fault($"{path}.spec", null, ("期望的规格，或 remove", "the wanted spec, or remove"));
            return null;
        }

        if (!terms.Pools.TryFind(line.Pool, out var pool))
        {
            check.Fault(
                $"{path}.resource",
                line.Resource,
                ("已登记资源池内的云资源", "a resource of a declared pool"),
                "pool.notFound"
            );
            return null;
        }

        var grows = ChangeSpec.Grows(line.Spec.Alone, asked);
        if (grows)
        {
            LineRules.ExaminePool(line.Pool, line.Item, path, terms, check);
        }

        var item = terms.Edition.Find(line.Item);
        if (item is null && grows)
        {
            check.Fault(
                $"{path}.resource",
                line.Item,
                ($"目录版本 {terms.Edition.Code} 中的目录项", $"an item of catalogue edition {terms.Edition.Code}"),
                "item.notInForce"
            );
        }

        var wanted = Wanted(line, item, (asked, path), new PoolOffer(terms.Pools, pool));
        return line with { Spec = wanted, Was = line.Spec.Alone };
    }

    private Spec Wanted(RequestLine line, CatalogueItem? item, (Spec Asked, string Path) input, PoolOffer offer)
    {
        var place = ($"{input.Path}.resource", (object?)line.Resource);
        if (CapabilityRules.Changing(line.Kind) is { } capability)
        {
            CapabilityRules.Need(offer, capability, place, "pool.cannotChange", check);
        }

        var wanted = new ChangeSpec(line, item, offer, check).Examine(input.Asked, $"{input.Path}.spec");
        CapabilityRules.Within(offer, line.Kind, wanted, $"{input.Path}.spec", check);
        return wanted;
    }
}

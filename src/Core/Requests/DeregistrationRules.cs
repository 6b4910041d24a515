using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests;

/// <summary>
/// Examines a deregistration (云资源注销, art. 21): single resources in service, or all that the system has. A network
/// ends only with all of its servers; what is attached to a server and not listed stays.
/// </summary>
internal static class DeregistrationRules
{
    public static IReadOnlyList<RequestLine> Examine(LinesAsked asked, SystemStock stock, Check check)
    {
        var (inputs, most) = (asked.Lines, asked.Most);
        if (inputs.Count == 0)
        {
            return Whole(stock, check);
        }

        if (inputs.Count > most)
        {
            check.Fault(
                "lines",
                inputs.Count,
                ($"至多 {most} 行；注销整个系统时不列明细", $"at most {most} lines, or none for the whole system")
            );
            return [];
        }

        LineRules.ExamineNumbers(inputs, check);
        var lines = new List<RequestLine>(inputs.Count);
        for (var i = 0; i < inputs.Count; i++)
        {
            if (ExamineOne(inputs[i], $"lines[{i}]", stock, check) is { } resource)
            {
                lines.Add(Line(resource, LineRules.NumberOf(inputs[i], i)));
            }
        }

        for (var i = 0; i < lines.Count && lines.Count == inputs.Count; i++)
        {
            ExamineNetwork(lines[i], $"lines[{i}].resource", lines, (stock, check));
        }

        return lines;
    }

    /// <summary>A network that servers still use is not removed.</summary>
    public static void ExamineNetwork(
        RequestLine line,
        string path,
        IReadOnlyList<RequestLine> lines,
        (SystemStock Stock, Check Check) by
    )
    {
        if (line is not { Kind: ItemKind.Network, Remove: true })
        {
            return;
        }

        var users = by
            .Stock.PartsOf(line.Resource!)
            .Where(p => !lines.Any(l => l.Resource == p.Id && l.Remove))
            .Select(p => p.Id)
            .Concat(lines.Where(l => l.To == line.Resource).Select(l => $"#{l.No}"))
            .ToList();
        if (users.Count > 0)
        {
            var names = string.Join(", ", users);
            by.Check.Fault(
                path,
                line.Resource,
                ($"没有云服务器的网络（现有 {names}）", $"a network without servers; {names} are in it"),
                "network.inUse"
            );
        }
    }

    private static List<RequestLine> Whole(SystemStock stock, Check check)
    {
        var lines = new List<RequestLine>(stock.All.Count);
        foreach (var resource in stock.All)
        {
            if (stock.Take("lines", resource.Id, check) is { InService: true })
            {
                lines.Add(Line(resource, lines.Count + 1));
            }
        }

        if (stock.All.Count == 0)
        {
            check.Fault("system", null, ("有在用云资源的系统", "a system with resources in service"), "system.empty");
        }

        return lines;
    }

    private static StandingResource? ExamineOne(LineInput input, string path, SystemStock stock, Check check)
    {
        LineRules.Absent(check, $"{path}.item", input.Item);
        LineRules.Absent(check, $"{path}.quantity", input.Quantity);
        LineRules.Absent(check, $"{path}.pool", input.Pool?.Value);
        LineRules.Absent(check, $"{path}.spec", input.Spec is null ? null : "{…}");
        LineRules.Absent(check, $"{path}.to", input.To);
        if (input.Resource is { } id)
        {
            return stock.Take($"{path}.resource", id, check);
        }

        check.Fault($"{path}.resource", null, ("本系统的云资源编号", "a resource of this system"), "resource.notFound");
        return null;
    }

    private static RequestLine Line(StandingResource resource, int no) =>
        new()
        {
            No = no,
            Item = resource.Item,
            Kind = resource.Kind,
            Quantity = 1,
            Pool = resource.Pool,
            Provider = resource.Provider,
            Spec = resource.Spec,
            Resource = resource.Id,
            Remove = true,
        };
}

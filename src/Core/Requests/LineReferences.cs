using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests;

/// <summary>What lines say of each other: volumes and addresses go to servers, servers join networks.</summary>
public static class LineReferences
{
    /// <summary>The line this one is attached to or joins; null if it stands alone.</summary>
    public static RequestLine? Target(RequestLine line, IReadOnlyList<RequestLine> lines)
    {
        if (line.Resource is not null || line.To is not null)
        {
            return null;
        }

        var number = line.Kind == ItemKind.Server ? line.Spec.Network : line.Spec.AttachTo;
        if (number is not null)
        {
            return lines.FirstOrDefault(l => l.No == number && l.Pool == line.Pool);
        }

        if (line.Kind is not (ItemKind.Volume or ItemKind.PublicAddress))
        {
            return null;
        }

        var servers = lines.Where(l => IsNew(l, ItemKind.Server, line.Pool)).Take(2).ToList();
        return servers.Count == 1 ? servers[0] : null;
    }

    private static bool IsNew(RequestLine line, ItemKind kind, Pools.PoolId pool) =>
        line.Resource is null && line.Kind == kind && line.Pool == pool;

    internal static void Examine(IReadOnlyList<RequestLine> lines, Check check)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            Examine(line, line.Spec.Network, ItemKind.Network, $"lines[{i}].spec.network", lines, check);
            Examine(line, line.Spec.AttachTo, ItemKind.Server, $"lines[{i}].spec.attachTo", lines, check);
            if (
                line.Kind == ItemKind.PublicAddress
                && Target(line, lines) is { } server
                && line.Quantity > server.Quantity
            )
            {
                check.Fault(
                    $"lines[{i}].quantity",
                    line.Quantity,
                    ("不多于所绑定云服务器的数量", "no more than the servers it binds to")
                );
            }
        }
    }

    private static void Examine(
        RequestLine line,
        int? number,
        ItemKind kind,
        string path,
        IReadOnlyList<RequestLine> lines,
        Check check
    )
    {
        if (number is { } no && !lines.Any(l => l.No == no && IsNew(l, kind, line.Pool)))
        {
            check.Fault(
                path,
                no,
                ($"同一资源池内 {kind} 行的行号", $"the number of a {kind} line on the same pool"),
                "line.badReference"
            );
        }
    }
}

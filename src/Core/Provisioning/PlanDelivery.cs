using CloudManager.Core.Catalogue;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Provisioning;

/// <summary>
/// Plans a test or delivery order: what the request holds on the pool is promoted where it fits, changed where it can
/// be, removed where nobody wants it; the rest is made. Removal comes last, so that a failed order has removed nothing.
/// </summary>
internal sealed class PlanDelivery(
    Plan plan,
    IReadOnlyList<RequestLine> lines,
    Func<RequestLine, Resource> register,
    PlanResize resize
)
{
    private static readonly ItemKind[] MakingOrder =
    [
        ItemKind.Network,
        ItemKind.Server,
        ItemKind.Volume,
        ItemKind.PublicAddress,
        ItemKind.Manual,
    ];

    private readonly Dictionary<int, List<Unit>> _units = [];

    /// <summary>The servers and networks in service that lines of a change name, by number, with what is done to them first.</summary>
    public IReadOnlyDictionary<string, Unit> Standing { get; init; } = new Dictionary<string, Unit>();

    /// <summary>The resources that are new or are given another line or whole.</summary>
    public List<Resource> Touched { get; } = [];

    /// <summary>The resources nobody wants any more.</summary>
    public List<Resource> Removed { get; } = [];

    public void Make(IReadOnlyList<Resource> held)
    {
        var free = held.ToList();
        foreach (var line in lines.OrderBy(l => l.Kind).ThenBy(l => l.No))
        {
            _units[line.No] = [];
        }

        foreach (var line in InOrder(lines))
        {
            MakeLine(line, free);
        }

        PlanRemoval.Of(free, plan, [.. plan.Drafts]);
        Removed.AddRange(free);
    }

    /// <summary>How many resources will be new.</summary>
    public static int NewCount(IReadOnlyList<RequestLine> lines, IReadOnlyList<Resource> held)
    {
        var free = held.ToList();
        return InOrder(lines).Sum(l => l.Quantity - MatchHeld.Take(l, free).Count);
    }

    private static IEnumerable<RequestLine> InOrder(IReadOnlyList<RequestLine> lines) =>
        lines.OrderBy(l => Array.IndexOf(MakingOrder, l.Kind)).ThenBy(l => l.No);

    private void MakeLine(RequestLine line, List<Resource> free)
    {
        var taken = MatchHeld.Take(line, free);
        _units[line.No] = [];
        List<Unit> wholes =
            line.To is { } standing ? [Standing[standing]]
            : LineReferences.Target(line, lines) is { } target ? _units[target.No]
            : [];
        for (var i = 0; i < line.Quantity; i++)
        {
            var held = i < taken.Count ? taken[i] : null;
            var whole = wholes.Count == 0 ? null : WholeFor(held, wholes, i);
            var unit = held is null ? MakeNew(line, whole) : Promote(line, held, whole);
            _units[line.No].Add(unit);
            Touched.Add(unit.Resource);
        }
    }

    private static Unit WholeFor(Resource? held, List<Unit> wholes, int index) =>
        wholes.Find(w => held?.PartOf == w.Resource.Id) ?? wholes[index % wholes.Count];

    private Unit MakeNew(RequestLine line, Unit? whole)
    {
        var resource = register(line) with { PartOf = whole?.Resource.Id };
        var kind = line.Kind switch
        {
            ItemKind.Network => TaskKind.CreateNetwork,
            ItemKind.Server => TaskKind.CreateServer,
            ItemKind.Volume => TaskKind.CreateVolume,
            ItemKind.PublicAddress => TaskKind.CreateAddress,
            _ => TaskKind.ByHand,
        };
        var created = plan.Add(kind, resource, [line.Kind == ItemKind.Server ? whole?.Last : null]);
        return new Unit(resource, Join(resource, created, whole) ?? created);
    }

    private Unit Promote(RequestLine line, Resource held, Unit? whole)
    {
        var resource = held with { Line = line.No, PartOf = whole?.Resource.Id };
        var last = resize.Add(held, line.Spec, runs: held.State != ResourceState.TestEnded);

        if (held is { Kind: ItemKind.Server, State: ResourceState.TestEnded })
        {
            last = plan.Add(TaskKind.StartServer, resource, [last], last is null ? null : line.Spec.Alone);
        }

        if (held.PartOf != resource.PartOf && line.Kind is ItemKind.Volume or ItemKind.PublicAddress)
        {
            last = held.PartOf is null ? last : plan.Add(Loosen(line.Kind), resource, [last]);
            last = Join(resource, last, whole) ?? last;
        }

        return new Unit(resource, last);
    }

    /// <summary>Attaches a volume or binds an address once both sides stand.</summary>
    private Plan.Draft? Join(Resource resource, Plan.Draft? made, Unit? whole) =>
        whole is null
            ? null
            : resource.Kind switch
            {
                ItemKind.Volume => plan.Add(TaskKind.AttachVolume, resource, [made, whole.Last]),
                ItemKind.PublicAddress => plan.Add(TaskKind.BindAddress, resource, [made, whole.Last]),
                _ => null,
            };

    private static TaskKind Loosen(ItemKind kind) =>
        kind == ItemKind.Volume ? TaskKind.DetachVolume : TaskKind.UnbindAddress;

    /// <summary>One unit of a line and the last task that works on it; null if nothing has to be done.</summary>
    public sealed record Unit(Resource Resource, Plan.Draft? Last);
}

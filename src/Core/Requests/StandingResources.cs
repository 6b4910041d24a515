using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>What a change or a deregistration must know of a resource (云资源, art. 20, 21).</summary>
public sealed record StandingResource
{
    /// <summary>Its number in text form, e.g. <c>res-000001</c>.</summary>
    public required string Id { get; init; }

    public required ItemKind Kind { get; init; }

    /// <summary>The catalogue item's code.</summary>
    public required string Item { get; init; }

    public required PoolId Pool { get; init; }

    /// <summary>The code of the provider that runs the pool.</summary>
    public required string Provider { get; init; }

    public required Spec Spec { get; init; }

    /// <summary>The word of its state.</summary>
    public required string State { get; init; }

    public required bool InService { get; init; }

    /// <summary>The server or network it belongs to; null if none.</summary>
    public string? PartOf { get; init; }
}

/// <summary>The resources that exist. Implemented by Resources.</summary>
public interface IStandingResources
{
    /// <summary>What the tenant's system has, in order of number; what has gone or never came to be is left out.</summary>
    Task<IReadOnlyList<StandingResource>> OfSystemAsync(
        ITransaction transaction,
        (string Tenant, string System) of,
        CancellationToken cancellationToken
    );
}

/// <summary>Requests that work on resources in service.</summary>
public interface IOpenRequests
{
    /// <summary>The states in which a change or a deregistration holds its resources.</summary>
    public static IReadOnlyList<RequestState> Holding { get; } =
    [
        RequestState.Submitted,
        RequestState.Approved,
        RequestState.ChangeOrdered,
        RequestState.Changed,
        RequestState.BackingUp,
        RequestState.Cleaning,
        RequestState.Reclaimed,
    ];

    /// <summary>The system's changes and deregistrations in one of these states, oldest first.</summary>
    Task<IReadOnlyList<ServiceRequest>> OfSystemAsync(
        ITransaction transaction,
        string system,
        CancellationToken cancellationToken
    );
}

/// <summary>The resources of one system as lines may speak of them, and which other request holds which.</summary>
internal sealed class SystemStock(
    IReadOnlyList<StandingResource> resources,
    IReadOnlyDictionary<string, RequestId> heldBy
)
{
    private readonly Dictionary<string, StandingResource> _byId = resources.ToDictionary(r => r.Id);
    private readonly HashSet<string> _taken = [];

    public IReadOnlyList<StandingResource> All => resources;

    public StandingResource? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>What belongs to this server or network.</summary>
    public IEnumerable<StandingResource> PartsOf(string whole) => resources.Where(r => r.PartOf == whole);

    /// <summary>The resource a line is about: of the system, in service, in no other request and in no other line.</summary>
    public StandingResource? Take(string path, string id, Check check)
    {
        if (Find(id) is not { } found)
        {
            check.Fault(path, id, ("本系统的云资源编号", "a resource of this system"), "resource.notFound");
            return null;
        }

        if (!found.InService)
        {
            check.Fault(
                path,
                $"{id} {found.State}",
                ("正式运行中的云资源", "a resource in service"),
                "resource.notInService"
            );
        }
        else if (heldBy.TryGetValue(id, out var holder))
        {
            check.Fault(
                path,
                id,
                (
                    $"未在其他申请中的云资源（现由 {holder} 办理）",
                    $"a resource that no other request holds ({holder} does)"
                ),
                "resource.inOtherRequest"
            );
        }

        if (!_taken.Add(id))
        {
            check.Fault(path, id, ("每个云资源只占一行", "a resource that no other line is about"));
        }

        return found;
    }
}

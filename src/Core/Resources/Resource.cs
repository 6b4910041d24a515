using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Resources;

/// <summary>The number of a resource, e.g. <c>res-000042</c>.</summary>
public readonly record struct ResourceId(long Number)
{
    public const string Prefix = "res";

    public override string ToString() => NumberedId.Format(Prefix, Number);
}

/// <summary>Where a resource stands in its life.</summary>
public enum ResourceState
{
    /// <summary>Being made.</summary>
    Provisioning,

    /// <summary>In the tenant's test (art. 19(3)); not charged.</summary>
    Testing,

    /// <summary>The test's 30 days are over; stopped and kept.</summary>
    TestEnded,

    /// <summary>Delivered, not yet confirmed.</summary>
    Delivered,

    /// <summary>In service from the confirmed day (art. 40).</summary>
    InService,

    /// <summary>Being changed.</summary>
    Changing,

    /// <summary>The tenant is backing up before reclaim (art. 21).</summary>
    BackingUp,

    /// <summary>Being removed.</summary>
    Cleaning,

    /// <summary>Removed; the tenant has not confirmed the end yet.</summary>
    Reclaimed,

    /// <summary>Gone for good.</summary>
    Ended,

    /// <summary>It could not be made; nothing of it is left.</summary>
    Failed,
}

/// <summary>Cloud resource (云资源): one server, volume, network, address or manual service of a system.</summary>
public sealed record Resource
{
    public required ResourceId Id { get; init; }
    public required ItemKind Kind { get; init; }
    public required string Tenant { get; init; }
    public required string System { get; init; }
    public required string Region { get; init; }
    public required PoolId Pool { get; init; }
    public required string Provider { get; init; }

    /// <summary>The catalogue item's code.</summary>
    public required string Item { get; init; }

    /// <summary>What was ordered, and runs once it stands.</summary>
    public required Spec Spec { get; init; }

    public required ResourceState State { get; init; }

    /// <summary>The request it came from.</summary>
    public required RequestId Request { get; init; }

    /// <summary>The number of the request's line.</summary>
    public required int Line { get; init; }

    /// <summary>The work order that works on it, or worked on it last.</summary>
    public required WorkOrderId WorkOrder { get; init; }

    /// <summary>The server a volume or address belongs to, the network a server is in; null if none.</summary>
    public ResourceId? PartOf { get; init; }

    /// <summary>The cloud's identifier; null until it exists there.</summary>
    public NativeId? NativeId { get; init; }

    public IReadOnlyList<string> Addresses { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The confirmed day from which it is charged (art. 40); null before.</summary>
    public DateOnly? ServiceStart { get; init; }

    /// <summary>The confirmed day on which service ended (art. 40); null while it runs.</summary>
    public DateOnly? ServiceEnd { get; init; }

    /// <summary>Whether it exists, or is about to, and nobody is removing it.</summary>
    public bool IsHeld =>
        State is not (ResourceState.Cleaning or ResourceState.Reclaimed or ResourceState.Ended or ResourceState.Failed);
}

/// <summary>Resources in the books.</summary>
public interface IResourceStore
{
    Task<Resource?> FindAsync(ITransaction transaction, ResourceId id, CancellationToken cancellationToken);

    Task AddAsync(ITransaction transaction, Resource resource, CancellationToken cancellationToken);

    Task SaveAsync(ITransaction transaction, Resource resource, CancellationToken cancellationToken);

    /// <summary>All resources a request ever made, oldest first.</summary>
    Task<IReadOnlyList<Resource>> OfRequestAsync(
        ITransaction transaction,
        RequestId request,
        CancellationToken cancellationToken
    );

    /// <summary>Resources in order of number.</summary>
    Task<Page<Resource>> ListAsync(
        ITransaction transaction,
        ResourceFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );
}

/// <summary>Which resources a list shows; null members do not filter.</summary>
public sealed record ResourceFilter
{
    public string? Tenant { get; init; }
    public string? Provider { get; init; }
    public string? Region { get; init; }
    public string? System { get; init; }
    public PoolId? Pool { get; init; }
    public ResourceState? State { get; init; }

    /// <summary>What the cloud calls so.</summary>
    public NativeId? NativeId { get; init; }

    /// <summary>Those whose last work order it is.</summary>
    public WorkOrderId? WorkOrder { get; init; }
}

/// <summary>Whole lists of resources, for what is about all of them.</summary>
public static class ResourceLists
{
    private const int PageSize = 500;

    /// <summary>All that the filter lets through, in order of number.</summary>
    public static async Task<IReadOnlyList<Resource>> AllAsync(
        this IResourceStore resources,
        ITransaction transaction,
        ResourceFilter filter,
        CancellationToken cancellationToken
    )
    {
        var all = new List<Resource>();
        for (string? after = null; ; )
        {
            var page = await resources.ListAsync(
                transaction,
                filter,
                new PageRequest(after, PageSize),
                cancellationToken
            );
            all.AddRange(page.Items);
            after = page.Next;
            if (after is null)
            {
                return all;
            }
        }
    }

    /// <summary>The resources that lines of a change or a deregistration speak of, by line.</summary>
    public static async Task<IReadOnlyList<(RequestLine Line, Resource Resource)>> NamedByAsync(
        this IResourceStore resources,
        ITransaction transaction,
        IEnumerable<RequestLine> lines,
        CancellationToken cancellationToken
    )
    {
        var named = new List<(RequestLine, Resource)>();
        foreach (var line in lines)
        {
            if (line.Resource is { } text && NumberedId.TryParse(ResourceId.Prefix, text, out var number))
            {
                var resource = await resources.FindAsync(transaction, new ResourceId(number), cancellationToken);
                named.Add((line, resource!));
            }
        }

        return named;
    }
}

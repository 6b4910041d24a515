using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Metering;

/// <summary>A server that is measured.</summary>
public sealed record MeteredServer(ResourceId Id, NativeId Native, DateTimeOffset CreatedAt)
{
    /// <summary>The slot it was ordered in: before it, nothing can have been measured.</summary>
    public long FirstSlot { get; } = Slots.Of(CreatedAt);
}

/// <summary>Which servers or volumes in service are meant, and the days of which at least one was in service.</summary>
public sealed record ServiceScope(DateOnly From, DateOnly Until)
{
    public string? Tenant { get; init; }
    public string? Provider { get; init; }
    public string? Region { get; init; }
    public string? System { get; init; }
    public PoolId? Pool { get; init; }

    /// <summary>Servers, or volumes.</summary>
    public ItemKind Kind { get; init; } = ItemKind.Server;
}

/// <summary>The servers in the books as metering sees them. Implemented by Storage/Resources.</summary>
public interface IMeteredServers
{
    /// <summary>The pool's servers that exist there, from testing to reclaimed, in order of number.</summary>
    Task<IReadOnlyList<MeteredServer>> OfPoolAsync(
        ITransaction transaction,
        PoolId pool,
        CancellationToken cancellationToken
    );

    /// <summary>Servers (or volumes, where they are meant) with a day of service in the scope, whatever became of them since, in order of number.</summary>
    Task<Page<Resource>> InServiceAsync(
        ITransaction transaction,
        ServiceScope scope,
        PageRequest page,
        CancellationToken cancellationToken
    );
}

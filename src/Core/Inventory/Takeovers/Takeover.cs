using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Inventory.Takeovers;

/// <summary>One server to take over (纳管, art. 14) with all that is attached and bound to it.</summary>
/// <param name="Pool">Where it is.</param>
/// <param name="NativeId">The cloud's identifier.</param>
/// <param name="Item">The catalogue item it is charged as.</param>
public sealed record TakeoverLine(PoolId Pool, NativeId NativeId, string Item)
{
    /// <summary>The item of its volumes; null: the one the pool maps onto their type.</summary>
    public string? VolumeItem { get; init; }

    /// <summary>The item of its public addresses; null: the catalogue's only one.</summary>
    public string? AddressItem { get; init; }

    /// <summary>Its system disk in GiB, which listings do not show; null: 40.</summary>
    public int? SystemDiskGiB { get; init; }

    /// <summary>The bandwidth of its public addresses in Mbps, where the cloud does not tell.</summary>
    public int? BandwidthMbps { get; init; }
}

/// <summary>What the technical department wants taken over.</summary>
/// <param name="System">The code of the system that it is for; its tenant becomes the owner.</param>
/// <param name="Paper">The paper that proves whose it is, 1 to 200 characters.</param>
/// <param name="Lines">The servers.</param>
public sealed record TakeoverInput(string System, string Paper, IReadOnlyList<TakeoverLine> Lines);

/// <summary>One thing that is taken over: what it is in the cloud, and what it becomes in the books.</summary>
/// <param name="Thing">What the inventory shows.</param>
/// <param name="Item">The catalogue item's code.</param>
/// <param name="Spec">What it is charged as.</param>
/// <param name="MonthlyPrice">Yuan for a whole month at today's contract price; what is charged once is not in it.</param>
public sealed record TakenThing(CloudThing Thing, string Item, Spec Spec, decimal MonthlyPrice);

/// <summary>One server's taking over, examined.</summary>
/// <param name="Pool">Where it is.</param>
/// <param name="Server">The server.</param>
/// <param name="Parts">Its volumes and addresses.</param>
/// <param name="Paper">The paper that proves it.</param>
public sealed record TakeoverPlan(Pool Pool, TakenThing Server, IReadOnlyList<TakenThing> Parts, string Paper)
{
    public IEnumerable<TakenThing> All => Parts.Prepend(Server);
}

/// <summary>Under which paper a resource was taken over, and by which name the cloud knew it then.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Request">The request that brought it.</param>
/// <param name="NativeId">The cloud's identifier.</param>
/// <param name="Name">The name in the cloud.</param>
/// <param name="Paper">The paper that proves it.</param>
public sealed record TakeoverRecord(
    ResourceId Resource,
    RequestId Request,
    NativeId NativeId,
    string Name,
    string Paper
);

/// <summary>What was taken over, in the books.</summary>
public interface ITakeoverStore
{
    Task AddAsync(ITransaction transaction, TakeoverRecord taken, CancellationToken cancellationToken);

    /// <summary>What a request took over, in order of resource.</summary>
    Task<IReadOnlyList<TakeoverRecord>> OfRequestAsync(
        ITransaction transaction,
        RequestId request,
        CancellationToken cancellationToken
    );
}

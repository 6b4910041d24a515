using Refit;

namespace CloudManager.Client.Inventory;

/// <summary>What a pool holds and what of it is in the books (资源盘点, art. 14).</summary>
public interface IInventoryApi
{
    [Get("/api/v1/pools/{pool}/inventory")]
    Task<Page<InventoryThing>> ListAsync(
        string pool,
        [Query] InventoryQuery query,
        CancellationToken cancellationToken
    );

    [Get("/api/v1/pools/{pool}/inventory/runs")]
    Task<Page<InventoryRun>> RunsAsync(string pool, [Query] PageQuery query, CancellationToken cancellationToken);

    /// <summary>What exists in a pool whose cloud lists nothing, as CSV or JSON; a dry run only examines it.</summary>
    [Post("/api/v1/pools/{pool}/inventory")]
    Task<HandedInventory> HandInAsync(
        string pool,
        [Body] HttpContent file,
        [Query] string? day,
        bool dryRun,
        CancellationToken cancellationToken
    );

    /// <summary>Says that a pool whose listing shrank is really so much smaller.</summary>
    [Post("/api/v1/pools/{pool}/inventory/runs/{run}/accept")]
    Task<InventoryRun> AcceptAsync(
        string pool,
        string run,
        [Body] ShrinkOpinion body,
        CancellationToken cancellationToken
    );
}

/// <summary>What became of a list that was handed in.</summary>
/// <param name="Run">The run that held it against the books; null in a dry run.</param>
public sealed record HandedInventory(bool DryRun, int Rows, IReadOnlyList<FieldFault> Faults, InventoryRun? Run = null);

/// <summary>Why a pool is really so much smaller.</summary>
public sealed record ShrinkOpinion(string Opinion);

/// <summary>Which part of an inventory a list shows; null members do not filter.</summary>
public sealed record InventoryQuery : PageQuery
{
    /// <summary>server, volume, network or publicAddress.</summary>
    public string? Kind { get; init; }

    /// <summary>true or false: whether the books know it.</summary>
    public string? Known { get; init; }
}

/// <summary>A thing in a pool.</summary>
/// <param name="Resource">Its number in the books; null for what they do not know (账外).</param>
public sealed record InventoryThing(
    string Kind,
    string NativeId,
    string Name,
    string State,
    bool Known,
    string? Resource,
    int? Vcpus,
    int? MemoryGiB,
    int? SizeGiB,
    int? BandwidthMbps,
    string? Type,
    IReadOnlyList<string> Addresses,
    string? AttachedTo,
    string? Key,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen
)
{
    /// <summary>The upper installation it was made for through the open interface; null if for none.</summary>
    public string? Client { get; init; }
}

/// <summary>One run of the inventory.</summary>
/// <param name="Mode">full or quick.</param>
/// <param name="Outcome">running, completed, brokeOff, shrunk or accepted.</param>
/// <param name="Reason">Why it does not count.</param>
public sealed record InventoryRun(
    string Id,
    string Pool,
    string Mode,
    string Outcome,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    int Servers,
    int Volumes,
    int Networks,
    int Addresses,
    int Missing,
    int Opened,
    int Closed,
    Bilingual? Reason = null
);

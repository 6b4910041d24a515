using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Metering;

/// <summary>The samples as they are read. Implemented by Storage/Metering.</summary>
public interface ISampleReader
{
    /// <summary>Which slots of these resources already hold a row, in any order.</summary>
    Task<IReadOnlyList<HeldSlot>> HeldAsync(
        (ResourceId First, ResourceId Last) resources,
        SlotRange slots,
        CancellationToken cancellationToken
    );

    /// <summary>How many rows these resources hold in the slots, by resource; one without rows may be left out.</summary>
    async Task<IReadOnlyDictionary<ResourceId, long>> CountAsync(
        (ResourceId First, ResourceId Last) resources,
        SlotRange slots,
        CancellationToken cancellationToken
    ) =>
        (await HeldAsync(resources, slots, cancellationToken))
            .GroupBy(held => held.Resource)
            .ToDictionary(held => held.Key, held => held.LongCount());

    /// <summary>One server's rows in order of slot.</summary>
    Task<IReadOnlyList<SampleRow>> ReadAsync(ResourceId resource, SlotRange slots, CancellationToken cancellationToken);
}

/// <summary>The samples. Implemented by Storage/Metering.</summary>
public interface ISampleStore : ISampleReader
{
    /// <summary>How far the pool is collected; null if it never was.</summary>
    Task<SampleMark?> MarkAsync(PoolId pool, CancellationToken cancellationToken);

    /// <summary>
    /// Stores rows, what was set aside and the mark in one transaction. False, and nothing is stored, if the mark is no
    /// longer what the chunk was read against: somebody else collected this pool meanwhile.
    /// </summary>
    Task<bool> SaveAsync(SampleChunk chunk, CancellationToken cancellationToken);

    /// <summary>What was set aside, by pool, day, metric and reason.</summary>
    Task<IReadOnlyList<SetAsideCount>> SetAsideAsync(CancellationToken cancellationToken);
}

/// <summary>A pool's high-water mark.</summary>
/// <param name="Slot">The first slot that was not collected yet.</param>
/// <param name="Version">How often something was stored; tells apart two collections that left the slot where it was.</param>
public sealed record SampleMark(long Slot, long Version);

/// <summary>A slot of a server that already holds a row.</summary>
public readonly record struct HeldSlot(ResourceId Resource, long Slot);

/// <summary>What is stored in one transaction.</summary>
public sealed record SampleChunk
{
    public required PoolId Pool { get; init; }

    /// <summary>The mark it was read against; null where there was none.</summary>
    public required SampleMark? Before { get; init; }

    /// <summary>The first slot that is not collected once it is stored.</summary>
    public required long Mark { get; init; }

    /// <summary>New rows only.</summary>
    public required ReadOnlyMemory<SampleRow> Rows { get; init; }

    /// <summary>May name what is already known; that is counted once.</summary>
    public required IReadOnlyList<SetAside> SetAside { get; init; }

    /// <summary>The mark once it is stored.</summary>
    public SampleMark After => new(Mark, (Before?.Version ?? 0) + 1);
}

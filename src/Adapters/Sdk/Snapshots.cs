namespace CloudManager.Adapters.Sdk;

/// <summary>What snapshot to take.</summary>
/// <param name="Name">The name shown in the cloud.</param>
/// <param name="Volume">The volume it is taken of; it may be attached.</param>
public sealed record SnapshotSpec(string Name, NativeId Volume);

/// <summary>A snapshot of a volume as the cloud describes it now.</summary>
public sealed record CloudSnapshot
{
    /// <summary>The cloud's identifier.</summary>
    public required NativeId Id { get; init; }

    /// <summary>The name in the cloud.</summary>
    public required string Name { get; init; }

    /// <summary>Its state.</summary>
    public required CloudState State { get; init; }

    /// <summary>The volume it was taken of.</summary>
    public required NativeId Volume { get; init; }

    /// <summary>The volume's capacity when it was taken, in GiB.</summary>
    public required int SizeGiB { get; init; }

    /// <summary>The key it was taken under; null for one this platform did not take.</summary>
    public OperationKey? Key { get; init; }

    /// <summary>Why it is in <see cref="CloudState.Error"/>, in the cloud's words; null otherwise.</summary>
    public string? Fault { get; init; }
}

/// <summary>Snapshots of volumes (云硬盘快照). A snapshot holds the tenant's data (art. 36).</summary>
public interface ISnapshotService
{
    /// <summary>Takes the snapshot, or returns the one an earlier call with the same key took.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.NotFound"/> if the volume is gone.</exception>
    Task<CloudSnapshot> CreateAsync(SnapshotSpec spec, OperationKey key, CancellationToken cancellationToken);

    /// <summary>The snapshot taken under this key; null if the cloud shows none.</summary>
    Task<CloudSnapshot?> FindAsync(OperationKey key, CancellationToken cancellationToken);

    /// <summary>The snapshot as it is now.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.NotFound"/> if it is gone.</exception>
    Task<CloudSnapshot> GetAsync(NativeId id, CancellationToken cancellationToken);

    /// <summary>Deletes the snapshot. One that is already gone is success.</summary>
    Task DeleteAsync(NativeId id, CancellationToken cancellationToken);
}

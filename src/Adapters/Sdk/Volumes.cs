namespace CloudManager.Adapters.Sdk;

/// <summary>What volume to create.</summary>
/// <param name="Name">The name shown in the cloud.</param>
/// <param name="SizeGiB">Capacity in GiB, at least 1.</param>
/// <param name="Type">The cloud's volume type, from the pool's mapping.</param>
public sealed record VolumeSpec(string Name, int SizeGiB, string Type);

/// <summary>A volume as the cloud describes it now.</summary>
public sealed record CloudVolume
{
    /// <summary>The cloud's identifier.</summary>
    public required NativeId Id { get; init; }

    /// <summary>The name in the cloud.</summary>
    public required string Name { get; init; }

    /// <summary>Its state.</summary>
    public required CloudState State { get; init; }

    /// <summary>Capacity in GiB.</summary>
    public required int SizeGiB { get; init; }

    /// <summary>The cloud's volume type; null where it does not say.</summary>
    public string? Type { get; init; }

    /// <summary>The server it is attached to; null if none.</summary>
    public NativeId? AttachedTo { get; init; }

    /// <summary>The key it was created under; null for one this platform did not create.</summary>
    public OperationKey? Key { get; init; }

    /// <summary>Why it is in <see cref="CloudState.Error"/>, in the cloud's words; null otherwise.</summary>
    public string? Fault { get; init; }
}

/// <summary>Block volumes (云硬盘). A volume grows and never shrinks (art. 20).</summary>
public interface IVolumeService
{
    /// <summary>Creates the volume, or returns the one an earlier call with the same key made.</summary>
    Task<CloudVolume> CreateAsync(VolumeSpec spec, OperationKey key, CancellationToken cancellationToken);

    /// <summary>The volume made under this key; null if the cloud shows none.</summary>
    Task<CloudVolume?> FindAsync(OperationKey key, CancellationToken cancellationToken);

    /// <summary>The volume as it is now.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.NotFound"/> if it is gone.</exception>
    Task<CloudVolume> GetAsync(NativeId id, CancellationToken cancellationToken);

    /// <summary>Grows the volume to this size; one already that large is success.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.InvalidRequest"/> if it would shrink.</exception>
    Task ExtendAsync(NativeId id, int sizeGiB, CancellationToken cancellationToken);

    /// <summary>Deletes the volume. One that is already gone is success.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.Conflict"/> while it is attached.</exception>
    Task DeleteAsync(NativeId id, CancellationToken cancellationToken);
}

/// <summary>Attaching volumes to servers. Asking for what is already so is success.</summary>
public interface IVolumeAttachment
{
    /// <summary>Attaches the volume to the server.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.Conflict"/> if another server holds it.</exception>
    Task AttachAsync(NativeId volume, NativeId server, CancellationToken cancellationToken);

    /// <summary>Detaches the volume from whatever server holds it.</summary>
    Task DetachAsync(NativeId volume, CancellationToken cancellationToken);
}

namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>Everything a run makes is made here, noted by its key before the call.</summary>
internal static class Creating
{
    /// <summary>A server as ordered, or otherwise as the check changes it.</summary>
    public static Task<CloudServer> CreateServerAsync(
        this ConformanceRun run,
        OperationKey key,
        Func<ServerSpec, ServerSpec> change,
        CancellationToken cancellationToken
    )
    {
        var spec = new ServerSpec
        {
            Name = key.Value,
            Flavour = run.Options.Flavour,
            Size = run.Options.Size,
            Image = run.Options.Image,
            SystemDiskGiB = run.Options.SystemDiskGiB,
            Network = run.Options.Network,
        };
        return run.Made.Servers.MakeAsync(
            key,
            () => run.Adapter.Servers!.CreateAsync(change(spec), key, cancellationToken),
            server => server.Id
        );
    }

    /// <summary>A volume whose name has Chinese in it, as the names people give have.</summary>
    public static Task<CloudVolume> CreateVolumeAsync(
        this ConformanceRun run,
        OperationKey key,
        Func<VolumeSpec, VolumeSpec> change,
        CancellationToken cancellationToken
    )
    {
        var type = run.Options.VolumeType ?? throw new CheckSkipped("The pool's mapping names no volume type.");
        var spec = new VolumeSpec(VolumeName(key), run.Options.VolumeSizeGiB, type);
        return run.Made.Volumes.MakeAsync(
            key,
            () => run.Adapter.Volumes!.CreateAsync(change(spec), key, cancellationToken),
            volume => volume.Id
        );
    }

    public static string VolumeName(OperationKey key) => $"{key}-数据盘";

    public static Task<CloudSnapshot> CreateSnapshotAsync(
        this ConformanceRun run,
        OperationKey key,
        NativeId volume,
        CancellationToken cancellationToken
    )
    {
        var spec = new SnapshotSpec(key.Value, volume);
        return run.Made.Snapshots.MakeAsync(
            key,
            () => run.Adapter.Snapshots!.CreateAsync(spec, key, cancellationToken),
            snapshot => snapshot.Id
        );
    }

    public static Task<CloudNetwork> CreateNetworkAsync(
        this ConformanceRun run,
        OperationKey key,
        string cidr,
        CancellationToken cancellationToken
    )
    {
        var spec = new NetworkSpec(key.Value, cidr);
        return run.Made.Networks.MakeAsync(
            key,
            () => run.Adapter.Networks!.CreateAsync(spec, key, cancellationToken),
            network => network.Id
        );
    }

    public static Task<CloudAddress> CreateAddressAsync(
        this ConformanceRun run,
        OperationKey key,
        CancellationToken cancellationToken
    )
    {
        var spec = new AddressSpec(key.Value, 1);
        return run.Made.Addresses.MakeAsync(
            key,
            () => run.Adapter.Addresses!.CreateAsync(spec, key, cancellationToken),
            address => address.Id
        );
    }
}

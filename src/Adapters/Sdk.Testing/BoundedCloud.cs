namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>The cloud under test, whose streams are broken off where they go on for ever: a run must come to its end.</summary>
internal sealed class BoundedCloud(ICloudAdapter inner, int most) : ICloudAdapter
{
    public AdapterInfo Info => inner.Info;

    public IServerService? Servers => inner.Servers;

    public IServerPower? Power => inner.Power;

    public IServerResizing? Resizing => inner.Resizing;

    public IVolumeService? Volumes => inner.Volumes;

    public IVolumeAttachment? Attachment => inner.Attachment;

    public ISnapshotService? Snapshots => inner.Snapshots;

    public INetworkService? Networks => inner.Networks;

    public IAddressService? Addresses => inner.Addresses;

    public IAddressBinding? Binding => inner.Binding;

    public IOfferings? Offerings => inner.Offerings is { } it ? new BoundedOfferings(it, most) : null;

    public IInventory? Inventory => inner.Inventory is { } it ? new BoundedInventory(it, most) : null;

    public IServerChanges? Changes => inner.Changes is { } it ? new BoundedChanges(it, most) : null;

    public IConsoleSource? Console => inner.Console;

    public IUsageSource? Usage => inner.Usage is { } it ? new BoundedUsage(it, most) : null;

    public ICapacitySource? Capacity => inner.Capacity;

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class BoundedInventory(IInventory inner, int most) : IInventory
    {
        public IAsyncEnumerable<CloudServer> ListServersAsync(CancellationToken cancellationToken) =>
            inner.ListServersAsync(cancellationToken).EndingAsync(most, "servers");

        public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
            inner.ListVolumesAsync(cancellationToken).EndingAsync(most, "volumes");

        public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
            inner.ListNetworksAsync(cancellationToken).EndingAsync(most, "networks");

        public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
            inner.ListAddressesAsync(cancellationToken).EndingAsync(most, "addresses");
    }

    private sealed class BoundedOfferings(IOfferings inner, int most) : IOfferings
    {
        public IAsyncEnumerable<CloudImage> ListImagesAsync(CancellationToken cancellationToken) =>
            inner.ListImagesAsync(cancellationToken).EndingAsync(most, "images");

        public IAsyncEnumerable<CloudFlavour> ListFlavoursAsync(CancellationToken cancellationToken) =>
            inner.ListFlavoursAsync(cancellationToken).EndingAsync(most, "flavours");

        public IAsyncEnumerable<CloudVolumeType> ListVolumeTypesAsync(CancellationToken cancellationToken) =>
            inner.ListVolumeTypesAsync(cancellationToken).EndingAsync(most, "volume types");
    }

    private sealed class BoundedChanges(IServerChanges inner, int most) : IServerChanges
    {
        public IAsyncEnumerable<ServerChange> ListAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
            inner.ListAsync(since, cancellationToken).EndingAsync(most, "changed servers");
    }

    private sealed class BoundedUsage(IUsageSource inner, int most) : IUsageSource
    {
        public IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
            IReadOnlyList<NativeId> servers,
            DateTimeOffset from,
            DateTimeOffset until,
            CancellationToken cancellationToken
        ) => inner.ReadAsync(servers, from, until, cancellationToken).EndingAsync(most, "batches of measured use");
    }
}

/// <summary>Breaks endless streams off.</summary>
internal static class Ending
{
    public static async IAsyncEnumerable<T> EndingAsync<T>(this IAsyncEnumerable<T> stream, int most, string what)
    {
        var seen = 0;
        await foreach (var item in stream)
        {
            ConformanceFailure.Unless(++seen <= most, $"The list of {what} did not end within {most} of them.");
            yield return item;
        }
    }
}

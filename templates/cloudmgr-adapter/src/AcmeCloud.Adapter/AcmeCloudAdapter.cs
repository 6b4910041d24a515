using CloudManager.Adapters.Sdk;

namespace AcmeCloud.Adapter;

/// <summary>
/// One pool of the cloud. A service left out is one the cloud does not offer: its checks are skipped. Offer more by
/// adding ICloudAdapter's other members: Power, Resizing, Volumes, Attachment, Snapshots, Networks, Addresses, Binding,
/// Changes, Console, Usage, Capacity.
/// </summary>
internal sealed class AcmeCloudAdapter(AcmeCloudSettings settings) : ICloudAdapter
{
    public AdapterInfo Info { get; } = new("AdapterKindToReplace", "", new CloudLimits());

    public IServerService Servers { get; } = new AcmeCloudServers();

    public IOfferings Offerings { get; } = new AcmeCloudOfferings();

    public IInventory Inventory { get; } = new AcmeCloudInventory();

    /// <summary>Proves with the cheapest call there is that the cloud answers and accepts the credentials.</summary>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        throw AcmeCloudErrors.NotWritten($"Asking {settings.Endpoint} whether it answers");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

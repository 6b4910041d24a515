using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack;

/// <summary>Adapter of one OpenStack project in one region.</summary>
internal sealed class OpenStackAdapter : ICloudAdapter
{
    public const string Kind = "OpenStack";

    private readonly CloudDoor _door;

    public OpenStackAdapter(OpenStackSettings settings, CloudDoor door)
    {
        _door = door;
        Info = new AdapterInfo(Kind, settings.Region, new CloudLimits { SettleTime = TimeSpan.FromSeconds(90) });
    }

    public AdapterInfo Info { get; }

    public async Task CheckAsync(CancellationToken cancellationToken) =>
        await _door.VersionAsync(CloudServices.Compute, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _door.Dispose();
        return ValueTask.CompletedTask;
    }
}

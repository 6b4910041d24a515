using System.Collections.Concurrent;
using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace MemoryCloud.Adapter;

/// <summary>What the platform finds in this plug-in: the one public class that makes adapters.</summary>
public sealed class MemoryCloudAdapterFactory : IAdapterFactory
{
    /// <summary>The clouds by their addresses: they outlive the adapters that reach them.</summary>
    private static readonly ConcurrentDictionary<Uri, Rack> Racks = new();

    /// <inheritdoc/>
    public string Kind => "MemoryCloud";

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Validate(JsonElement settings) => MemoryCloudSettings.Faults(settings);

    /// <inheritdoc/>
    public ICloudAdapter Create(AdapterContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var settings = MemoryCloudSettings.Read(context.Settings);
        return new MemoryCloudAdapter(Racks.GetOrAdd(settings.Endpoint, _ => new Rack(settings.Vcpus)));
    }
}

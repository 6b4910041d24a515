using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace AcmeCloud.Adapter;

/// <summary>What the platform finds in this plug-in: the one public class that makes adapters.</summary>
public sealed class AcmeCloudAdapterFactory : IAdapterFactory
{
    /// <inheritdoc/>
    public string Kind => "AdapterKindToReplace";

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Validate(JsonElement settings) => AcmeCloudSettings.Faults(settings);

    /// <inheritdoc/>
    public ICloudAdapter Create(AdapterContext context) =>
        new AcmeCloudAdapter(AcmeCloudSettings.Read(context.Settings));
}

using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Manual;

/// <summary>
/// Makes pools without any interface (人工办理资源池): the provider's people do what is ordered, with evidence. Nothing is
/// called, now or ever.
/// </summary>
public sealed class ManualAdapterFactory : IAdapterFactory
{
    /// <summary>The kind as adapters.json writes it.</summary>
    public const string Name = "Manual";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Validate(JsonElement settings)
    {
        var faults = new List<SettingFault>();
        ManualSettingsReader.Read(settings, faults);
        return faults;
    }

    /// <inheritdoc/>
    public ICloudAdapter Create(AdapterContext context)
    {
        var faults = new List<SettingFault>();
        var settings = ManualSettingsReader.Read(context.Settings, faults);
        return faults is [var fault, ..]
            ? throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The settings of '{context.Pool}' are not valid: {fault.Path}: {fault.Expected}."
            )
            : new ManualAdapter(settings);
    }
}

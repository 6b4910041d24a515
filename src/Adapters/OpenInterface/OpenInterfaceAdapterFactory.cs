using System.Text.Json;
using CloudManager.Adapters.OpenInterface.Connection;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface;

/// <summary>Makes the adapters of pools whose provider serves the open interface (开放接口, art. 16).</summary>
public sealed class OpenInterfaceAdapterFactory : IAdapterFactory
{
    /// <inheritdoc/>
    public string Kind => OpenInterfaceAdapter.Kind;

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Validate(JsonElement settings)
    {
        var faults = new List<SettingFault>();
        OpenInterfaceSettingsReader.Read(settings, faults);
        return faults;
    }

    /// <inheritdoc/>
    public ICloudAdapter Create(AdapterContext context)
    {
        var faults = new List<SettingFault>();
        var settings = OpenInterfaceSettingsReader.Read(context.Settings, faults);
        if (faults.Count > 0)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The settings of '{context.Pool}' are not valid: {faults[0].Path}: {faults[0].Expected}."
            );
        }

        var caFile = settings.CaFile is null ? null : Path.GetFullPath(settings.CaFile, context.BaseDirectory);
        return new OpenInterfaceAdapter(new ProviderDoor(settings, caFile, context.MachineTime));
    }
}

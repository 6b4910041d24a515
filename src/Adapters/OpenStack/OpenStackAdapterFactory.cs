using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack;

/// <summary>Makes the adapters of OpenStack pools, from release Queens on.</summary>
public sealed class OpenStackAdapterFactory : IAdapterFactory
{
    /// <inheritdoc/>
    public string Kind => OpenStackAdapter.Kind;

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Validate(JsonElement settings)
    {
        var faults = new List<SettingFault>();
        OpenStackSettingsReader.Read(settings, faults);
        return faults;
    }

    /// <inheritdoc/>
    public ICloudAdapter Create(AdapterContext context)
    {
        var faults = new List<SettingFault>();
        var settings = OpenStackSettingsReader.Read(context.Settings, faults);
        if (faults.Count > 0)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The settings of '{context.Pool}' are not valid: {faults[0].Path}: {faults[0].Expected}."
            );
        }

        var caFile = settings.CaFile is null ? null : Path.GetFullPath(settings.CaFile, context.BaseDirectory);
        return new OpenStackAdapter(settings, new CloudDoor(settings, caFile, context.MachineTime));
    }
}

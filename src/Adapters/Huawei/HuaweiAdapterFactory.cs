using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei;

/// <summary>Makes the adapters of Huawei Cloud pools, and of private editions that speak the same interfaces.</summary>
public sealed class HuaweiAdapterFactory : IAdapterFactory
{
    /// <inheritdoc/>
    public string Kind => HuaweiAdapter.Kind;

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Validate(JsonElement settings)
    {
        var faults = new List<SettingFault>();
        HuaweiSettingsReader.Read(settings, faults);
        return faults;
    }

    /// <inheritdoc/>
    public ICloudAdapter Create(AdapterContext context)
    {
        var faults = new List<SettingFault>();
        var settings = HuaweiSettingsReader.Read(context.Settings, faults);
        if (faults.Count > 0)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The settings of '{context.Pool}' are not valid: {faults[0].Path}: {faults[0].Expected}."
            );
        }

        var caFile = settings.CaFile is null ? null : Path.GetFullPath(settings.CaFile, context.BaseDirectory);
        return new HuaweiAdapter(settings, new HuaweiDoor(settings, caFile, context.MachineTime));
    }
}

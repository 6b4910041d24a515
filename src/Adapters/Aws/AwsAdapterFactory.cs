using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws;

/// <summary>Makes the adapters of pools on Amazon EC2 and on clouds that speak its Query API, version 2016-11-15.</summary>
public sealed class AwsAdapterFactory : IAdapterFactory
{
    /// <inheritdoc/>
    public string Kind => AwsAdapter.Kind;

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Validate(JsonElement settings)
    {
        var faults = new List<SettingFault>();
        AwsSettingsReader.Read(settings, faults);
        return faults;
    }

    /// <inheritdoc/>
    public ICloudAdapter Create(AdapterContext context)
    {
        var faults = new List<SettingFault>();
        var settings = AwsSettingsReader.Read(context.Settings, faults);
        if (faults.Count > 0)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The settings of '{context.Pool}' are not valid: {faults[0].Path}: {faults[0].Expected}."
            );
        }

        var caFile = settings.CaFile is null ? null : Path.GetFullPath(settings.CaFile, context.BaseDirectory);
        return AwsAdapter.Open(settings, Transport.Create(caFile), context.MachineTime);
    }
}

using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay;

/// <summary>Makes the adapters of pools that are reached through a site agent (现场代理).</summary>
/// <param name="relays">Where the endpoints for agents find the pools' relays.</param>
public sealed class AgentAdapterFactory(PoolRelays relays) : IAdapterFactory
{
    /// <summary>The kind as adapters.json writes it.</summary>
    public const string KindName = "Agent";

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Validate(JsonElement settings)
    {
        var faults = new List<SettingFault>();
        new RelaySettingsReader(faults).Read(settings, resolved: false);
        return faults;
    }

    /// <inheritdoc/>
    public ICloudAdapter Create(AdapterContext context)
    {
        var faults = new List<SettingFault>();
        var settings = new RelaySettingsReader(faults).Read(context.Settings, resolved: true);
        if (faults.Count > 0)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The settings of '{context.Pool}' are not valid: {faults[0].Path}: {faults[0].Expected}."
            );
        }

        var relay = new PoolRelay(settings, context.MachineTime, context.BusinessTime);
        relays.Put(context.Pool, relay);
        return new AgentAdapter(relay, () => relays.Remove(context.Pool, relay));
    }
}

using System.Text.Json;
using CloudManager.Adapters.Mock.Faults;
using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Mock.Usage;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock;

/// <summary>
/// Makes simulated resource pools (模拟资源池): for demonstrations, for tests of the platform, and as the reference of
/// the adapter contract.
/// </summary>
public sealed class MockAdapterFactory : IAdapterFactory
{
    /// <inheritdoc/>
    public string Kind => "Mock";

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Validate(JsonElement settings)
    {
        var faults = new List<SettingFault>();
        MockSettingsReader.Read(settings, faults);
        return faults;
    }

    /// <inheritdoc/>
    public ICloudAdapter Create(AdapterContext context)
    {
        var faults = new List<SettingFault>();
        var settings = MockSettingsReader.Read(context.Settings, faults);
        if (faults.Count > 0)
        {
            throw MockErrors.Invalid(
                $"The settings of '{context.Pool}' are not valid: {faults[0].Path}: {faults[0].Expected}."
            );
        }

        var traces = settings.Traces is null ? null : Path.GetFullPath(settings.Traces, context.BaseDirectory);
        var replay = traces is null ? null : new TraceFolder(traces);
        var state = settings.State is null ? null : Path.GetFullPath(settings.State, context.BaseDirectory);
        var cloud = new SimulatedCloud(context.Pool, state, context.BusinessTime, context.MachineTime);
        var chance = Dice.Roll((ulong)settings.Seed, cloud.Stream);
        var calls = new MockCalls(cloud, new FaultInjector(settings.Faults, chance), settings, context.MachineTime);
        return new MockAdapter(calls, settings, replay);
    }
}

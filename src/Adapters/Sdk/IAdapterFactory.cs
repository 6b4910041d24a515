using System.Text.Json;

namespace CloudManager.Adapters.Sdk;

/// <summary>Makes adapters of one kind. Registered for a built-in kind, found by type in a plug-in assembly.</summary>
public interface IAdapterFactory
{
    /// <summary>The kind as adapters.json writes it, e.g. <c>Mock</c>.</summary>
    string Kind { get; }

    /// <summary>Lists every fault of a pool's settings. Touches no network and no file.</summary>
    IReadOnlyList<SettingFault> Validate(JsonElement settings);

    /// <summary>Makes the adapter of one pool. The settings have passed <see cref="Validate"/>, secrets are resolved.</summary>
    /// <exception cref="AdapterException">The pool cannot be opened, and why.</exception>
    ICloudAdapter Create(AdapterContext context);
}

/// <summary>One fault of a pool's settings.</summary>
/// <param name="Path">Where in the settings, e.g. <c>faults.createServer.probability</c>.</param>
/// <param name="Value">What stands there, as JSON; null where something is missing.</param>
/// <param name="Expected">What would be right.</param>
public sealed record SettingFault(string Path, string? Value, string Expected);

/// <summary>What an adapter is given when it is made.</summary>
/// <param name="Pool">The pool's id, for names and messages.</param>
/// <param name="Settings">The pool's settings with secrets resolved.</param>
/// <param name="BaseDirectory">The folder that relative paths in the settings start from.</param>
/// <param name="BusinessTime">The platform's business time, for what depends on the day (a simulated cloud's samples).</param>
/// <param name="MachineTime">The system's time, for time-outs, latencies and token expiry.</param>
public sealed record AdapterContext(
    string Pool,
    JsonElement Settings,
    string BaseDirectory,
    TimeProvider BusinessTime,
    TimeProvider MachineTime
);

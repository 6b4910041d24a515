using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.TestPlugins;

/// <summary>A plug-in that misbehaves as its settings say: <c>{"mode": "…"}</c>; without a mode it behaves.</summary>
public sealed class UnrulyFactory : IAdapterFactory
{
    public string Kind => "Unruly";

    public IReadOnlyList<SettingFault> Validate(JsonElement settings) =>
        Mode(settings) switch
        {
            "validateThrows" => throw new FormatException("token=hunter2"),
            "validateHangs" => Hang<IReadOnlyList<SettingFault>>(),
            "validateNull" => null!,
            "wrong" => [new SettingFault("mode", "\"wrong\"", "another mode")],
            _ => [],
        };

    public ICloudAdapter Create(AdapterContext context) =>
        Mode(context.Settings) switch
        {
            "createThrows" => throw new FormatException("token=hunter2"),
            "createHangs" => Hang<ICloudAdapter>(),
            "createNull" => null!,
            var mode => new UnrulyAdapter(mode),
        };

    /// <summary>Blocks the thread for good, whatever token there is.</summary>
    internal static T Hang<T>()
    {
        Thread.CurrentThread.Join();
        throw new InvalidOperationException("This is never reached.");
    }

    private static string Mode(JsonElement settings) =>
        settings.TryGetProperty("mode", out var mode) ? mode.GetString()! : "";
}

using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace AcmeCloud.Adapter;

/// <summary>A pool's settings, as they stand under "settings" in adapters.json.</summary>
/// <param name="Endpoint">Where the cloud's API is.</param>
internal sealed record AcmeCloudSettings(Uri Endpoint)
{
    /// <summary>Every fault, with its path. Touches no network and no file.</summary>
    public static IReadOnlyList<SettingFault> Faults(JsonElement settings)
    {
        var faults = new List<SettingFault>();
        foreach (var member in settings.EnumerateObject().Where(member => member.Name != "endpoint"))
        {
            faults.Add(new SettingFault(member.Name, null, "no such setting; known is endpoint"));
        }

        if (!settings.TryGetProperty("endpoint", out var endpoint))
        {
            faults.Add(new SettingFault("endpoint", null, "missing: the address of the cloud's API"));
        }
        else if (
            endpoint.ValueKind != JsonValueKind.String
            || !Uri.TryCreate(endpoint.GetString(), UriKind.Absolute, out _)
        )
        {
            faults.Add(new SettingFault("endpoint", endpoint.GetRawText(), "an absolute address"));
        }

        return faults;
    }

    /// <summary>Reads settings without faults.</summary>
    public static AcmeCloudSettings Read(JsonElement settings) =>
        new(new Uri(settings.GetProperty("endpoint").GetString()!));
}

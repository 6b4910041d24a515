using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace MemoryCloud.Adapter;

/// <summary>A pool's settings.</summary>
/// <param name="Endpoint">The cloud's address: any, it lives in memory under it.</param>
/// <param name="Vcpus">How many cores it has.</param>
internal sealed record MemoryCloudSettings(Uri Endpoint, int Vcpus)
{
    private const int DefaultVcpus = 1000;

    /// <summary>Every fault, with its path. Touches no network and no file.</summary>
    public static IReadOnlyList<SettingFault> Faults(JsonElement settings)
    {
        var faults = new List<SettingFault>();
        foreach (var member in settings.EnumerateObject().Where(it => it.Name is not ("endpoint" or "vcpus")))
        {
            faults.Add(new SettingFault(member.Name, null, "no such setting; known are endpoint and vcpus"));
        }

        if (!settings.TryGetProperty("endpoint", out var endpoint))
        {
            faults.Add(new SettingFault("endpoint", null, "missing: the cloud's address"));
        }
        else if (
            endpoint.ValueKind != JsonValueKind.String
            || !Uri.TryCreate(endpoint.GetString(), UriKind.Absolute, out _)
        )
        {
            faults.Add(new SettingFault("endpoint", endpoint.GetRawText(), "an absolute address"));
        }

        if (
            settings.TryGetProperty("vcpus", out var vcpus)
            && !(vcpus.ValueKind == JsonValueKind.Number && vcpus.TryGetInt32(out var number) && number > 0)
        )
        {
            faults.Add(new SettingFault("vcpus", vcpus.GetRawText(), "a whole number from 1"));
        }

        return faults;
    }

    /// <summary>Reads settings without faults.</summary>
    public static MemoryCloudSettings Read(JsonElement settings) =>
        new(
            new Uri(settings.GetProperty("endpoint").GetString()!),
            settings.TryGetProperty("vcpus", out var vcpus) ? vcpus.GetInt32() : DefaultVcpus
        );
}

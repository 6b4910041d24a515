using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Clouds.Tests.Support;

/// <summary>The sample plug-in (samples/plugin-adapter), whose cloud lives within the host that loads it.</summary>
internal sealed class PluginCloud : IOtherCloud
{
    private HostProcess? _host;

    public static Task<IOtherCloud> StartAsync() => Task.FromResult<IOtherCloud>(new PluginCloud());

    public IReadOnlyDictionary<string, JsonNode> Declare(JsonObject pool, string folder)
    {
        pool["adapter"] = "MemoryCloud";
        pool["settings"] = new JsonObject { ["endpoint"] = "memory://first-hour" };
        pool["mapping"] = Declared.Mapping([(2, 4, "small"), (4, 8, "large"), (8, 16, "huge")], "linux", "ssd");
        var assembly = Path.Combine(AppContext.BaseDirectory, "plugins", "MemoryCloud", "MemoryCloud.Adapter.dll");
        var plugin = new JsonObject
        {
            ["kind"] = "MemoryCloud",
            ["assembly"] = assembly,
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(assembly))),
            ["contract"] = 1,
        };
        return new Dictionary<string, JsonNode> { ["plugins"] = new JsonArray(plugin) };
    }

    public Task ConnectAsync(HostProcess host)
    {
        _host = host;
        return Task.CompletedTask;
    }

    /// <summary>Nobody but the host sees into the cloud: what the host's inventory finds there.</summary>
    public async Task<int> CountServersAsync()
    {
        await _host!.CallAsync(HttpMethod.Post, "/api/v1/jobs/sync-inventory/run", "technical", new JsonObject());
        var path = "/api/v1/pools/mock-a/inventory?kind=server&limit=500";
        var found = await _host.CallAsync(HttpMethod.Get, path, "technical");
        return found["items"]!.AsArray().Count;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

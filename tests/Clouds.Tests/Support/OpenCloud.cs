using System.Text.Json;
using System.Text.Json.Nodes;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Journey.Tests.Support;
using CloudManager.Samples.OpenProvider;
using Microsoft.AspNetCore.Builder;

namespace CloudManager.Clouds.Tests.Support;

/// <summary>The reference provider of the open interface (开放接口) in C#, over a simulated cloud on the host's days.</summary>
internal sealed class OpenCloud(ICloudAdapter cloud, WebApplication app, HostTime time) : IOtherCloud
{
    public const string Key = "k-3b8e51";

    public static async Task<IOtherCloud> StartAsync()
    {
        var time = new HostTime();
        var settings = JsonElement.Parse("""{"seed": 1, "createSeconds": 0.1}""");
        var context = new AdapterContext("mock-a", settings, ".", time, TimeProvider.System);
        var cloud = new MockAdapterFactory().Create(context);
        var app = Provider.Build(cloud, Key, "http://127.0.0.1:0");
        app.Use(
            async (http, next) =>
            {
                await time.LookAsync();
                await next(http);
            }
        );
        await app.StartAsync(CancellationToken.None);
        return new OpenCloud(cloud, app, time);
    }

    public IReadOnlyDictionary<string, JsonNode> Declare(JsonObject pool, string folder)
    {
        pool["adapter"] = "OpenInterface";
        pool["settings"] = Settings(folder, app.Urls.Single());
        pool["mapping"] = Declared.Mapping([(2, 4, "m2-4"), (4, 8, "m4-8"), (8, 16, "m8-16")], "kylin-v10-x86", "ssd");
        return new Dictionary<string, JsonNode>();
    }

    public Task ConnectAsync(HostProcess host) => time.FollowAsync(host);

    public async Task<int> CountServersAsync() =>
        await cloud.Inventory!.ListServersAsync(CancellationToken.None).CountAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await cloud.DisposeAsync();
    }

    /// <summary>How a host reaches a provider on this machine.</summary>
    public static JsonObject Settings(string folder, string address) =>
        new()
        {
            ["baseUrl"] = address,
            ["key"] = Declared.Secret(folder, "open.key", Key),
            ["useProxy"] = false,
        };
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Agent;
using CloudManager.Agent.Declaration;
using CloudManager.Journey.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudManager.Clouds.Tests.Support;

/// <summary>A simulated cloud at a provider's site, reached by the site agent (现场代理) alone.</summary>
internal sealed class AgentCloud : IOtherCloud
{
    private const string Key = "key-of-the-site-0123456789abcdef";
    private readonly DirectoryInfo _site = Directory.CreateTempSubdirectory("cloudmanager-agent-");
    private readonly CancellationTokenSource _stop = new();
    private readonly KeptFactory _factory = new();
    private JsonObject _pool = [];
    private SiteAgent? _agent;
    private Task _run = Task.CompletedTask;

    public static Task<IOtherCloud> StartAsync() => Task.FromResult<IOtherCloud>(new AgentCloud());

    public IReadOnlyDictionary<string, JsonNode> Declare(JsonObject pool, string folder)
    {
        _pool = pool.DeepClone().AsObject();
        pool["adapter"] = "Agent";
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));
        pool["settings"] = new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject { ["name"] = "site-key", ["sha256"] = hash }),
        };
        return new Dictionary<string, JsonNode>();
    }

    /// <summary>What stood in the demonstration's adapters.json stands at the site now.</summary>
    public async Task ConnectAsync(HostProcess host)
    {
        var declared = new JsonObject { ["pools"] = new JsonArray(_pool) };
        await File.WriteAllTextAsync(Path.Combine(_site.FullName, "adapters.json"), declared.ToJsonString());
        Declared.Secret(_site.FullName, "key", Key);
        var agent = new JsonObject
        {
            ["name"] = "site-agent",
            ["platforms"] = new JsonArray(host.Client.BaseAddress!.ToString()),
            ["pools"] = new JsonObject
            {
                [_pool["id"]!.GetValue<string>()] = new JsonObject { ["secret"] = "file:key" },
            },
        };
        var path = Path.Combine(_site.FullName, "agent.json");
        await File.WriteAllTextAsync(path, agent.ToJsonString());
        var settings = await AgentFile.LoadAsync(path, CancellationToken.None);
        var around = new AgentSurroundings(TimeProvider.System, NullLoggerFactory.Instance) { Factories = [_factory] };
        _agent = await SiteAgent.OpenAsync(settings, around, CancellationToken.None);
        _run = Task.Run(() => _agent.RunAsync(_stop.Token));
    }

    public async Task<int> CountServersAsync() =>
        await _factory.Made!.Inventory!.ListServersAsync(CancellationToken.None).CountAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        if (_agent is not null)
        {
            await _agent.DisposeAsync();
        }

        _stop.Dispose();
        _site.Delete(recursive: true);
    }

    /// <summary>The mock, whose adapter the test may look at.</summary>
    private sealed class KeptFactory : IAdapterFactory
    {
        private readonly MockAdapterFactory _mock = new();

        public ICloudAdapter? Made { get; private set; }

        public string Kind => _mock.Kind;

        public IReadOnlyList<SettingFault> Validate(JsonElement settings) => _mock.Validate(settings);

        public ICloudAdapter Create(AdapterContext context) => Made = _mock.Create(context);
    }
}

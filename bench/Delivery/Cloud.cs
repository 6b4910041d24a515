using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudManager.Bench.Delivery;

/// <summary>The lab's OpenStack by bare HTTP: what a script that knows all ids and minds no failure would do.</summary>
internal sealed class Cloud : IDisposable
{
    private const string Microversion = "compute 2.79";
    private readonly SocketsHttpHandler _handler = new()
    {
        UseProxy = false,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1),
    };
    private readonly HttpClient _client;
    private readonly Dictionary<string, string> _endpoints = [];

    public Cloud() => _client = new HttpClient(_handler) { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Signs in as a user of a project.</summary>
    public async Task SignInAsync(string keystone, string user, string password, string project)
    {
        var domain = new JsonObject { ["name"] = "Default" };
        var body = new JsonObject
        {
            ["auth"] = new JsonObject
            {
                ["identity"] = new JsonObject
                {
                    ["methods"] = new JsonArray("password"),
                    ["password"] = new JsonObject
                    {
                        ["user"] = new JsonObject
                        {
                            ["name"] = user,
                            ["domain"] = domain.DeepClone(),
                            ["password"] = password,
                        },
                    },
                },
                ["scope"] = new JsonObject
                {
                    ["project"] = new JsonObject { ["name"] = project, ["domain"] = domain.DeepClone() },
                },
            },
        };
        using var content = Json(body);
        using var answer = await _client.PostAsync($"{keystone}/auth/tokens", content);
        answer.EnsureSuccessStatusCode();
        _client.DefaultRequestHeaders.Add("X-Auth-Token", answer.Headers.GetValues("X-Subject-Token").Single());
        _client.DefaultRequestHeaders.Add("OpenStack-API-Version", Microversion);
        var token = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["token"]!;
        foreach (var service in token["catalog"]!.AsArray())
        {
            var shown = service!["endpoints"]!.AsArray().First(e => (string?)e!["interface"] == "public")!;
            _endpoints[(string)service["type"]!] = (string)shown["url"]!;
        }
    }

    /// <summary>The id of the only thing of that name.</summary>
    public async Task<string> FindAsync(string service, string path, string list) =>
        (string)(await GetAsync(service, path))[list]![0]!["id"]!;

    public async Task<JsonNode> GetAsync(string service, string path) =>
        JsonNode.Parse(await _client.GetStringAsync($"{_endpoints[service]}{path}"))!;

    public async Task<JsonNode> PostAsync(string service, string path, JsonNode body)
    {
        using var content = Json(body);
        using var answer = await _client.PostAsync($"{_endpoints[service]}{path}", content);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public async Task PutAsync(string service, string path)
    {
        using var answer = await _client.PutAsync($"{_endpoints[service]}{path}", null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Deletes all servers of the project and waits until they are gone.</summary>
    public async Task EmptyAsync()
    {
        while (await ServersAsync() is { Count: > 0 } servers)
        {
            foreach (var id in servers.Keys)
            {
                using var gone = await _client.DeleteAsync($"{_endpoints["compute"]}/servers/{id}");
            }

            await Task.Delay(2_000);
        }
    }

    /// <summary>The project's servers and their status.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ServersAsync() =>
        (await GetAsync("compute", "/servers/detail?limit=1000"))["servers"]!
            .AsArray()
            .ToDictionary(s => (string)s!["id"]!, s => (string)s!["status"]!);

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    /// <summary>With its length: the services refuse a body in chunks.</summary>
    private static ByteArrayContent Json(JsonNode body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString(JsonSerializerOptions.Web)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}

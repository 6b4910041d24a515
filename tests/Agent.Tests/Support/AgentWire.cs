using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CloudManager.Agent.Tests.Support;

/// <summary>An agent spoken by hand: its messages as they go over the wire.</summary>
internal sealed class AgentWire(Uri platform, string? key = TestPlatform.Key, string pool = TestPlatform.Pool)
    : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = platform };
    private int _poll;

    public string Instance { get; init; } = Guid.NewGuid().ToString("N");

    public string Journal { get; init; } = Guid.NewGuid().ToString("N");

    public Dictionary<string, string> Headers { get; } = [];

    public JsonObject Lease(int places = 1, int waitSeconds = 0, params string[] holds) =>
        new()
        {
            ["contract"] = 1,
            ["agent"] = Agent(),
            ["poll"] = ++_poll,
            ["places"] = places,
            ["waitSeconds"] = waitSeconds,
            ["holds"] = new JsonArray([.. holds.Select(hold => JsonValue.Create(hold))]),
            ["announcement"] = null,
        };

    public JsonObject Answer(string call, int part = 0, bool last = true, JsonNode? value = null) =>
        new()
        {
            ["contract"] = 1,
            ["agent"] = Agent(),
            ["call"] = call,
            ["part"] = part,
            ["last"] = last,
            ["value"] = value,
        };

    public Task<(HttpStatusCode Status, JsonNode? Body)> LeaseAsync(JsonNode body) => PostAsync("lease", body);

    public Task<(HttpStatusCode Status, JsonNode? Body)> AnswerAsync(JsonNode body) => PostAsync("answers", body);

    /// <summary>Polls until there is a call.</summary>
    public async Task<JsonNode> CallAsync()
    {
        while (true)
        {
            var (status, body) = await LeaseAsync(Lease(waitSeconds: 5));
            Assert.Equal(HttpStatusCode.OK, status);
            if (body!["calls"]!.AsArray() is [{ } call, ..])
            {
                return call;
            }
        }
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string what, JsonNode body)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"agent/v1/pools/{pool}/{what}");
        if (key is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", $"AgentKey {key}");
        }

        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        message.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(message);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public void Dispose() => _http.Dispose();

    private JsonObject Agent() =>
        new()
        {
            ["name"] = "by-hand",
            ["journal"] = Journal,
            ["instance"] = Instance,
            ["version"] = "0",
        };
}

using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.Wire;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Labs.Huawei.Tests;

/// <summary>An answer as it came.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Message)
{
    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    public string Text(params string[] path) => Find(path)!.ToString();

    public JsonNode? Find(params string[] path) =>
        path.Aggregate(Body, (node, name) => node is JsonArray list ? list[int.Parse(name)] : node?[name]);
}

/// <summary>A simulator on a clock that stands still until a test moves it, and a client that signs.</summary>
internal sealed class Lab : IAsyncDisposable
{
    public const string Project = "0123456789abcdef0123456789abcdef";
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    private Lab(RunningSimulator simulator, FakeTimeProvider clock) => (Simulator, Clock) = (simulator, clock);

    public RunningSimulator Simulator { get; }

    public FakeTimeProvider Clock { get; }

    public Credential Key { get; set; } = new("AKEXAMPLE00000000001", "SKEXAMPLE0000000000000000000000000000001");

    /// <summary>A token to send instead of a signature.</summary>
    public string? Token { get; set; }

    public static async Task<Lab> StartAsync(Action<SimulatorOptions>? change = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
        var options = new SimulatorOptions
        {
            Clock = clock,
            JobWait = TimeSpan.FromSeconds(2),
            JobTime = TimeSpan.FromSeconds(10),
            SettleTime = TimeSpan.FromSeconds(5),
        };
        change?.Invoke(options);
        return new Lab(await HuaweiSimulator.StartAsync(options, TestContext.Current.CancellationToken), clock);
    }

    public void Pass(int seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    public Task<Answer> GetAsync(string path) => SendAsync("GET", path);

    public Task<Answer> PostAsync(string path, string body, params (string, string)[] headers) =>
        SendAsync("POST", path, body, headers);

    public async Task<Answer> SendAsync(
        string method,
        string path,
        string? body = null,
        params (string Name, string Value)[] headers
    )
    {
        var target = path.Replace("{p}", Project, StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(body ?? "");
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Simulator.BaseUrl, target));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.ContentType = new("application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        if (Token is not null)
        {
            request.Headers.Add("X-Auth-Token", Token);
        }
        else
        {
            Sign(request, target, bytes);
        }

        var message = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await message.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer(message.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), message);
    }

    /// <summary>Makes a server in the network that is there and waits for it.</summary>
    public async Task<string> ServerAsync(string name, string more = "")
    {
        var made = await PostAsync("/v1/{p}/cloudservers", Order(name, more));
        Assert.Equal(HttpStatusCode.OK, made.Status);
        Pass(10);
        return made.Text("serverIds", "0");
    }

    public string Order(string name, string more = "") =>
        $$$"""
            {"server":{"name":"{{{name}}}","flavorRef":"s6.small.1","imageRef":"{{{RunningSimulator.Image()}}}",
            "vpcid":"{{{Simulator.DefaultVpc}}}","nics":[{"subnet_id":"{{{Simulator.DefaultSubnet}}}"}],
            "root_volume":{"volumetype":"GPSSD","size":40}{{{more}}}}}
            """;

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Simulator.DisposeAsync();
    }

    private void Sign(HttpRequestMessage request, string target, byte[] body)
    {
        var date = Clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'");
        request.Headers.Add("X-Sdk-Date", date);
        var headers = request.Headers.ToDictionary(
            header => header.Key.ToLowerInvariant(),
            header => string.Join(',', header.Value)
        );
        headers["host"] = Simulator.BaseUrl.Authority;
        var names = headers.Keys.Order(StringComparer.Ordinal).ToArray();
        var canonical = Signed.CanonicalRequest(
            new WireRequest(request.Method.Method, target, headers, body),
            [.. names]
        );
        var signature = Convert.ToHexStringLower(
            HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(Key.SecretKey),
                Encoding.UTF8.GetBytes(Signed.StringToSign(canonical, date))
            )
        );
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"SDK-HMAC-SHA256 Access={Key.AccessKey}, SignedHeaders={string.Join(';', names)}, Signature={signature}"
        );
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CloudManager.Adapters.OpenStack;
using CloudManager.Adapters.Sdk;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>An OpenStack that answers as recorded, but for what a test scripts; and an adapter before it.</summary>
internal sealed class ScriptedCloud : IAsyncDisposable
{
    public const string Password = "correct-horse-battery";
    private const string RequestId = "req-386209f7-7173-47b0-8c60-2f402e799670";

    private readonly ConcurrentQueue<(string Call, WireAnswer Answer)> _once = new();
    private readonly ConcurrentDictionary<string, WireAnswer> _always = new();
    private readonly WireServer _server;
    private int _tokens;

    public ScriptedCloud(X509Certificate2? certificate = null, string? caFile = null, object? settings = null)
    {
        _server = new WireServer(AnswerAsync, certificate);
        Clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 16, 20, 0, TimeSpan.Zero));
        var json = JsonSerializer.SerializeToElement(settings ?? Settings(_server.Address, caFile));
        Adapter = new OpenStackAdapterFactory().Create(
            new AdapterContext("os", json, Path.GetTempPath(), Clock, Clock)
        );
    }

    public FakeTimeProvider Clock { get; }

    public ICloudAdapter Adapter { get; }

    /// <summary>All calls in the order they came, e.g. <c>GET /compute/v2.1/servers</c>.</summary>
    public ConcurrentQueue<WireRequest> Calls { get; } = new();

    /// <summary>How many tokens Keystone gave out.</summary>
    public int Tokens => _tokens;

    /// <summary>How long a token lasts.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether only the newest token is taken.</summary>
    public bool OldTokensEnd { get; set; }

    /// <summary>The newest microversions of Nova and Cinder.</summary>
    public (string Nova, string Cinder) Versions { get; set; } = ("2.93", "3.70");

    /// <summary>The service types the catalogue lists.</summary>
    public IReadOnlyList<string> Services { get; set; } = ["compute", "volumev3", "network", "image", "placement"];

    public string Address => _server.Address;

    public static object Settings(
        string address,
        string? caFile = null,
        string region = "RegionOne",
        string side = "public",
        string? externalNetwork = "public"
    ) =>
        new
        {
            authUrl = $"{address}/identity/v3",
            region,
            @interface = side,
            auth = new
            {
                username = "demo",
                password = Password,
                project = "demo",
            },
            caFile,
            network = "demo-net",
            externalNetwork,
        };

    /// <summary>The next such call gets this answer.</summary>
    public ScriptedCloud Once(string call, WireAnswer answer)
    {
        _once.Enqueue((call, answer));
        return this;
    }

    /// <summary>Every such call gets this answer.</summary>
    public ScriptedCloud Always(string call, WireAnswer answer)
    {
        _always[call] = answer;
        return this;
    }

    /// <summary>Ends every token given out so far.</summary>
    public void Revoke() => Interlocked.Increment(ref _tokens);

    public int Count(string call) => Calls.Count(each => $"{each.Method} {each.Path}" == call);

    public async ValueTask DisposeAsync()
    {
        await Adapter.DisposeAsync();
        await _server.DisposeAsync();
    }

    private async Task<WireAnswer> AnswerAsync(WireRequest request)
    {
        await Task.Yield();
        Calls.Enqueue(request);
        var call = $"{request.Method} {request.Path}";
        var answer = Scripted(call) ?? Refused(request) ?? Usual(call);
        return answer with { Headers = [.. answer.Headers, ("x-openstack-request-id", RequestId)] };
    }

    private WireAnswer? Scripted(string call)
    {
        for (var left = _once.Count; left > 0 && _once.TryDequeue(out var next); left--)
        {
            if (next.Call == call)
            {
                return next.Answer;
            }

            _once.Enqueue(next);
        }

        return _always.GetValueOrDefault(call);
    }

    private WireAnswer? Refused(WireRequest request) =>
        request.Path.StartsWith("/identity", StringComparison.Ordinal)
        || (!OldTokensEnd && request.Headers.ContainsKey("X-Auth-Token"))
        || request.Headers.GetValueOrDefault("X-Auth-Token") == $"secret-token-{_tokens}"
            ? null
            : Unauthorized;

    public static WireAnswer Unauthorized { get; } =
        new(
            401,
            """{"error": {"code": 401, "title": "Unauthorized", "message": "The request you have made requires authentication."}}"""
        );

    private WireAnswer Usual(string call) =>
        call switch
        {
            "POST /identity/v3/auth/tokens" => Token(),
            "GET /compute/v2.1" or "GET /compute/v2.1/" => new(
                200,
                $$$"""{"version": {"id": "v2.1", "status": "CURRENT", "version": "{{{Versions.Nova}}}", "min_version": "2.1", "links": []}}"""
            ),
            "GET /volume/v3" or "GET /volume/v3/" => new(
                200,
                $$$"""{"versions": [{"id": "v3.0", "status": "CURRENT", "version": "{{{Versions.Cinder}}}", "min_version": "3.0", "links": []}]}"""
            ),
            "GET /compute/v2.1/limits" => new(200, Recorded.Limits),
            "GET /network/v2.0/networks" => new(200, Recorded.Networks),
            "GET /compute/v2.1/flavors/detail" => new(200, Recorded.Flavours),
            "GET /image/v2/images" => new(200, Recorded.Images),
            "GET /compute/v2.1/servers" or "GET /compute/v2.1/servers/detail" => new(200, Recorded.NoServers),
            "POST /compute/v2.1/servers" => new(202, Recorded.Created),
            $"GET /compute/v2.1/servers/{Recorded.ServerId}" => new(200, $$$"""{"server": {{{Recorded.Server()}}}}"""),
            $"DELETE /compute/v2.1/servers/{Recorded.ServerId}" => new(204, ""),
            "GET /placement/resource_providers" => new(
                403,
                """{"errors": [{"status": 403, "title": "Forbidden", "detail": "Access was denied.", "request_id": "req-p"}]}"""
            ),
            _ => new(404, Recorded.NotFound),
        };

    private WireAnswer Token()
    {
        var number = Interlocked.Increment(ref _tokens);
        var now = Clock.GetUtcNow();
        var paths = new Dictionary<string, string>
        {
            ["compute"] = "compute/v2.1",
            ["volumev3"] = $"volume/v3/{Recorded.Project}",
            ["block-storage"] = $"volume/v3/{Recorded.Project}",
        };
        var catalogue = Services.Select(type => new
        {
            type,
            name = type,
            endpoints = new[]
            {
                new
                {
                    @interface = "public",
                    region = "RegionOne",
                    region_id = "RegionOne",
                    url = $"{Address}/{paths.GetValueOrDefault(type, type)}",
                },
            },
        });
        var token = new
        {
            token = new
            {
                issued_at = now,
                expires_at = now + TokenLife,
                project = new { id = Recorded.Project, name = "demo" },
                roles = new[] { new { name = "member" } },
                catalog = catalogue,
            },
        };
        return new WireAnswer(201, JsonSerializer.Serialize(token))
        {
            Headers = [("X-Subject-Token", $"secret-token-{number}")],
        };
    }
}

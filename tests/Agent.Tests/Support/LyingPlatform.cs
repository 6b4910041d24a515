using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudManager.Agent.Tests.Support;

/// <summary>A platform that asks the agent for one call of the test's choice.</summary>
internal sealed class LyingPlatform(WebApplication app) : IAsyncDisposable
{
    private readonly TaskCompletionSource<JsonNode> _answered = new();
    private int _given;

    public Uri Url => new(app.Urls.First());

    public static async Task<LyingPlatform> StartAsync(string service, string method, string arguments)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var platform = new LyingPlatform(app);
        var call = new JsonObject
        {
            ["id"] = "c-1",
            ["service"] = service,
            ["method"] = method,
            ["arguments"] = JsonNode.Parse(arguments),
            ["answerWithinSeconds"] = 50,
        };
        app.MapPost(
            "/agent/v1/pools/{pool}/lease",
            async (HttpContext http) =>
            {
                await Task.Delay(Interlocked.Increment(ref platform._given) == 1 ? 0 : 2000, http.RequestAborted);
                var lease = new JsonObject
                {
                    ["calls"] = platform._given == 1 ? new JsonArray(call.DeepClone()) : [],
                    ["over"] = new JsonArray(),
                    ["businessTime"] = "2026-03-01T00:00:00+00:00",
                };
                return Results.Text(lease.ToJsonString(), "application/json");
            }
        );
        app.MapPost(
            "/agent/v1/pools/{pool}/answers",
            async (HttpContext http) =>
            {
                platform._answered.TrySetResult((await JsonNode.ParseAsync(http.Request.Body))!);
                return Results.Text("{}", "application/json");
            }
        );
        await app.StartAsync();
        return platform;
    }

    public Task<JsonNode> AnsweredAsync() => _answered.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }
}

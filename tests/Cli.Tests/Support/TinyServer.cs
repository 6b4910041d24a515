using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudManager.Cli.Tests.Support;

/// <summary>A server on a free port of 127.0.0.1 that answers as it is told and remembers what it was asked.</summary>
internal sealed class TinyServer : IAsyncDisposable
{
    public const string Token = "token-of-a-session";
    private readonly WebApplication _app;
    private readonly Dictionary<string, Func<int, Reply>> _replies = new(StringComparer.Ordinal)
    {
        ["POST /api/v1/sessions"] = _ =>
            new(201, $$"""{"token":"{{Token}}","expiresAt":"2026-11-24T05:04:00+08:00"}"""),
    };

    private TinyServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Uri => new(_app.Urls.First());

    public ConcurrentQueue<Asked> Calls { get; } = new();

    /// <summary>The calls but for the sign-in.</summary>
    public IReadOnlyList<Asked> Asked => [.. Calls.Where(c => c.Path != "/api/v1/sessions")];

    public static async Task<TinyServer> StartAsync()
    {
        var server = new TinyServer();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>What a call is answered, e.g. <c>GET /api/v1/me</c>; the n-th reply to the n-th call, then the last.</summary>
    public TinyServer On(string call, params Reply[] replies)
    {
        _replies[call] = n => replies[Math.Min(n, replies.Length - 1)];
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var asked = new Asked(
            http.Request.Method,
            http.Request.Path,
            http.Request.QueryString.Value ?? "",
            await reader.ReadToEndAsync(),
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)
        );
        var before = Calls.Count(c => c.Name == asked.Name);
        Calls.Enqueue(asked);
        var reply = _replies.TryGetValue(asked.Name, out var known)
            ? known(before)
            : Reply.Problem(404, "route.notFound");
        http.Response.StatusCode = reply.Status;
        if (reply.Body is { } body)
        {
            http.Response.ContentType = reply.MediaType;
            await http.Response.WriteAsync(body);
        }
    }
}

/// <summary>What the server was asked.</summary>
internal sealed record Asked(
    string Method,
    string Path,
    string Query,
    string Body,
    IReadOnlyDictionary<string, string> Headers
)
{
    public string Name => $"{Method} {Path}";
}

/// <summary>What the server answers.</summary>
internal sealed record Reply(int Status, string? Body, string MediaType = "application/json")
{
    public static Reply Ok(string body) => new(200, body);

    public static Reply Problem(int status, string code, string errors = "[]") =>
        new(
            status,
            $$"""{"type":"about:blank","title":"t","status":{{status}},"code":"{{code}}","detail":"不行","detailEn":"it does not go","errors":{{errors}},"traceId":"trace-1"}""",
            "application/problem+json"
        );
}

using System.Collections.Concurrent;
using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Tests.OpenStack;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Adapters.Huawei.Tests;

/// <summary>A Huawei cloud that answers as recorded, but for what a test scripts; and an adapter before it.</summary>
internal sealed class ScriptedCloud : IAsyncDisposable
{
    public const string Project = "0123456789abcdef0123456789abcdef";
    public const string SecretKey = "correct-horse-battery";
    public const string RequestId = "386209f7717347b08c602f402e799670";

    private readonly ConcurrentQueue<(string Call, WireAnswer Answer)> _once = new();
    private readonly ConcurrentDictionary<string, Func<WireRequest, WireAnswer>> _always = new();
    private readonly WireServer _server;

    public ScriptedCloud(Func<string, object>? settings = null, TimeProvider? clock = null)
    {
        _server = new WireServer(AnswerAsync);
        Clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 16, 20, 0, TimeSpan.Zero));
        var json = JsonSerializer.SerializeToElement((settings ?? (address => Settings(address)))(_server.Address));
        Adapter = new HuaweiAdapterFactory().Create(
            new AdapterContext("hw", json, Path.GetTempPath(), Clock, clock ?? Clock)
        );
    }

    public FakeTimeProvider Clock { get; }

    public ICloudAdapter Adapter { get; }

    /// <summary>All calls in the order they came.</summary>
    public ConcurrentQueue<WireRequest> Calls { get; } = new();

    public static object Settings(
        string address,
        string? projectId = Project,
        string? projectName = null,
        string evsStyle = "jobs",
        string serverCreate = "v1"
    ) =>
        new
        {
            region = "cn-north-4",
            accessKey = "AKEXAMPLE00000000001",
            secretKey = SecretKey,
            projectId,
            projectName,
            endpoints = new
            {
                iam = address,
                ecs = address,
                evs = address,
                vpc = address,
                ims = address,
                ces = address,
            },
            vpc = Recorded.VpcId,
            availabilityZone = "cn-north-4a",
            evsStyle,
            serverCreate,
        };

    /// <summary>The next such call gets this answer.</summary>
    public ScriptedCloud Once(string call, WireAnswer answer)
    {
        _once.Enqueue((call, answer));
        return this;
    }

    /// <summary>Every such call gets this answer.</summary>
    public ScriptedCloud Always(string call, WireAnswer answer) => Always(call, _ => answer);

    public ScriptedCloud Always(string call, Func<WireRequest, WireAnswer> answer)
    {
        _always[call] = answer;
        return this;
    }

    /// <summary>The calls of this verb and path.</summary>
    public IReadOnlyList<WireRequest> Sent(string call) => [.. Calls.Where(each => Name(each) == call)];

    public async ValueTask DisposeAsync()
    {
        await Adapter.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static string Name(WireRequest request) => $"{request.Method} {request.Path}";

    private async Task<WireAnswer> AnswerAsync(WireRequest request)
    {
        await Task.Yield();
        Calls.Enqueue(request);
        var answer = Scripted(request) ?? Recorded.Answer(Name(request));
        return answer with { Headers = [.. answer.Headers, ("X-Request-Id", RequestId)] };
    }

    private WireAnswer? Scripted(WireRequest request)
    {
        for (var left = _once.Count; left > 0 && _once.TryDequeue(out var next); left--)
        {
            if (next.Call == Name(request))
            {
                return next.Answer;
            }

            _once.Enqueue(next);
        }

        return _always.TryGetValue(Name(request), out var answer) ? answer(request) : null;
    }
}

using System.Text.Json.Nodes;
using CloudManager.Adapters.Sdk;
using CloudManager.Agent.Declaration;
using CloudManager.Agent.Logs;
using Microsoft.Extensions.Logging;

namespace CloudManager.Agent.Tests.Support;

/// <summary>A provider's site: a folder with agent.json and adapters.json, and the agents run from it.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudmanager-agent-");
    private readonly List<RunningAgent> _running = [];
    private readonly StringWriter _log = new();

    public string Folder => _folder.FullName;

    public string Log => _log.ToString();

    /// <summary>The settings of the mock behind the agent.</summary>
    public JsonObject Mock { get; init; } = new() { ["state"] = "site.state" };

    /// <summary>Adapters in place of the built-in ones.</summary>
    public IReadOnlyList<IAdapterFactory>? Factories { get; init; }

    public TimeProvider Machine { get; init; } = TimeProvider.System;

    public TimeSpan PollFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Writes the two files.</summary>
    public async Task<string> WriteAsync(Uri platform, string key, Action<JsonObject>? change = null)
    {
        var pools = new JsonArray();
        foreach (var pool in (string[])[TestPlatform.Pool, TestPlatform.OtherPool])
        {
            pools.Add(
                new JsonObject
                {
                    ["id"] = pool,
                    ["name"] = "池",
                    ["provider"] = "provider-a",
                    ["region"] = "430000",
                    ["kind"] = "new",
                    ["adapter"] = Factories is null ? "Mock" : Factories[0].Kind,
                    ["settings"] = Mock.DeepClone(),
                    ["limits"] = new JsonObject
                    {
                        ["concurrency"] = 8,
                        ["requestsPerSecond"] = 10000,
                        ["callTimeoutSeconds"] = 600,
                        ["retries"] = 0,
                    },
                }
            );
        }

        await File.WriteAllTextAsync(
            Path.Combine(Folder, "adapters.json"),
            new JsonObject { ["pools"] = pools }.ToJsonString()
        );
        await File.WriteAllTextAsync(Path.Combine(Folder, "key"), key);
        var agent = new JsonObject
        {
            ["name"] = "site-agent",
            ["platforms"] = new JsonArray(platform.ToString()),
            ["pools"] = new JsonObject { [TestPlatform.Pool] = new JsonObject { ["secret"] = "file:key" } },
        };
        change?.Invoke(agent);
        var path = Path.Combine(Folder, $"agent-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(path, agent.ToJsonString());
        return path;
    }

    public async Task<RunningAgent> StartAsync(
        Uri platform,
        string key = TestPlatform.Key,
        Action<JsonObject>? change = null
    )
    {
        var settings = await AgentFile.LoadAsync(await WriteAsync(platform, key, change), CancellationToken.None);
        var loggers = LoggerFactory.Create(logging =>
            logging.AddProvider(new LineLogs(TextWriter.Synchronized(_log), Machine))
        );
        var around = new AgentSurroundings(Machine, loggers) { Factories = Factories, PollFor = PollFor };
        var running = new RunningAgent(await SiteAgent.OpenAsync(settings, around, CancellationToken.None));
        _running.Add(running);
        return running;
    }

    /// <summary>How many files the journal holds.</summary>
    public int Journaled =>
        Directory
            .EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
            .Count(path => Path.GetFileName(Path.GetDirectoryName(path)) == "calls");

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _running)
        {
            await agent.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }
}

/// <summary>An agent that runs until it is disposed of.</summary>
internal sealed class RunningAgent : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SiteAgent _agent;
    private readonly Task _run;
    private bool _isDisposed;

    public RunningAgent(SiteAgent agent)
    {
        _agent = agent;
        _run = Task.Run(() => agent.RunAsync(_stop.Token));
    }

    /// <summary>What a kill does: the process's handles are closed, nothing is finished.</summary>
    public async Task AbandonAsync()
    {
        _isDisposed = true;
        await _stop.CancelAsync();
        await _agent.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await _stop.CancelAsync();
            await _run;
            await _agent.DisposeAsync();
            _stop.Dispose();
        }
    }
}

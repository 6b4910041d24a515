using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CloudManager.Adapters.Hosting;
using CloudManager.Adapters.Relay;
using CloudManager.Adapters.Sdk;
using CloudManager.Api.Agents;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Prometheus;

namespace CloudManager.Agent.Tests.Support;

/// <summary>The part of the platform that agents see, on a free port of 127.0.0.1: pools of kind Agent and the endpoints.</summary>
internal sealed class TestPlatform : IAsyncDisposable
{
    public const string Pool = "site-a";
    public const string OtherPool = "site-b";
    public const string Key = "key-of-site-a-0123456789abcdef";
    public const string OtherKey = "key-of-site-b-0123456789abcdef";
    private readonly WebApplication _app;

    private TestPlatform(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    /// <summary>The platform's adapter of the pool, guarded as all are.</summary>
    public ICloudAdapter Adapter => _app.Services.GetRequiredService<IPools>().Open(new PoolId(Pool));

    public IReadOnlyList<PoolCapability> Capabilities =>
        _app.Services.GetRequiredService<IPools>().Capabilities(new PoolId(Pool));

    public PoolRelay Relay
    {
        get
        {
            _ = Adapter;
            return _app.Services.GetRequiredService<PoolRelays>().Find(Pool)!;
        }
    }

    /// <summary>How often the two addresses were called, as they are seen before they are answered.</summary>
    public Action<HttpContext>? OnCall { get; set; }

    public static Task<TestPlatform> StartAsync(TimeProvider? machine = null) =>
        StartAsync(new PlatformTerms(), machine);

    public static async Task<TestPlatform> StartAsync(PlatformTerms terms, TimeProvider? machine = null)
    {
        var clock = new MachineClock(machine ?? TimeProvider.System);
        var pools = new[] { Declared(Pool, Key, terms), Declared(OtherPool, OtherKey, terms) };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        var papers = Path.GetTempFileName();
        if (terms.Certificate is { } certificate)
        {
            // As a host is given its certificate: by configuration.
            await File.WriteAllBytesAsync(papers, certificate.Export(X509ContentType.Pkcs12, "papers"));
            builder.Configuration["Kestrel:Certificates:Default:Path"] = papers;
            builder.Configuration["Kestrel:Certificates:Default:Password"] = "papers";
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });
        builder.WebHost.UseUrls(terms.Certificate is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0");
        builder.Services.AddAgents(pools).AddSingleton(clock);
        builder.Services.AddSingleton<IPools>(services => new HostedPools(
            pools,
            [new AgentAdapterFactory(services.GetRequiredService<PoolRelays>())],
            new HostingContext(
                Path.GetTempPath(),
                terms.BusinessTime ?? clock.Provider,
                clock,
                NullLoggerFactory.Instance
            )
            {
                Metrics = Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()),
            }
        ));
        var app = builder.Build();
        var platform = new TestPlatform(app);
        app.Use(
            (http, next) =>
            {
                platform.OnCall?.Invoke(http);
                return next(http);
            }
        );
        app.MapAgents();
        await app.StartAsync();
        File.Delete(papers);
        return platform;
    }

    /// <summary>Waits until an agent is there.</summary>
    public async Task ConnectedAsync(int agents = 1)
    {
        while (Relay.Agents.Count(agent => agent.Connected) < agents)
        {
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private static Pool Declared(string id, string key, PlatformTerms terms) =>
        new()
        {
            Id = new PoolId(id),
            Name = "池",
            Provider = "provider-a",
            Region = "430000",
            Kind = PoolKind.New,
            Adapter = AgentAdapterFactory.KindName,
            Settings = JsonSerializer.SerializeToElement(terms.SettingsOf(key)),
            Limits = new PoolLimits(64, 10_000, terms.CallTimeout, 0),
            Mapping = new PoolMapping([], new Dictionary<string, string>(), new Dictionary<string, string>(), null),
        };
}

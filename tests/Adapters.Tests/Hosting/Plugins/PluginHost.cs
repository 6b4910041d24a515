using System.Security.Cryptography;
using System.Text.Json;
using CloudManager.Adapters.Hosting;
using CloudManager.Adapters.Hosting.Declaration;
using CloudManager.Adapters.Hosting.Plugins;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using Microsoft.Extensions.Logging.Abstractions;
using Prometheus;

namespace CloudManager.Adapters.Tests.Hosting.Plugins;

/// <summary>A plug-in of tests/Plugins as its declaration in adapters.json has it.</summary>
internal sealed record Declared(string Kind, string Assembly)
{
    public string Sha256 { get; init; } = File.Exists(Assembly) ? Hash(Assembly) : new string('0', 64);

    public int Contract { get; init; } = 1;

    public Dictionary<string, string> Files { get; init; } = [];

    /// <summary>The plug-in as it was built.</summary>
    public static Declared Built(string name) => new(name, PathOf(name));

    public static string PathOf(string name) =>
        Directory
            .EnumerateFiles(Folder(name), $"CloudManager.TestPlugins.{name}.dll", SearchOption.AllDirectories)
            .Single();

    /// <summary>
    /// The sample that docs/adapter-guide.md leads to: built here, or as .ci/template published it outside this repository.
    /// </summary>
    public static Declared Sample() =>
        new(
            "MemoryCloud",
            Path.Combine(
                Environment.GetEnvironmentVariable("CLOUDMANAGER_TEMPLATE_PLUGIN") ?? Folder("MemoryCloud"),
                "MemoryCloud.Adapter.dll"
            )
        );

    private static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "plugins", name);

    public static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    public object Json =>
        new
        {
            kind = Kind,
            assembly = Assembly,
            sha256 = Sha256,
            contract = Contract,
            files = Files,
        };
}

/// <summary>Pools of plug-ins, and a mock pool beside them that must never suffer.</summary>
internal sealed class PluginHost : IAsyncDisposable
{
    public static readonly PoolId Healthy = new("healthy");
    public static readonly PoolId Id = new("plugged");

    private readonly TempFolder _folder;

    private PluginHost(TempFolder folder, HostedPools pools) => (_folder, Pools) = (folder, pools);

    public HostedPools Pools { get; }

    public ICloudAdapter Adapter => Pools.Open(Id);

    public string? Malfunction => Pools.Malfunction(Id)?.Reason.ToString();

    /// <summary>The unruly plug-in in this mode.</summary>
    public static Task<PluginHost> UnrulyAsync(string mode, TimeProvider? machine = null) =>
        StartAsync(Declared.Built("Unruly"), new { mode }, machine);

    public static async Task<PluginHost> StartAsync(
        Declared plugin,
        object? settings = null,
        TimeProvider? machine = null
    )
    {
        var folder = new TempFolder();
        var ward = new WardLimits
        {
            LoadTime = TimeSpan.FromSeconds(3),
            OpenPatience = TimeSpan.FromSeconds(1),
            Grace = TimeSpan.FromMilliseconds(200),
            MostGivenUp = 3,
        };
        var declared = await AdaptersFile.LoadAsync(
            folder.Write("adapters.json", Text([plugin], settings)),
            [new MockAdapterFactory()],
            ward,
            CancellationToken.None
        );
        var clock = new MachineClock(machine ?? TimeProvider.System);
        var context = new HostingContext(folder.Path, TimeProvider.System, clock, NullLoggerFactory.Instance)
        {
            Metrics = Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()),
            Ward = ward,
        };
        var pools = declared.Pools.Select(pool =>
            pool with
            {
                Limits = pool.Limits with { CallTimeout = TimeSpan.FromSeconds(1), Retries = 0 },
            }
        );
        return new PluginHost(folder, new HostedPools([.. pools], declared.Factories, context));
    }

    public static string Text(IEnumerable<Declared> plugins, object? settings = null) =>
        JsonSerializer.Serialize(
            new
            {
                plugins = plugins.Select(plugin => plugin.Json),
                pools = new[]
                {
                    Pool(Healthy.Value, "Mock", new { seed = 1 }),
                    Pool(Id.Value, plugins.First().Kind, settings ?? new { }),
                },
            }
        );

    /// <summary>The mock pool answers at once.</summary>
    public async Task NothingElseIsHarmedAsync()
    {
        var spec = new ServerSpec
        {
            Name = "web-1",
            Flavour = "m2-4",
            Size = new ServerSize(2, 4),
            Image = "kylin-v10-x86",
            SystemDiskGiB = 40,
        };
        var created = Pools.Open(Healthy).Servers!.CreateAsync(spec, new OperationKey("k-1"), CancellationToken.None);
        Assert.Equal("web-1", (await created.WaitAsync(TimeSpan.FromSeconds(5))).Name);
        Assert.Null(Pools.Malfunction(Healthy));
        Assert.Contains(Pools.Capabilities(Healthy), it => it is { Name: "servers", Available: true });
    }

    public async ValueTask DisposeAsync()
    {
        await Pools.DisposeAsync();
        _folder.Dispose();
    }

    private static object Pool(string id, string adapter, object settings) =>
        new
        {
            id,
            name = id,
            provider = "provider-a",
            region = "430000",
            kind = "new",
            adapter,
            settings,
        };
}

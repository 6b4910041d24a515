using System.Text.Json;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Adapters.Tests.Mock;

/// <summary>A mock pool under test, its two clocks and its folder; it can be restarted.</summary>
internal sealed class MockPool : IAsyncDisposable
{
    public static readonly CancellationToken None = CancellationToken.None;

    private readonly string _settings;
    private readonly string _pool;
    private readonly TempFolder _folder;

    public MockPool(string settings = "{}", string pool = "mock-t", TempFolder? folder = null)
    {
        _settings = settings;
        _pool = pool;
        _folder = folder ?? new TempFolder();
        Adapter = Make();
    }

    /// <summary>Thursday 2026-01-15, 10:02:30 in Shanghai.</summary>
    public FakeTimeProvider Business { get; } = new(new DateTimeOffset(2026, 1, 15, 10, 2, 30, TimeSpan.FromHours(8)));

    public FakeTimeProvider Machine { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public ICloudAdapter Adapter { get; private set; }

    public TempFolder Folder => _folder;

    /// <summary>One more adapter on the same folder and clocks, as another process would have it.</summary>
    public ICloudAdapter Make() => Make(_pool);

    public ICloudAdapter Make(string pool) =>
        new MockAdapterFactory().Create(
            new AdapterContext(pool, JsonElement.Parse(_settings), _folder.Path, Business, Machine)
        );

    /// <summary>What a restart of the process does to the pool.</summary>
    public async Task RestartAsync()
    {
        await Adapter.DisposeAsync();
        Adapter = Make();
    }

    public Task<CloudServer> CreateServerAsync(string key = "k-1", string flavour = "m2-4", NativeId? network = null) =>
        Adapter.Servers!.CreateAsync(Server(flavour) with { Network = network }, new OperationKey(key), None);

    public Task<CloudVolume> CreateVolumeAsync(string key = "v-1", int sizeGiB = 100) =>
        Adapter.Volumes!.CreateAsync(new VolumeSpec("data", sizeGiB, "ssd"), new OperationKey(key), None);

    public Task<CloudAddress> CreateAddressAsync(string key = "a-1") =>
        Adapter.Addresses!.CreateAsync(new AddressSpec("eip", 5), new OperationKey(key), None);

    public Task<CloudNetwork> CreateNetworkAsync(string key = "n-1", string cidr = "10.20.0.0/24") =>
        Adapter.Networks!.CreateAsync(new NetworkSpec("net", cidr), new OperationKey(key), None);

    public Task<List<CloudServer>> ServersAsync() =>
        Adapter.Inventory!.ListServersAsync(None).ToListAsync(None).AsTask();

    /// <summary>All samples of the servers from business start of 2026 to the far future.</summary>
    public async Task<List<UsageSample>> SamplesAsync(params NativeId[] servers)
    {
        var samples = new List<UsageSample>();
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await foreach (var batch in Adapter.Usage!.ReadAsync(servers, from, DateTimeOffset.MaxValue, None))
        {
            samples.AddRange(batch);
        }

        return samples;
    }

    public static ServerSpec Server(string flavour = "m2-4") =>
        new()
        {
            Name = "web-1",
            Flavour = flavour,
            Size = new ServerSize(2, 4),
            Image = "kylin-v10-x86",
            SystemDiskGiB = 40,
        };

    public static async Task<AdapterException> FailsAsync(FailureKind kind, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<AdapterException>(call);
        Assert.Equal(kind, failure.Kind);
        return failure;
    }

    public async ValueTask DisposeAsync()
    {
        await Adapter.DisposeAsync();
        _folder.Dispose();
    }
}

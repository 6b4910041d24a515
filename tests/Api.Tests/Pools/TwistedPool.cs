using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Tests.Pools;

/// <summary>A mock pool that shows what a test wants: other offerings, a network that is gone, a refusal at the door.</summary>
internal sealed class TwistedPool : ICloudAdapter, IOfferings, INetworkService, IPools
{
    private static readonly JsonElement NoSettings = JsonElement.Parse("{}");
    private readonly ICloudAdapter _mock = new MockAdapterFactory().Create(
        new AdapterContext("pool-1", NoSettings, ".", TimeProvider.System, TimeProvider.System)
    );

    /// <summary>What the pool answers when it is asked whether it lets the platform in; null: yes.</summary>
    public AdapterException? Refuses { get; set; }

    /// <summary>Images that are gone.</summary>
    public IReadOnlySet<string> NoImages { get; init; } = new HashSet<string>();

    /// <summary>Volume types that are gone.</summary>
    public IReadOnlySet<string> NoTypes { get; init; } = new HashSet<string>();

    /// <summary>What a flavour really is; null where it is gone.</summary>
    public Func<CloudFlavour, CloudFlavour?> Flavour { get; init; } = flavour => flavour;

    /// <summary>What is wrong with the adapter itself.</summary>
    public PoolMalfunction? Faulty { get; set; }

    /// <summary>How often the pool was asked.</summary>
    public int Checks { get; private set; }

    public PoolMalfunction? Malfunction(PoolId id) => Faulty;

    public Pool Pool { get; } =
        new()
        {
            Id = new("pool-1"),
            Name = "资源池",
            Provider = "provider-a",
            Region = "430000",
            Kind = PoolKind.New,
            Adapter = "Mock",
            Settings = NoSettings,
            Limits = PoolLimits.Default,
            Mapping = new PoolMapping(
                [
                    new FlavourRule([], new ServerSize(2, 4), "m2-4"),
                    new FlavourRule(["ecs-general"], new ServerSize(4, 8), "m4-8"),
                ],
                new Dictionary<string, string> { ["麒麟"] = "kylin-v10-x86", ["统信"] = "uos-20" },
                new Dictionary<string, string> { ["vol-ssd"] = "ssd", ["vol-hdd"] = "hdd" },
                "net-1"
            ),
        };

    public AdapterInfo Info => _mock.Info;

    public IOfferings? Offerings => this;

    public INetworkService? Networks => this;

    /// <summary>Whether the default network is there.</summary>
    public bool HasNetwork { get; init; } = true;

    public IReadOnlyList<Pool> Declared => [Pool];

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        Checks++;
        return Refuses is null ? Task.CompletedTask : Task.FromException(Refuses);
    }

    public IAsyncEnumerable<CloudImage> ListImagesAsync(CancellationToken cancellationToken) =>
        _mock.Offerings!.ListImagesAsync(cancellationToken).Where(i => !NoImages.Contains(i.Id));

    public IAsyncEnumerable<CloudFlavour> ListFlavoursAsync(CancellationToken cancellationToken) =>
        _mock.Offerings!.ListFlavoursAsync(cancellationToken).Select(Flavour).Where(f => f is not null).Select(f => f!);

    public IAsyncEnumerable<CloudVolumeType> ListVolumeTypesAsync(CancellationToken cancellationToken) =>
        _mock.Offerings!.ListVolumeTypesAsync(cancellationToken).Where(t => !NoTypes.Contains(t.Type));

    public Task<CloudNetwork> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        HasNetwork && id.Value == "net-1"
            ? Task.FromResult(
                new CloudNetwork
                {
                    Id = id,
                    Name = "net-1",
                    Cidr = "10.0.0.0/24",
                    State = CloudState.Active,
                }
            )
            : throw new AdapterException(FailureKind.NotFound, $"no network {id}") { ProviderRequestId = "req-net" };

    public Task<CloudNetwork> CreateAsync(NetworkSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _mock.Networks!.CreateAsync(spec, key, cancellationToken);

    public Task<CloudNetwork?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        _mock.Networks!.FindAsync(key, cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        _mock.Networks!.DeleteAsync(id, cancellationToken);

    public bool TryFind(PoolId id, [NotNullWhen(true)] out Pool? pool) => (pool = Pool).Id == id;

    public ICloudAdapter Open(PoolId id) => this;

    public IReadOnlyList<PoolCapability> Capabilities(PoolId id) => [];

    public ValueTask DisposeAsync() => _mock.DisposeAsync();
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Agent.Tests.Support;

/// <summary>A cloud behind the agent whose every answer the test decides.</summary>
internal sealed class ScriptedCloud : IAdapterFactory, ICloudAdapter, IServerService, IInventory, IUsageSource
{
    private readonly ConcurrentDictionary<string, CloudServer> _servers = new();
    private int _creates;

    public string Kind => "Scripted";

    public AdapterInfo Info { get; } = new("Scripted", "1", new CloudLimits { LargestVolumeGiB = 7 });

    public IServerService Servers => this;

    public IInventory Inventory => this;

    public IUsageSource Usage => this;

    /// <summary>How often a create was begun.</summary>
    public int Creates => _creates;

    /// <summary>What each create waits for.</summary>
    public Func<CancellationToken, Task> BeforeCreate { get; set; } = _ => Task.CompletedTask;

    public Func<Task> OnCheck { get; set; } = () => Task.CompletedTask;

    public int Listed { get; set; } = 10;

    /// <summary>How many servers of a listing were handed out so far.</summary>
    public int HandedOut { get; private set; }

    public IReadOnlyList<SettingFault> Validate(JsonElement settings) => [];

    public ICloudAdapter Create(AdapterContext context) => this;

    public Task CheckAsync(CancellationToken cancellationToken) => OnCheck();

    public async Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _creates);
        await BeforeCreate(cancellationToken);
        return _servers.GetOrAdd(key.Value, _ => Server(key.Value, key));
    }

    public Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        Task.FromResult(_servers.GetValueOrDefault(key.Value));

    public Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        _servers.TryGetValue(id.Value, out var server)
            ? Task.FromResult(server)
            : throw new AdapterException(FailureKind.NotFound, "gone")
            {
                ProviderCode = "Ecs.0114",
                ProviderRequestId = "req-77",
            };

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        throw new AdapterException(FailureKind.Throttled, "slowly") { RetryAfter = TimeSpan.FromSeconds(90) };

    public async IAsyncEnumerable<CloudServer> ListServersAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (HandedOut = 0; HandedOut < Listed; HandedOut++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Server($"server-{HandedOut:D6}", null);
        }

        await Task.CompletedTask;
    }

    public async IAsyncEnumerable<CloudVolume> ListVolumesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        yield return new CloudVolume
        {
            Id = new NativeId("v-1"),
            Name = "data",
            State = CloudState.Active,
            SizeGiB = 10,
        };
        await Task.Yield();
        throw new AdapterException(FailureKind.Unavailable, "the second page did not come");
    }

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<CloudNetwork>();

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("a bug that holds a secret");

    /// <summary>One sample for each server and five minutes, in one batch.</summary>
    public async IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var slots = (int)((until - from) / TimeSpan.FromMinutes(5));
        await Task.Yield();
        yield return
        [
            .. servers.SelectMany(server =>
                Enumerable
                    .Range(0, slots)
                    .Select(slot => new UsageSample(server, from.AddMinutes(5 * slot), slot, null, float.NaN, 1.5f, 0))
            ),
        ];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static CloudServer Server(string id, OperationKey? key) =>
        new()
        {
            Id = new NativeId(id),
            Name = $"name of {id}",
            State = CloudState.Active,
            Size = new ServerSize(2, 4),
            Key = key,
            Addresses = ["10.0.0.1"],
        };
}

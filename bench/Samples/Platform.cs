using System.Text.Json;
using CloudManager.Adapters.Hosting;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using CloudManager.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudManager.Bench.Samples;

/// <summary>A mock pool with servers, and the platform that collects it into a folder.</summary>
internal sealed class Platform : IMeteredServers, ICollectionLog, IAsyncDisposable
{
    public static readonly PoolId Pool = new("mock-a");
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, China.Offset);
    private readonly FixedClock _clock = new() { Now = Start };
    private readonly ServiceProvider _services;
    private readonly HostedPools _pools;
    private IReadOnlyList<MeteredServer> _servers = [];

    private Platform(string folder)
    {
        var machine = new MachineClock(TimeProvider.System);
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton(machine)
            .AddStorage(folder)
            .BuildServiceProvider();
        _pools = new HostedPools(
            [Declare()],
            [new MockAdapterFactory()],
            new HostingContext(folder, _clock, machine, NullLoggerFactory.Instance)
        );
    }

    public static async Task<Platform> OpenAsync(string folder, int servers)
    {
        var platform = new Platform(folder);
        await platform._services.GetRequiredService<IBooksOpening>().OpenAsync(CancellationToken.None);
        var made = new List<MeteredServer>();
        for (var i = 1; i <= servers; i++)
        {
            var spec = new ServerSpec
            {
                Name = $"bench-{i}",
                Flavour = "m4-8",
                Size = new ServerSize(4, 8),
                Image = "kylin-v10-x86",
                SystemDiskGiB = 40,
            };
            var server = await platform
                ._pools.Open(Pool)
                .Servers!.CreateAsync(spec, new OperationKey($"bench-{i}"), CancellationToken.None);
            made.Add(new MeteredServer(new ResourceId(i), server.Id, Start));
        }

        platform._servers = made;
        return platform;
    }

    /// <summary>Goes on by so many days and collects them in one look.</summary>
    public async Task CollectAsync(int days)
    {
        _clock.Now = _clock.Now.AddDays(days);
        var collect = new CollectSamples(
            _pools,
            new CollectPool(
                _pools,
                _services.GetRequiredService<IBooks>(),
                this,
                _services.GetRequiredService<ISampleStore>(),
                _clock
            ),
            this
        );
        var look = await collect.LookAsync(CancellationToken.None);
        if (look.Outcome != LookOutcome.Done)
        {
            throw new InvalidOperationException(look.Detail?.En);
        }
    }

    /// <summary>What a collection of so many days stores, read from the adapter.</summary>
    public async Task<SampleRow[]> RowsAsync(int days)
    {
        _clock.Now = Start.AddDays(days);
        var numbers = _servers.ToDictionary(s => s.Native, s => s.Id);
        var rows = new List<SampleRow>(_servers.Count * days * Slots.PerDay);
        for (var day = Start; day < _clock.Now; day = day.AddDays(1))
        {
            var batches = _pools
                .Open(Pool)
                .Usage!.ReadAsync([.. numbers.Keys], day, day.AddDays(1), CancellationToken.None);
            await foreach (var batch in batches)
            {
                rows.AddRange(
                    batch.Select(s => new SampleRow(
                        numbers[s.Server],
                        Slots.Of(s.Slot),
                        s.CpuPercent,
                        s.MemoryPercent,
                        s.DiskPercent,
                        s.NetworkInBytes,
                        s.NetworkOutBytes
                    ))
                );
            }
        }

        return [.. rows];
    }

    /// <summary>How many values the store holds, asked from the store.</summary>
    public async Task<long> CountAsync()
    {
        var held = await _services
            .GetRequiredService<ISampleStore>()
            .HeldAsync((_servers[0].Id, _servers[^1].Id), new SlotRange(0, long.MaxValue), CancellationToken.None);
        return held.Count * 5L;
    }

    public Task<IReadOnlyList<MeteredServer>> OfPoolAsync(
        ITransaction transaction,
        PoolId pool,
        CancellationToken cancellationToken
    ) => Task.FromResult(_servers);

    public Task<Page<Resource>> InServiceAsync(
        ITransaction transaction,
        ServiceScope scope,
        PageRequest page,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("the bench only collects");

    public void Stored(CollectedChunk chunk) { }

    public void Failed(PoolId pool, Exception failure) => Console.WriteLine(failure);

    public async ValueTask DisposeAsync()
    {
        await _pools.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static Pool Declare() =>
        new()
        {
            Id = Pool,
            Name = Pool.Value,
            Provider = "provider-a",
            Region = "430000",
            Kind = PoolKind.New,
            Adapter = "Mock",
            Settings = JsonDocument.Parse("{}").RootElement,
            Limits = PoolLimits.Default with { RequestsPerSecond = 10_000 },
            Mapping = new PoolMapping([], new Dictionary<string, string>(), new Dictionary<string, string>(), null),
        };
}

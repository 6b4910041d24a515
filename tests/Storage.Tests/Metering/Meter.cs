using System.Collections.Concurrent;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Kernel.Export;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>Collection as it runs, from scripted clouds into a real store in a folder of its own.</summary>
internal sealed class Meter : IMeteredServers, ICollectionLog, IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 9, 1, 0, 0, 0, China.Offset);
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;
    private readonly ServiceProvider _services;
    private readonly Dictionary<PoolId, List<MeteredServer>> _servers = [];
    private CollectPool? _collector;
    private long _numbers;

    private Meter() =>
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(new MachineClock(TimeProvider.System))
            .AddStorage(_folder)
            .BuildServiceProvider();

    public FakeTimeProvider Clock { get; } = new(Start);

    public ScriptedPools Pools { get; } = new();

    public ConcurrentQueue<CollectedChunk> Chunks { get; } = [];

    public Action<CollectedChunk> OnStored { get; set; } = _ => { };

    public ISampleStore Samples => _services.GetRequiredService<ISampleStore>();

    public IUsageSummaries Summaries => _services.GetRequiredService<IUsageSummaries>();

    public IUsageCourse Course => _services.GetRequiredService<IUsageCourse>();

    /// <summary>What the books have in service.</summary>
    public List<Resource> InService { get; } = [];

    public ReadUtilisation Utilisation => new(_services.GetRequiredService<IBooks>(), this, Summaries, Clock);

    public IParquetFiles Parquet => _services.GetRequiredService<IParquetFiles>();

    /// <summary>A server of the pool as the books have it, not in service.</summary>
    public Resource Server(string pool, int number)
    {
        var server = _servers[new(pool)][number];
        return new()
        {
            Id = server.Id,
            Kind = ItemKind.Server,
            Tenant = "tenant-a",
            System = "a-system",
            Region = "430000",
            Pool = new(pool),
            Provider = "provider-a",
            Item = "ecs",
            Spec = new(),
            State = ResourceState.Testing,
            Request = new(1),
            Line = 1,
            WorkOrder = new(1),
            CreatedAt = server.CreatedAt,
        };
    }

    public CollectPool Collector =>
        _collector ??= new(Pools, _services.GetRequiredService<IBooks>(), this, Samples, Clock);

    public static async Task<Meter> OpenAsync()
    {
        var meter = new Meter();
        await meter._services.GetRequiredService<IBooksOpening>().OpenAsync(CancellationToken.None);
        return meter;
    }

    /// <summary>A pool with servers srv-1, srv-2, … of its own that exist from the start.</summary>
    public Meter With(string pool, int servers, Script? script, Func<TimeSpan?>? clockOffset = null)
    {
        Pools.Add(pool, script, clockOffset);
        _servers[new(pool)] =
        [
            .. Enumerable
                .Range(1, servers)
                .Select(n => new MeteredServer(new(++_numbers), new NativeId($"srv-{n}"), Start)),
        ];
        return this;
    }

    public Task<Look> LookAsync(CancellationToken token = default) =>
        new CollectSamples(Pools, Collector, this).LookAsync(token);

    /// <summary>Forgets what the process knew, as a restart does.</summary>
    public void Restart() => _collector = null;

    /// <summary>Looks at the instant, and every so often until then.</summary>
    public async Task LookUntilAsync(TimeSpan until, TimeSpan every)
    {
        for (var at = every; at < until; at += every)
        {
            await LookAtAsync(at);
        }

        await LookAtAsync(until);
    }

    public Task<Look> LookAtAsync(TimeSpan sinceStart)
    {
        Clock.SetUtcNow(Start + sinceStart);
        return LookAsync();
    }

    /// <summary>Everything stored of the pool's servers.</summary>
    public async Task<List<SampleRow>> RowsAsync(string pool)
    {
        var rows = new List<SampleRow>();
        foreach (var server in _servers[new(pool)])
        {
            rows.AddRange(await Samples.ReadAsync(server.Id, new(0, long.MaxValue), CancellationToken.None));
        }

        return rows;
    }

    public Task<IReadOnlyList<ServerUse>> UseAsync(string pool, DateOnly from, DateOnly until) =>
        Summaries.ReadAsync(
            [.. _servers[new(pool)].Select(s => new DayWindow(s.Id, from, until))],
            CancellationToken.None
        );

    public void Stored(CollectedChunk chunk)
    {
        Chunks.Enqueue(chunk);
        OnStored(chunk);
    }

    public void Failed(PoolId pool, Exception failure) { }

    public Task<IReadOnlyList<MeteredServer>> OfPoolAsync(
        ITransaction transaction,
        PoolId pool,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<MeteredServer>>(_servers[pool]);

    public Task<Page<Resource>> InServiceAsync(
        ITransaction transaction,
        ServiceScope scope,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var after = page.After is { } key ? long.Parse(key, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var found = InService
            .Where(r => r.Id.Number > after && r.Kind == scope.Kind)
            .Where(r => r.ServiceStart < scope.Until && (r.ServiceEnd is not { } end || end > scope.From))
            .Where(r => scope.Tenant is null || r.Tenant == scope.Tenant)
            .Where(r => scope.Provider is null || r.Provider == scope.Provider)
            .Where(r => scope.Region is null || r.Region == scope.Region)
            .Where(r => scope.System is null || r.System == scope.System)
            .Where(r => scope.Pool is null || r.Pool == scope.Pool)
            .OrderBy(r => r.Id.Number)
            .Take(page.Limit + 1)
            .ToList();
        return Task.FromResult(
            found.Count <= page.Limit
                ? new Page<Resource>(found, null)
                : new(found[..page.Limit], $"{found[page.Limit - 1].Id.Number}")
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

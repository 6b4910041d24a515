using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Storage.Metering.Prometheus;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudManager.Storage.Tests.Metering.Engines;

/// <summary>The stores of samples on one engine, with books in a folder of their own.</summary>
internal sealed class Kept : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudmanager-");
    private readonly string? _address;
    private ServiceProvider _services;

    private readonly long? _spoolBytes;

    private Kept(string? address, long? spoolBytes)
    {
        (_address, _spoolBytes) = (address, spoolBytes);
        _services = Build();
    }

    public string Folder => _folder.FullName;

    public string SpoolFolder => Path.Combine(Folder, "spool");

    public ISampleStore Samples => _services.GetRequiredService<ISampleStore>();

    public IUsageSummaries Summaries => _services.GetRequiredService<IUsageSummaries>();

    public IUsageCourse Course => _services.GetRequiredService<IUsageCourse>();

    public ISampleEngine Engine => _services.GetRequiredService<ISampleEngine>();

    /// <param name="address">The engine's; null for the embedded store.</param>
    /// <param name="spoolBytes">How many bytes may wait, if fewer than an address can say.</param>
    public static async Task<Kept> OpenAsync(string? address, long? spoolBytes = null)
    {
        var kept = new Kept(address, spoolBytes);
        await kept.OpenBooksAsync();
        return kept;
    }

    /// <summary>As a restart of the platform does.</summary>
    public async Task ReopenAsync()
    {
        await _services.DisposeAsync();
        _services = Build();
        await OpenBooksAsync();
    }

    /// <summary>Stores rows on the mark as it is and moves it to past the last of them.</summary>
    public async Task SaveAsync(string pool, params IEnumerable<SampleRow> rows)
    {
        var mark = await Samples.MarkAsync(new(pool), CancellationToken.None);
        Assert.True(await Samples.SaveAsync(Chunk(pool, mark, [.. rows]), CancellationToken.None));
    }

    public async Task<IReadOnlyList<SampleRow>> ReadAsync(long resource, SlotRange slots) =>
        await Samples.ReadAsync(new(resource), slots, CancellationToken.None);

    public static SampleChunk Chunk(string pool, SampleMark? before, SampleRow[] rows) =>
        new()
        {
            Pool = new PoolId(pool),
            Before = before,
            Mark = Math.Max(before?.Slot ?? 0, rows.Select(r => r.Slot + 1).DefaultIfEmpty().Max()),
            Rows = rows,
            SetAside = [],
        };

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private Task OpenBooksAsync() => _services.GetRequiredService<IBooksOpening>().OpenAsync(CancellationToken.None);

    private ServiceProvider Build()
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new MachineClock(TimeProvider.System))
            .AddStorage(Folder);
        if (_address is not null)
        {
            services.AddMetricsEngine(Folder, MetricsAddress.Of(_address));
        }

        if (_spoolBytes is { } most)
        {
            var clock = new MachineClock(TimeProvider.System);
            services.AddSingleton(s => new Spool(SpoolFolder, most, clock, s.GetRequiredService<ILogger<Spool>>()));
        }

        return services.BuildServiceProvider();
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CloudManager.Core.Findings;
using CloudManager.Core.Inventory;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Inventory;

/// <summary>
/// Looks at a pool soon after a work order ended there, once however many did, and keeps the figures under /metrics:
/// open findings by pool and kind, and how long ago each pool was last listed.
/// </summary>
internal sealed class InventoryWatcher(
    PoolWatch watch,
    SyncInventory sync,
    IPools pools,
    InventoryFigures figures,
    MachineClock clock
) : BackgroundService
{
    /// <summary>Orders end in crowds, and each is committed a moment after it is told of.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isCalled = await watch.WaitAsync(Refresh, stoppingToken);
            if (isCalled)
            {
                await Task.Delay(Calm, clock.Provider, stoppingToken);
                foreach (var pool in watch.Take().SelectMany(id => pools.Declared.Where(p => p.Id == id)))
                {
                    await sync.OneAsync(pool, stoppingToken);
                }
            }

            await figures.RefreshAsync(stoppingToken);
        }
    }
}

/// <summary>The figures of the inventory under /metrics, as they were in the books at the last refresh.</summary>
internal sealed partial class InventoryFigures : IDisposable
{
    private readonly Meter _meter = new("cloudmanager");
    private readonly IBooks _books;
    private readonly (IFindingStore Findings, IInventoryRuns Runs) _stores;
    private readonly IPools _pools;
    private readonly TimeProvider _businessTime;
    private readonly ILogger<InventoryFigures> _logger;
    private readonly ConcurrentDictionary<(string Pool, string Kind), long> _open = [];
    private readonly ConcurrentDictionary<string, DateTimeOffset> _runs = [];

    public InventoryFigures(
        IBooks books,
        InventoryDesk desk,
        IPools pools,
        TimeProvider businessTime,
        ILogger<InventoryFigures> logger
    )
    {
        (_books, _stores, _pools) = (books, (desk.Findings, desk.Runs), pools);
        (_businessTime, _logger) = (businessTime, logger);
        _meter.CreateObservableGauge("open_findings", Open, description: "Open findings by pool and kind.");
        _meter.CreateObservableGauge(
            "inventory_age_seconds",
            Ages,
            description: "Business time since the start of the last run of a pool's inventory that counts."
        );
    }

    /// <summary>Reads them anew; books that do not answer leave them as they were.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (open, runs) = await _books.ReadAsync(ReadAsync, cancellationToken);
            Show(open, runs);
        }
#pragma warning disable CA1031 // A border: figures that cannot be read now must not end the host.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotRead(_logger, failure);
        }
    }

    private void Show(IReadOnlyList<OpenFindings> open, IReadOnlyList<InventoryRun> runs)
    {
        foreach (
            var known in _pools.Declared.SelectMany(
                _ => Enum.GetValues<FindingKind>(),
                (p, k) => (p.Id.Value, Words.Camel(k))
            )
        )
        {
            _open[known] = 0;
        }

        foreach (var count in open)
        {
            _open[(count.Pool.Value, Words.Camel(count.Kind))] = count.Count;
        }

        foreach (var run in runs)
        {
            _runs[run.Pool.Value] = run.StartedAt;
        }
    }

    public void Dispose() => _meter.Dispose();

    private async Task<(IReadOnlyList<OpenFindings> Open, IReadOnlyList<InventoryRun> Runs)> ReadAsync(
        ITransaction transaction,
        CancellationToken token
    )
    {
        var runs = new List<InventoryRun>();
        foreach (var pool in _pools.Declared)
        {
            if ((await _stores.Runs.LastAsync(transaction, pool.Id, token)).Complete is { } run)
            {
                runs.Add(run);
            }
        }

        return (await _stores.Findings.CountAsync(transaction, token), runs);
    }

    private IEnumerable<Measurement<long>> Open() =>
        _open.Select(o => new Measurement<long>(o.Value, new("pool", o.Key.Pool), new("kind", o.Key.Kind)));

    private IEnumerable<Measurement<double>> Ages() =>
        _runs.Select(r => new Measurement<double>(
            (_businessTime.GetUtcNow() - r.Value).TotalSeconds,
            new KeyValuePair<string, object?>("pool", r.Key)
        ));

    [LoggerMessage(LogLevel.Warning, "The figures of the inventory could not be read")]
    private static partial void NotRead(ILogger logger, Exception failure);
}

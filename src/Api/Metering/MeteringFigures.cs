using System.Diagnostics.Metrics;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Requests;
using Prometheus;

namespace CloudManager.Api.Metering;

/// <summary>
/// The figures of metering under /metrics, as they were at the last refresh: how far behind the collection of each pool
/// is, whether it fails, what was set aside, how the engine of the samples does.
/// </summary>
internal sealed partial class MeteringFigures : IDisposable
{
    private readonly Meter _meter = new("cloudmanager");

    // The library shows an instrument's counters as gauges, so these two are its own.
    private readonly Counter _rows = Prometheus.Metrics.CreateCounter(
        "cloudmanager_sample_rows_stored_total",
        "Rows of samples stored, by pool.",
        "pool"
    );

    private readonly Counter _setAside = Prometheus.Metrics.CreateCounter(
        "cloudmanager_samples_set_aside_total",
        "Values that were not taken, by pool and reason; each once, however often it was delivered.",
        "pool",
        "reason"
    );

    private readonly ReadCollection _collection;
    private readonly ISampleEngine _engine;
    private readonly ILogger<MeteringFigures> _logger;
    private volatile IReadOnlyList<CollectionState> _states = [];
    private volatile bool _isAnswering;

    public MeteringFigures(ReadCollection collection, ISampleEngine engine, ILogger<MeteringFigures> logger)
    {
        (_collection, _engine, _logger) = (collection, engine, logger);
        _meter.CreateObservableGauge(
            "collection_lag_seconds",
            () => ByPool(s => s.Lag?.TotalSeconds),
            description: "Business time that is over and not collected yet, by pool."
        );
        _meter.CreateObservableGauge(
            "collection_failing",
            () => ByPool(s => s.IsFailing ? 1 : 0),
            description: "1 where the last look at a pool's samples came to nothing, else 0."
        );
        _meter.CreateObservableGauge(
            "collection_last_failure_timestamp_seconds",
            () => ByPool(s => s.Note.LastFailure?.At.ToUnixTimeMilliseconds() / 1_000.0 ?? 0),
            description: "Unix business time of the last look at a pool's samples that came to nothing; 0 if none did."
        );
        _meter.CreateObservableGauge(
            "pool_clock_offset_seconds",
            () => ByPool(s => s.Note.Skew.Offset?.TotalSeconds ?? 0),
            description: "How far the clock of a pool's samples is ahead; negative: behind; 0 where nobody tells."
        );
        _meter.CreateObservableGauge(
            "sample_engine_up",
            () => _isAnswering ? 1 : 0,
            description: "1 where the engine of the samples answers, else 0."
        );
        _meter.CreateObservableGauge(
            "samples_spooled_bytes",
            () => _engine.SpooledBytes,
            description: "Bytes of samples that wait in the data folder until the engine answers."
        );
        _meter.CreateObservableGauge(
            "samples_spool_limit_bytes",
            () => _engine.SpoolLimit,
            description: "How many bytes may wait so; 0 where none ever wait."
        );
    }

    public void Stored(CollectedChunk chunk) => _rows.WithLabels(chunk.Pool.Value).Inc(chunk.Rows);

    /// <summary>Reads them anew; what cannot be read stays as it was.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            _states = await _collection.ExecuteAsync(_ => true, cancellationToken);
            foreach (var state in _states.Where(s => s.IsMeasured == true))
            {
                Count(state);
            }

            await _engine.CheckAsync(cancellationToken);
            _isAnswering = true;
        }
        catch (SampleEngineException silent)
        {
            _isAnswering = false;
            Silent(_logger, silent.Message);
        }
#pragma warning disable CA1031 // A border: figures that cannot be read now must not end the host.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotRead(_logger, failure);
        }
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<double>> ByPool(Func<CollectionState, double?> figure) =>
        from state in _states
        where state.IsMeasured == true
        let value = figure(state)
        where value is not null
        select new Measurement<double>(value.Value, new KeyValuePair<string, object?>("pool", state.Pool.Value));

    /// <summary>What never came is zero, so that the first that does is an increase.</summary>
    private void Count(CollectionState state)
    {
        _rows.WithLabels(state.Pool.Value).Inc(0);
        foreach (var reason in Enum.GetValues<SetAsideReason>())
        {
            _setAside
                .WithLabels(state.Pool.Value, Words.Camel(reason))
                .IncTo(state.SetAside.Where(s => s.Reason == reason).Sum(s => s.Count));
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Failure}")]
    private static partial void Silent(ILogger logger, string failure);

    [LoggerMessage(LogLevel.Warning, "The figures of metering could not be read")]
    private static partial void NotRead(ILogger logger, Exception failure);
}

/// <summary>Keeps the figures of metering fresh.</summary>
internal sealed class MeteringWatcher(MeteringFigures figures, MachineClock clock) : BackgroundService
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await figures.RefreshAsync(stoppingToken);
            await Task.Delay(Refresh, clock.Provider, stoppingToken);
        }
    }
}

using System.Text.Json;
using CloudManager.Adapters.Sdk;
using Prometheus;

namespace CloudManager.Adapters.Hosting.Guarding;

/// <summary>The figures of all calls to all pools.</summary>
internal sealed class AdapterMetrics(IMetricFactory factory)
{
    /// <summary>The call did what was asked.</summary>
    public const string Success = "success";

    /// <summary>The caller no longer wanted the answer.</summary>
    public const string Cancelled = "cancelled";

    private readonly Counter _calls = factory.CreateCounter(
        "cloudmanager_adapter_calls_total",
        "Calls to a pool's cloud by outcome; each try counts.",
        ["pool", "operation", "outcome"]
    );

    private readonly Histogram _seconds = factory.CreateHistogram(
        "cloudmanager_adapter_call_seconds",
        "How long calls to a pool's cloud took, without waiting for limits.",
        ["pool", "operation"],
        new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.001, 2.5, 13) }
    );

    private readonly Counter _retries = factory.CreateCounter(
        "cloudmanager_adapter_retries_total",
        "Calls tried again after a transient failure.",
        ["pool", "operation"]
    );

    private readonly Gauge _inFlight = factory.CreateGauge(
        "cloudmanager_adapter_calls_in_flight",
        "Calls to a pool's cloud under way.",
        ["pool"]
    );

    /// <summary>A call begins.</summary>
    public void Begin(string pool) => _inFlight.WithLabels(pool).Inc();

    /// <summary>A call has ended.</summary>
    public void End(string pool, string operation, string outcome, TimeSpan took)
    {
        _inFlight.WithLabels(pool).Dec();
        _seconds.WithLabels(pool, operation).Observe(took.TotalSeconds);
        _calls.WithLabels(pool, operation, outcome).Inc();
    }

    /// <summary>A call is tried again.</summary>
    public void Retry(string pool, string operation) => _retries.WithLabels(pool, operation).Inc();

    /// <summary>The outcome of a call that ended with this.</summary>
    public static string OutcomeOf(Exception failure) =>
        failure is AdapterException known ? JsonNamingPolicy.CamelCase.ConvertName(known.Kind.ToString()) : Cancelled;
}

using Refit;

namespace CloudManager.Adapters.Huawei.Monitoring;

/// <summary>Cloud Eye: https://support.huaweicloud.com/intl/en-us/api-ces/ces_03_0034.html</summary>
internal interface ICesApi
{
    [Post("/V1.0/{project}/batch-query-metric-data")]
    Task<MetricsAnswer> ReadAsync(string project, [Body] MetricsRequest request, CancellationToken cancellationToken);
}

/// <summary>Many metrics at once: at most 500 of them, and 3,000 points in all; the period is a text here.</summary>
/// <param name="Metrics">Which.</param>
/// <param name="From">From when, in milliseconds.</param>
/// <param name="To">Until when, in milliseconds.</param>
internal sealed record MetricsRequest(IReadOnlyList<AskedMetric> Metrics, long From, long To)
{
    public string Period { get; } = "300";

    public string Filter { get; } = "average";
}

internal sealed record AskedMetric(string Namespace, string MetricName, IReadOnlyList<MetricDimension> Dimensions);

internal sealed record MetricDimension(string Name, string Value);

internal sealed record MetricsAnswer(IReadOnlyList<MetricSeries> Metrics);

internal sealed record MetricSeries(string? Namespace, string MetricName)
{
    public IReadOnlyList<MetricDimension>? Dimensions { get; init; }

    public IReadOnlyList<MetricPoint>? Datapoints { get; init; }
}

/// <summary>A point at its period's start, in milliseconds.</summary>
internal sealed record MetricPoint(long Timestamp)
{
    public double? Average { get; init; }
}

using Refit;

namespace CloudManager.Client.Forecasts;

/// <summary>When disks fill and pools run out (预测, art. 16, 22).</summary>
public interface IForecastsApi
{
    [Get("/api/v1/forecasts")]
    Task<Page<ForecastRow>> ListAsync([Query] ForecastQuery query, CancellationToken cancellationToken);

    [Get("/api/v1/resources/{id}/forecast")]
    Task<ResourceForecast> OfResourceAsync(string id, CancellationToken cancellationToken);

    [Get("/api/v1/pools/{id}/forecast")]
    Task<PoolForecast> OfPoolAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Which forecasts a list shows.</summary>
public sealed record ForecastQuery : PageQuery
{
    /// <summary>disk or pool.</summary>
    public required string Of { get; init; }

    /// <summary>yyyy-MM-dd: only what reaches a limit before this day.</summary>
    public string? Before { get; init; }
}

/// <summary>One line of the list.</summary>
/// <param name="Part">disk, vcpus, memory or storage.</param>
/// <param name="SlopePerDay">Percent a day.</param>
public sealed record ForecastRow(
    string? Resource,
    string? System,
    string Pool,
    string Part,
    double? SlopePerDay,
    IReadOnlyList<Crossing> Crossings,
    BackTestError? Error
);

/// <summary>When a limit in percent is reached; null where it is not within half a year.</summary>
public sealed record Crossing(double Limit, DateOnly? Day, DayBand Eighty, DayBand NinetyFive);

/// <summary>Between which days; an end that is null lies beyond half a year.</summary>
public sealed record DayBand(DateOnly? Earliest, DateOnly? Latest);

/// <summary>How the model fared on weeks it had not seen.</summary>
public sealed record BackTestError(int Folds, int HeldOut, double Mae, double LastValueMae, double? Mase);

/// <summary>The forecast of one server's disk.</summary>
public sealed record ResourceForecast(string Resource, string Part, Forecast Forecast);

/// <summary>The forecasts of a pool.</summary>
public sealed record PoolForecast(string Pool, IReadOnlyList<PartForecast> Parts);

/// <summary>One part of a pool, in percent of what it holds.</summary>
public sealed record PartForecast(string Part, long? Total, long Used, long Outside, Forecast Forecast);

/// <summary>A forecast with the points of its chart.</summary>
public sealed record Forecast
{
    /// <summary>determined, insufficientData or notApplicable.</summary>
    public required string Verdict { get; init; }
    public Bilingual? Reason { get; init; }
    public required double Coverage { get; init; }
    public BackTestError? Error { get; init; }
    public double? SlopePerDay { get; init; }
    public required IReadOnlyList<Crossing> Crossings { get; init; }
    public required IReadOnlyList<HistoryPoint> History { get; init; }
    public required IReadOnlyList<ForecastPoint> Points { get; init; }
}

/// <summary>What one day was; null where nobody measured.</summary>
public sealed record HistoryPoint(DateOnly Day, double? Value);

/// <summary>What one day will be.</summary>
public sealed record ForecastPoint(DateOnly Day, double Median, Band Eighty, Band NinetyFive);

/// <summary>An interval of values.</summary>
public sealed record Band(double Low, double High);

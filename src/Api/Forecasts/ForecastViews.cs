using System.Text.Json.Serialization;
using CloudManager.Core.Forecasts;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Forecasts;

/// <summary>One line of the list: when a limit is reached.</summary>
/// <param name="Resource">The server; null for a pool.</param>
/// <param name="System">The server's system; null for a pool.</param>
/// <param name="Pool">The pool.</param>
/// <param name="Part">disk, vcpus, memory or storage.</param>
/// <param name="SlopePerDay">Percent a day.</param>
/// <param name="Crossings">By limit.</param>
/// <param name="Error">How the model fared on weeks it had not seen.</param>
internal sealed record ForecastRowView(
    string? Resource,
    string? System,
    string Pool,
    string Part,
    double? SlopePerDay,
    IReadOnlyList<Crossing> Crossings,
    BackTestError? Error
)
{
    /// <summary>Its place in the list.</summary>
    [JsonIgnore]
    public string Key => $"{Pool}/{Part}";

    public static ForecastRowView Of(DiskForecast disk) =>
        new(
            disk.Server.Id.ToString(),
            disk.Server.System,
            disk.Server.Pool.Value,
            "disk",
            disk.Forecast.SlopePerDay,
            disk.Forecast.Crossings,
            disk.Forecast.Error
        );

    public static ForecastRowView Of(Pool pool, PartForecast part) =>
        new(
            null,
            null,
            pool.Id.Value,
            Words.Camel(part.Part),
            part.Forecast.SlopePerDay,
            part.Forecast.Crossings,
            part.Forecast.Error
        );
}

/// <summary>The forecast of one server's disk, in percent.</summary>
internal sealed record ResourceForecastView(string Resource, string Part, ForecastView Forecast);

/// <summary>The forecasts of a pool, each in percent of what it holds.</summary>
internal sealed record PoolForecastView(string Pool, IReadOnlyList<PartForecastView> Parts)
{
    public static PoolForecastView Of(PoolForecast forecast) =>
        new(forecast.Pool.Id.Value, [.. forecast.Parts.Select(PartForecastView.Of)]);
}

/// <param name="Part">What runs out.</param>
/// <param name="Total">What the pool holds, cores or GiB; null where it does not say.</param>
/// <param name="Used">What is in service by the books.</param>
/// <param name="Outside">What the pool gives out besides.</param>
/// <param name="Forecast">In percent of the total.</param>
internal sealed record PartForecastView(PoolPart Part, long? Total, long Used, long Outside, ForecastView Forecast)
{
    public static PartForecastView Of(PartForecast part) =>
        new(part.Part, part.Total, part.Used, part.Outside, ForecastView.Of(part.Forecast));
}

/// <summary>A forecast with the points of its chart.</summary>
internal sealed record ForecastView
{
    public required Verdict Verdict { get; init; }

    /// <summary>Why nothing is said; null where something is.</summary>
    public required Bilingual? Reason { get; init; }

    /// <summary>The share of days that were measured, 0 to 1.</summary>
    public required double Coverage { get; init; }
    public required BackTestError? Error { get; init; }
    public required double? SlopePerDay { get; init; }
    public required IReadOnlyList<Crossing> Crossings { get; init; }

    /// <summary>The days looked at; a day nobody measured has no value.</summary>
    public required IReadOnlyList<HistoryPointView> History { get; init; }
    public required IReadOnlyList<ForecastPoint> Points { get; init; }

    public static ForecastView Of(Forecast forecast) =>
        new()
        {
            Verdict = forecast.Verdict,
            Reason = forecast.Reason,
            Coverage = forecast.Coverage,
            Error = forecast.Error,
            SlopePerDay = forecast.SlopePerDay,
            Crossings = forecast.Crossings,
            History = [.. forecast.History.Select(d => new HistoryPointView(d.Day, d.Value))],
            Points = forecast.Points,
        };
}

internal sealed record HistoryPointView(DateOnly Day, double? Value);

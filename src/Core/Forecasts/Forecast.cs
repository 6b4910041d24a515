using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Forecasts;

/// <summary>What one day says; days nobody measured have no point, or one without a value.</summary>
/// <param name="Day">A day of Asia/Shanghai.</param>
/// <param name="Value">In the series' unit, e.g. percent; null where nobody measured.</param>
/// <param name="Coverage">The share of the day that was measured, 0 to 1.</param>
public readonly record struct DayValue(DateOnly Day, double? Value, double Coverage);

/// <summary>The numbers by which a forecast is made, or withheld.</summary>
public sealed record ForecastNumbers
{
    /// <summary>Days from the first measured one that are too few to say anything: six weeks.</summary>
    public int LeastDays { get; init; } = 42;

    /// <summary>Under this share of measured days, 0 to 1, nothing is said.</summary>
    public double LeastCoverage { get; init; } = 0.8;

    /// <summary>Days looked back over at most.</summary>
    public int HistoryDays { get; init; } = 180;

    /// <summary>Days looked ahead.</summary>
    public int HorizonDays { get; init; } = 180;

    /// <summary>The error against that of the last value from which on nothing is said.</summary>
    public double LargestMase { get; init; } = 0.9;
}

/// <summary>How the model fared on weeks it had not seen.</summary>
/// <param name="Folds">How many origins it was asked from, a week apart.</param>
/// <param name="HeldOut">How many held-out days it was asked about.</param>
/// <param name="Mae">Its mean absolute error, in the series' unit.</param>
/// <param name="LastValueMae">That of the last value, on the same days.</param>
/// <param name="Mase">The one over the other; under 1 is better than the last value. Null where the last value never errs.</param>
public sealed record BackTestError(int Folds, int HeldOut, double Mae, double LastValueMae, double? Mase);

/// <summary>A day of the forecast with its intervals.</summary>
public sealed record ForecastPoint(DateOnly Day, double Median, Band Eighty, Band NinetyFive);

/// <summary>An interval of values, both ends included.</summary>
public readonly record struct Band(double Low, double High);

/// <summary>
/// When a limit is reached: the first day of the horizon whose value is at or over it. Null where it is not within the horizon.
/// </summary>
/// <param name="Limit">In the series' unit.</param>
/// <param name="Day">By the median.</param>
/// <param name="Eighty">The days between which it is with 80 %.</param>
/// <param name="NinetyFive">The days between which it is with 95 %.</param>
public sealed record Crossing(double Limit, DateOnly? Day, DayBand Eighty, DayBand NinetyFive);

/// <summary>An interval of days; an end that is null lies beyond the horizon.</summary>
public readonly record struct DayBand(DateOnly? Earliest, DateOnly? Latest);

/// <summary>
/// Forecast (预测, art. 22): when a limit is reached, or why nothing is said. A model that does no better than the last value
/// on weeks it has not seen keeps silent.
/// </summary>
public sealed record Forecast
{
    /// <summary>Determined where there is a forecast; not applicable where it does no better than the last value.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why nothing is said; null where something is.</summary>
    public Bilingual? Reason { get; init; }

    /// <summary>The days looked at, in order; unmeasured ones have no value.</summary>
    public required IReadOnlyList<DayValue> History { get; init; }

    /// <summary>The share of days that were measured, from the first measured one on, 0 to 1.</summary>
    public required double Coverage { get; init; }

    /// <summary>Null where it was not tested.</summary>
    public BackTestError? Error { get; init; }

    /// <summary>In the series' unit a day; null without a forecast.</summary>
    public double? SlopePerDay { get; init; }

    public IReadOnlyList<ForecastPoint> Points { get; init; } = [];

    /// <summary>By limit; empty without a forecast.</summary>
    public IReadOnlyList<Crossing> Crossings { get; init; } = [];
}

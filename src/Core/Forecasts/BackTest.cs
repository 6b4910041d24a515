namespace CloudManager.Core.Forecasts;

/// <summary>
/// A model held against weeks it had not seen: from origins a week apart it says the next four weeks, as does the last
/// value. Its errors by horizon are what the intervals are made of.
/// </summary>
internal sealed class BackTest
{
    private const int Week = 7;
    private const int HeldOutDays = 28;
    private const int LeastTraining = 21;
    private const int MostFolds = 12;
    private const int LeastFolds = 3;
    private readonly List<(int Horizon, double Error)> _errors = [];
    private double _lastValue;
    private int _wins;

    private BackTest(int span) => Span = span;

    /// <summary>How many days the model looks back over.</summary>
    public int Span { get; }

    public int Folds { get; private set; }

    /// <summary>What the errors are worth: days of one fold go together, folds overlap; two a fold is what they come to.</summary>
    public int Freedom => 2 * Folds;

    public BackTestError Error
    {
        get
        {
            var mae = _errors.Average(e => Math.Abs(e.Error));
            var last = _lastValue / _errors.Count;
            return new(Folds, _errors.Count, mae, last, last > 0 ? mae / last : null);
        }
    }

    /// <summary>Whether it did better, by so much and in two of three folds at least.</summary>
    public bool IsBetter(double largestMase) => Error.Mase <= largestMase && 3 * _wins >= 2 * Folds;

    /// <summary>Null where fewer than three folds could be asked.</summary>
    public static BackTest? Of(ReadOnlySpan<double?> days, int span)
    {
        var test = new BackTest(span);
        for (var fold = 1; fold <= MostFolds && days.Length - (fold * Week) >= LeastTraining; fold++)
        {
            test.Ask(days, days.Length - (fold * Week));
        }

        return test.Folds < LeastFolds ? null : test;
    }

    /// <summary>
    /// The variance of the error at a horizon: what the folds have shown, a part that stays and a part that grows with the
    /// days, neither under zero.
    /// </summary>
    public Func<int, double> Variance()
    {
        var (x, y) = (_errors.Average(e => e.Horizon), _errors.Average(e => e.Error * e.Error));
        var spread = _errors.Sum(e => (e.Horizon - x) * (e.Horizon - x));
        var growth = spread == 0 ? 0 : _errors.Sum(e => (e.Horizon - x) * ((e.Error * e.Error) - y)) / spread;
        growth = Math.Clamp(growth, 0, y / x);
        return horizon => y + (growth * (horizon - x));
    }

    private void Ask(ReadOnlySpan<double?> days, int origin)
    {
        if (
            LastBefore(days, origin) is not { } last
            || SeasonalTrend.Of(days, Math.Max(0, origin - Span), origin) is not { } trend
        )
        {
            return;
        }

        var (own, naive) = (0.0, 0.0);
        var before = _errors.Count;
        for (var day = origin; day < Math.Min(days.Length, origin + HeldOutDays); day++)
        {
            if (days[day] is { } value)
            {
                var error = value - trend.At(day);
                _errors.Add((day - origin + 1, error));
                own += Math.Abs(error);
                naive += Math.Abs(value - last);
            }
        }

        if (_errors.Count > before)
        {
            Folds++;
            _lastValue += naive;
            _wins += own < naive ? 1 : 0;
        }
    }

    private static double? LastBefore(ReadOnlySpan<double?> days, int origin)
    {
        for (var day = origin - 1; day >= 0; day--)
        {
            if (days[day] is { } value)
            {
                return value;
            }
        }

        return null;
    }
}

using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ces;

/// <summary>The span asked for, cut as CES cuts it: the beginning moves forward and nobody is told.</summary>
internal sealed record Window(long From, long To, int Period, string Filter)
{
    public const int MostPoints = 3000;

    private static readonly Dictionary<int, TimeSpan> Spans = new()
    {
        [1] = TimeSpan.FromHours(4),
        [60] = TimeSpan.FromDays(2),
        [300] = TimeSpan.FromDays(1),
        [1200] = TimeSpan.FromDays(3),
        [3600] = TimeSpan.FromDays(10),
        [14400] = TimeSpan.FromDays(30),
        [86400] = TimeSpan.FromDays(180),
    };

    private static readonly string[] Filters = ["average", "max", "min", "sum", "variance"];

    public static Window Of(long? from, long? to, int? period, string? filter, int metrics)
    {
        if (
            from is not (>= 1_000_000_000_000 and < 10_000_000_000_000)
            || to is not (>= 1_000_000_000_000 and < 10_000_000_000_000)
            || from >= to
        )
        {
            throw new Fault(400, "ces.0014", "from and to must be 13-digit milliseconds, from before to");
        }

        if (period is null || !Spans.TryGetValue(period.Value, out var span) || !Filters.Contains(filter))
        {
            throw new Fault(400, "ces.0014", "period or filter is invalid");
        }

        var step = period.Value * 1000L;
        var earliest = Math.Max(to.Value - (long)span.TotalMilliseconds, to.Value - (MostPoints / metrics * step));
        return new Window(Math.Max(from.Value, earliest), to.Value, period.Value, filter!);
    }

    /// <summary>The starts of the periods in the span.</summary>
    public IEnumerable<DateTimeOffset> Starts()
    {
        var step = Period * 1000L;
        for (var at = (From + step - 1) / step * step; at <= To; at += step)
        {
            yield return DateTimeOffset.FromUnixTimeMilliseconds(at);
        }
    }
}

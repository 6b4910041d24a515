using CloudManager.Core.Metering;

namespace CloudManager.Storage.Metering;

/// <summary>Windows that are looked at together; at least one.</summary>
internal sealed class WantedWindows
{
    /// <summary>Makes the table wanted of <see cref="Parameters"/>.</summary>
    public const string Sql = """
        with wanted as (
            select unnest($numbers) as number, unnest($resources) as resource,
                unnest($firsts) as first, unnest($pasts) as past)
        """;

    private readonly IReadOnlyList<DayWindow> _windows;
    private readonly List<long> _firsts;
    private readonly List<long> _pasts;
    private readonly List<long> _resources;
    private readonly Dictionary<long, int> _places = [];

    public WantedWindows(IReadOnlyList<DayWindow> windows)
    {
        _windows = windows;
        _firsts = [.. windows.Select(w => Slots.OfDay(w.From))];
        _pasts = [.. windows.Select(w => Slots.OfDay(w.Until))];
        _resources = [.. windows.Select(w => w.Resource.Number)];
        Span = new(_firsts.Min(), _pasts.Max(), _resources.Min(), _resources.Max());
        var isAlike = windows.All(w => w.From == windows[0].From && w.Until == windows[0].Until);
        var isClose = Span.High - Span.Low < 2L * windows.Count;
        IsUniform = isAlike && isClose;
        for (var i = 0; i < windows.Count; i++)
        {
            IsUniform &= _places.TryAdd(_resources[i], i);
        }
    }

    /// <summary>What holds them all.</summary>
    public SampleSpan Span { get; }

    /// <summary>
    /// Whether they are the same days of different servers, and at least every other server between is meant.
    /// </summary>
    public bool IsUniform { get; }

    /// <summary>What <see cref="Sql"/> is made of.</summary>
    public (string Name, object Value)[] Parameters =>
        [
            ("numbers", Enumerable.Range(0, _windows.Count).ToList()),
            ("resources", _resources),
            ("firsts", _firsts),
            ("pasts", _pasts),
        ];

    /// <summary>Which window is this server's, of uniform ones; null if none is.</summary>
    public int? PlaceOf(long resource) => _places.TryGetValue(resource, out var place) ? place : null;
}

using System.Globalization;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>Which rows are wanted: slots [First, Past) of resources from Low to High.</summary>
internal readonly record struct SampleSpan(long First, long Past, long Low, long High)
{
    public static SampleSpan Of((ResourceId First, ResourceId Last) resources, SlotRange slots) =>
        new(slots.First, slots.Past, resources.First.Number, resources.Last.Number);

    public SampleSpan Within(ArchivePart part) =>
        new(Math.Max(First, part.First), Math.Min(Past, part.Past), Math.Max(Low, part.Low), Math.Min(High, part.High));

    /// <summary>As a condition on columns resource and slot.</summary>
    public string Condition =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"slot >= {First} and slot < {Past} and resource >= {Low} and resource <= {High}"
        );
}

/// <summary>
/// Where rows of a span lie: in the open table, in files of the archive, or in both. Only files that the span touches are
/// looked at, and of them only the row groups.
/// </summary>
internal sealed class SampleSources
{
    private readonly List<(string From, Scales Scales)> _sources = [];

    private SampleSources(IEnumerable<(string From, Scales Scales)> sources)
    {
        _sources.AddRange(sources);
        Common = Scales.Of([
            .. Enumerable.Range(0, Scales.Columns.Count).Select(i => Same([.. _sources.Select(s => s.Scales.All[i])])),
        ]);
    }

    /// <summary>How the columns of <see cref="Stored"/> hold their values: the scales all sources share, floats where they differ.</summary>
    public Scales Common { get; }

    /// <summary>The rows, values by <see cref="Common"/>; a row lies in one place only.</summary>
    public string Stored => Union(Common);

    /// <summary>The rows, values as floats.</summary>
    public string Floats => Union(Scales.Floats);

    /// <param name="connection">Where to look.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="span">Which rows.</param>
    /// <param name="without">Parts whose files are not wanted.</param>
    public static SampleSources Find(
        DuckDBConnection connection,
        string folder,
        SampleSpan span,
        IReadOnlyList<ArchivePart>? without = null
    )
    {
        var sources = ArchivePart
            .Touching(connection, span)
            .Where(part => part.File is not null && without?.Contains(part) != true)
            .Select(part => (From(folder, part, span), part.Scales))
            .ToList();
        if (sources.Count == 0 || HasOpen(connection, span))
        {
            sources.Add(($"sample where {span.Condition}", Scales.Floats));
        }

        return new SampleSources(sources);
    }

    /// <summary>The rows of one part's file inside the span.</summary>
    public static string From(string folder, ArchivePart part, SampleSpan span) =>
        $"read_parquet('{Quoted(folder, part.File!)}') where {span.Within(part).Condition}";

    /// <summary>A file's path inside a literal.</summary>
    public static string Quoted(string folder, string name) =>
        Path.Combine(folder, name).Replace("'", "''", StringComparison.Ordinal);

    /// <summary>Whether the open table holds a row of the span.</summary>
    public static bool HasOpen(DuckDBConnection connection, SampleSpan span) =>
        connection.Rows($"select 1 from sample where {span.Condition} limit 1", r => r.GetInt32(0)).Count > 0;

    private static int? Same(IReadOnlyList<int?> scales)
    {
        var some = scales.Where(s => s != Scales.Nothing).ToList();
        return some.Count == 0 ? Scales.Nothing
            : some.TrueForAll(s => s == some[0]) ? some[0]
            : null;
    }

    private static bool IsAsWanted(int? stored, int? wanted) =>
        stored == wanted || (stored == Scales.Nothing && wanted is not null);

    private string Union(Scales wanted) =>
        string.Join(
            " union all ",
            _sources.Select(source =>
            {
                var columns = Scales.Columns.Select(
                    (c, i) =>
                        IsAsWanted(source.Scales.All[i], wanted.All[i])
                            ? c
                            : $"{Scales.Value(c, source.Scales.All[i])} as {c}"
                );
                return $"select resource, slot, {string.Join(", ", columns)} from {source.From}";
            })
        );
}

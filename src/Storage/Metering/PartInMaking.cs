using CloudManager.Core.Kernel;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>What one step of archiving did.</summary>
/// <param name="Rows">How many rows left the open table.</param>
/// <param name="Next">The first resource that was not looked at; null if all were.</param>
/// <param name="IsStale">Whether rows came meanwhile, so that nothing was done.</param>
internal readonly record struct Moved(long Rows, long? Next, bool IsStale)
{
    public static Moved Nothing => default;
}

/// <summary>
/// A part of the archive on its way: what the open table holds of a month and some servers, with what an earlier part held
/// of them. It is written beside readers and writers; finished in one transaction if no row came meanwhile.
/// </summary>
internal sealed class PartInMaking
{
    private const string Fresh = "fresh_daily";
    private readonly ArchivePart _part;
    private readonly ArchivePart? _known;
    private readonly long _open;
    private readonly long _rows;

    /// <param name="part">What it will be.</param>
    /// <param name="known">The part that is there already; null for the first.</param>
    /// <param name="open">How many rows of it are in the open table.</param>
    /// <param name="rows">How many it has altogether.</param>
    private PartInMaking(ArchivePart part, ArchivePart? known, long open, long rows) =>
        (_part, _known, _open, _rows) = (part, known, open, rows);

    /// <summary>Writes the file of the first part from a resource on that has rows in the open table; null if none has.</summary>
    public static PartInMaking? Prepare(
        DuckDBConnection connection,
        string folder,
        (Month Month, long Low, long MostRows) from,
        Action<ArchiveStep> reached
    )
    {
        using var snapshot = connection.BeginTransaction();
        var made = Cut(connection, folder, from);
        if (made is not null)
        {
            connection.Run($"drop table if exists {Fresh}");
            if (made._known is { File: null })
            {
                made.SummariseGivenUp(connection);
            }
            else
            {
                made = made.Write(connection, folder, reached);
            }
        }

        snapshot.Commit();
        return made;
    }

    /// <summary>Notes the file and takes its rows out of the open table.</summary>
    public Moved Finish(DuckDBConnection connection, Action<ArchiveStep> reached)
    {
        long? next = _part.High == long.MaxValue ? null : _part.High + 1;
        if (Open(connection, _part.Span) != _open)
        {
            return new Moved(0, next, IsStale: true);
        }

        connection.Run($"delete from sample where {_part.Span.Condition}");
        if (_known is not { File: null })
        {
            _known?.Narrow(connection, _part.High);
            DeleteDays(connection);
            _part.Note(connection, _rows);
        }

        connection.Run($"insert into daily select * from {Fresh}");
        connection.Run($"drop table {Fresh}");
        reached(ArchiveStep.Noted);
        return new Moved(_open, next, IsStale: false);
    }

    /// <summary>Which resources come together: those of a known part or of the gap between two, as many as its rows allow.</summary>
    private static PartInMaking? Cut(
        DuckDBConnection connection,
        string folder,
        (Month Month, long Low, long MostRows) from
    )
    {
        var rest = new ArchivePart(from.Month, from.Low, long.MaxValue, null, Scales.Floats);
        var open = Count(connection, $"sample where {rest.Span.Condition}");
        if (open.Count == 0)
        {
            return null;
        }

        var first = open.Keys.First();
        var parts = ArchivePart.Touching(connection, rest.Span with { Low = 0 });
        var known = parts.Find(p => p.Low <= first && first <= p.High);
        var (low, high) = known is null
            ? (
                Math.Max(from.Low, parts.Where(p => p.High < first).Select(p => p.High + 1).LastOrDefault(from.Low)),
                parts.Where(p => p.Low > first).Select(p => p.Low - 1).FirstOrDefault(long.MaxValue)
            )
            : (known.Low, known.High);
        if (known is { File: null })
        {
            return new(known, known, open.Where(r => r.Key <= high).Sum(r => r.Value), 0);
        }

        var all = new SortedDictionary<long, long>(open.Where(r => r.Key <= high).ToDictionary());
        if (known is not null)
        {
            foreach (var (resource, rows) in Count(connection, SampleSources.From(folder, known, known.Span)))
            {
                all[resource] = all.GetValueOrDefault(resource) + rows;
            }
        }

        var (rowsOfPart, cut) = Fill(all, from.MostRows);
        cut = cut == all.Keys.Last() ? high : cut;
        var part = new ArchivePart(from.Month, low, cut, null, Scales.Floats);
        return new(part, known, open.Where(r => r.Key <= cut).Sum(r => r.Value), rowsOfPart);
    }

    private static (long Rows, long Cut) Fill(SortedDictionary<long, long> counts, long most)
    {
        var (rows, cut) = (0L, 0L);
        foreach (var (resource, count) in counts)
        {
            if (rows > 0 && rows + count > most)
            {
                break;
            }

            (rows, cut) = (rows + count, resource);
        }

        return (rows, cut);
    }

    private static SortedDictionary<long, long> Count(DuckDBConnection connection, string from) =>
        new(
            connection
                .Rows(
                    $"select resource, count(*) from {from} group by resource",
                    r => (Resource: r.GetInt64(0), Rows: r.GetInt64(1))
                )
                .ToDictionary(r => r.Resource, r => r.Rows)
        );

    private static long Open(DuckDBConnection connection, SampleSpan span) =>
        connection.Rows($"select count(*) from sample where {span.Condition}", r => r.GetInt64(0)).Single();

    private PartInMaking Write(DuckDBConnection connection, string folder, Action<ArchiveStep> reached)
    {
        var rows = $"select * from sample where {_part.Span.Condition}";
        if (_known is { } known)
        {
            var values = Scales.Columns.Zip(known.Scales.All, (c, scale) => $"{Scales.Value(c, scale)} as {c}");
            rows +=
                $" union all select resource, slot, {string.Join(", ", values)}"
                + $" from {SampleSources.From(folder, known, _part.Span)}";
        }

        var scales = ArchiveFile.FindScales(connection, rows);
        var name = ArchiveFile.Write(connection, folder, (_part.Month, rows, scales), reached);
        var part = _part with { File = name, Scales = scales };
        if (Count(connection, SampleSources.From(folder, part, part.Span)).Values.Sum() != _rows)
        {
            throw new InvalidDataException($"the file {name} does not hold the {_rows} rows that were written to it");
        }

        Summarise(connection, SampleSources.From(folder, part, part.Span), scales);
        return new(part, _known, _open, _rows);
    }

    /// <summary>
    /// Days whose samples were given up take no more; of other days what is here now is all there will be.
    /// </summary>
    private void SummariseGivenUp(DuckDBConnection connection) =>
        Summarise(
            connection,
            $"""
            (select s.* from sample s anti join daily d
                on d.resource = s.resource and d.day = {UseSql.Day}) where {_part.Span.Condition}
            """,
            Scales.Floats
        );

    private static void Summarise(DuckDBConnection connection, string from, Scales scales) =>
        connection.Run(
            $"""
            create temp table {Fresh} as
            select resource, {UseSql.Day} as day, {UseSql.OfRows(scales)} from {from} group by 1, 2 order by 1, 2
            """
        );

    private void DeleteDays(DuckDBConnection connection) =>
        connection.Run(
            """
            delete from daily where day >= $first and day < $past and resource >= $low and resource <= $high
            """,
            ("first", _part.Month.First),
            ("past", _part.Month.End),
            ("low", _part.Low),
            ("high", _part.High)
        );
}

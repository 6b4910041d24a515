using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>How far a part has come into the archive: what a crash may leave behind.</summary>
internal enum ArchiveStep
{
    /// <summary>The file is written, under a temporary name.</summary>
    Written,

    /// <summary>It has its name, durably.</summary>
    Renamed,

    /// <summary>It is noted and its rows are deleted, before the transaction ends.</summary>
    Noted,

    /// <summary>The transaction has ended; files that nobody needs any more are still there.</summary>
    Committed,
}

/// <summary>
/// The archive: one zstd Parquet file for a month and at most some thousands of servers, sorted by resource and slot. A file
/// counts from the transaction on that notes it, deletes its rows from the open table and writes their daily summaries; what
/// is not noted is removed at the next run.
/// </summary>
internal sealed class SampleArchive(MetricsFile file) : ISampleArchive, IDisposable
{
    private const int Attempts = 3;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Told of each step; what it throws is a crash there.</summary>
    internal Action<ArchiveStep> Reached { get; init; } = static _ => { };

    /// <summary>How many rows a part has at most, beyond its first server: bounds memory and how long it takes.</summary>
    internal long MostRows { get; init; } = 24_000_000;

    public Task<IReadOnlyList<Month>> WaitingAsync(Month before, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<Month>>(
            connection =>
            {
                var past = Slots.OfDay(before.First);
                var first = connection
                    .Rows(
                        "select min(slot) from sample where slot < $past",
                        r => r.IsDBNull(0) ? past : r.GetInt64(0),
                        ("past", past)
                    )
                    .Single();
                var months = new List<Month>();
                for (var month = MonthOf(first); month.CompareTo(before) < 0; month = month.Next)
                {
                    if (SampleSources.HasOpen(connection, Whole(month)))
                    {
                        months.Add(month);
                    }
                }

                return months;
            },
            cancellationToken
        );

    public async Task<long> ArchiveAsync(Month month, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(file.ArchiveFolder);
            await SweepAsync(cancellationToken);
            var (rows, from, attempt) = (0L, (long?)0L, 0);
            while (from is { } low)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var moved = await file.PrepareAndWriteAsync(
                    c => PartInMaking.Prepare(c, file.ArchiveFolder, (month, low, MostRows), Reached),
                    (c, part) => part is null ? Moved.Nothing : part.Finish(c, Reached),
                    cancellationToken
                );
                Reached(ArchiveStep.Committed);
                attempt = moved.IsStale ? attempt + 1 : 0;
                rows += moved.Rows;
                from = moved.IsStale && attempt < Attempts ? low : moved.Next;
            }

            await SweepAsync(cancellationToken);
            return rows;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<IReadOnlyList<Month>> RetireAsync(Month before, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var retired = await file.WriteAsync(c => Retire(c, before), cancellationToken);
            await SweepAsync(cancellationToken);
            return retired;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Months whose samples are old enough, all in files, and have their daily summaries.</summary>
    private static List<Month> Retire(DuckDBConnection connection, Month before)
    {
        var parts = ArchivePart
            .Touching(connection, new(0, Slots.OfDay(before.First), 0, long.MaxValue))
            .Where(p => p.File is not null && !SampleSources.HasOpen(connection, p.Span) && HasDays(connection, p))
            .ToList();
        foreach (var part in parts)
        {
            connection.Run(
                "update archive set file = null where month = $month and low = $low",
                ("month", part.Month.ToString()),
                ("low", part.Low)
            );
        }

        return [.. parts.Select(p => p.Month).Distinct().Order()];
    }

    private static bool HasDays(DuckDBConnection connection, ArchivePart part) =>
        connection
            .Rows(
                """
                select 1 from daily
                where day >= $first and day < $past and resource >= $low and resource <= $high limit 1
                """,
                r => r.GetInt32(0),
                ("first", part.Month.First),
                ("past", part.Month.End),
                ("low", part.Low),
                ("high", part.High)
            )
            .Count > 0;

    /// <summary>Removes files that are not noted, unless somebody reads just now: then the next run does.</summary>
    private Task SweepAsync(CancellationToken cancellationToken) =>
        Directory.Exists(file.ArchiveFolder)
            ? file.TryWithoutReadersAsync(
                connection =>
                {
                    var noted = connection
                        .Rows("select file from archive where file is not null", r => r.GetString(0))
                        .ToHashSet(StringComparer.Ordinal);
                    foreach (var path in Directory.EnumerateFiles(file.ArchiveFolder))
                    {
                        if (!noted.Contains(Path.GetFileName(path)))
                        {
                            File.Delete(path);
                        }
                    }
                },
                cancellationToken
            )
            : Task.CompletedTask;

    private static Month MonthOf(long slot) => Month.Of(China.Day(Slots.Start(slot)));

    private static SampleSpan Whole(Month month) =>
        new(Slots.OfDay(month.First), Slots.OfDay(month.End), 0, long.MaxValue);
}

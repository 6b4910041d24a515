using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>
/// A part of the archive: the samples of a month of the resources from Low to High, in a file of their own. Rows of other
/// resources that the file may hold do not count.
/// </summary>
/// <param name="Month">Whose samples.</param>
/// <param name="Low">The first resource.</param>
/// <param name="High">The last resource.</param>
/// <param name="File">The file's name; null where the samples were given up and only their daily summaries are left.</param>
/// <param name="Scales">How the file holds its values.</param>
internal sealed record ArchivePart(Month Month, long Low, long High, string? File, Scales Scales)
{
    /// <summary>The month's first slot.</summary>
    public long First { get; } = Slots.OfDay(Month.First);

    /// <summary>The first slot after the month.</summary>
    public long Past { get; } = Slots.OfDay(Month.End);

    /// <summary>Everything the part is about.</summary>
    public SampleSpan Span => new(First, Past, Low, High);

    /// <summary>The parts that a span touches, in order of month and resource.</summary>
    public static List<ArchivePart> Touching(DuckDBConnection connection, SampleSpan span) =>
        connection.Rows(
            """
            select month, low, high, file, cpu, memory, disk, net_in, net_out from archive
            where first < $past and past > $first and low <= $high and high >= $low
            order by month, low
            """,
            r => new ArchivePart(
                Month.TryParse(r.GetString(0), out var month) ? month : throw new FormatException(r.GetString(0)),
                r.GetInt64(1),
                r.GetInt64(2),
                r.IsDBNull(3) ? null : r.GetString(3),
                Scales.Of([.. Enumerable.Range(4, 5).Select(i => r.IsDBNull(i) ? (int?)null : r.GetInt32(i))])
            ),
            ("first", span.First),
            ("past", span.Past),
            ("low", span.Low),
            ("high", span.High)
        );

    /// <summary>Notes the part: from the end of the transaction on its file is read.</summary>
    public void Note(DuckDBConnection connection, long rows)
    {
        object[] scales = [.. Scales.All.Select(s => (object?)s ?? DBNull.Value)];
        connection.Run(
            """
            insert into archive (month, first, past, low, high, file, rows, cpu, memory, disk, net_in, net_out)
            values ($month, $first, $past, $low, $high, $file, $rows, $cpu, $memory, $disk, $net_in, $net_out)
            """,
            [
                ("month", Month.ToString()),
                ("first", First),
                ("past", Past),
                ("low", Low),
                ("high", High),
                ("file", File!),
                ("rows", rows),
                .. Scales.Columns.Zip(scales),
            ]
        );
    }

    /// <summary>Leaves to this part only the resources after this one; the part ends where there are none.</summary>
    public void Narrow(DuckDBConnection connection, long taken)
    {
        var key = ("month", (object)Month.ToString());
        if (taken >= High)
        {
            connection.Run("delete from archive where month = $month and low = $low", key, ("low", Low));
        }
        else
        {
            connection.Run(
                "update archive set low = $from where month = $month and low = $low",
                key,
                ("low", Low),
                ("from", taken + 1)
            );
        }
    }
}

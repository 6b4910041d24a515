using System.Globalization;
using System.Runtime.InteropServices;
using CloudManager.Core.Kernel;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>Writes files of the archive.</summary>
internal static class ArchiveFile
{
    // A dictionary of the month's slots would take more than their differences do.
    public const string Options =
        "format parquet, compression zstd, compression_level 3, parquet_version v2, dictionary_size_limit 1000";

    /// <summary>How many rows are looked at before all are: most scales fit none of measured noise.</summary>
    private const int Glance = 50_000;

    /// <summary>The smallest scale of each metric in which every value comes back bit for bit.</summary>
    public static Scales FindScales(DuckDBConnection connection, string rows)
    {
        IReadOnlyList<IReadOnlyList<int>> all = [.. Scales.Columns.Select(_ => Scales.Tried)];
        var likely = Fitting(connection, $"select * from ({rows}) limit {Glance}", all);
        var fitting = Fitting(connection, rows, likely);
        return Scales.Of([.. fitting.Select(scales => scales.Count == 0 ? (int?)null : scales[0])]);
    }

    /// <summary>Writes rows, sorted, to a file whose name no other had; the name.</summary>
    public static string Write(
        DuckDBConnection connection,
        string folder,
        (Month Month, string Rows, Scales Scales) what,
        Action<ArchiveStep> reached
    )
    {
        var name = NextName(folder, what.Month);
        var columns = Scales.Columns.Zip(
            what.Scales.All,
            (c, scale) => scale is { } whole ? $"{Scales.Stored(c, whole)} as {c}" : c
        );
        connection.Run(
            $"""
            copy (select resource, slot, {string.Join(", ", columns)} from ({what.Rows}) order by resource, slot)
            to '{SampleSources.Quoted(folder, name + ".tmp")}' ({Options})
            """
        );
        reached(ArchiveStep.Written);
        var path = Path.Combine(folder, name);
        using (var written = new FileStream(path + ".tmp", FileMode.Open, FileAccess.ReadWrite))
        {
            written.Flush(flushToDisk: true);
        }

        File.Move(path + ".tmp", path);
        Durable(folder);
        Durable(Path.GetDirectoryName(folder)!);
        reached(ArchiveStep.Renamed);
        return name;
    }

    /// <summary>Of the scales asked for of each metric those that fit all rows.</summary>
    private static List<IReadOnlyList<int>> Fitting(
        DuckDBConnection connection,
        string rows,
        IReadOnlyList<IReadOnlyList<int>> asked
    )
    {
        var questions = asked.SelectMany((scales, i) => scales.Select(s => Scales.Fits(Scales.Columns[i], s))).ToList();
        if (questions.Count == 0)
        {
            return [.. asked];
        }

        return connection.Rows($"select {string.Join(", ", questions)} from ({rows})", r => Read(r, asked)).Single();
    }

    private static List<IReadOnlyList<int>> Read(DuckDBDataReader reader, IReadOnlyList<IReadOnlyList<int>> asked)
    {
        var column = 0;
        return [.. asked.Select(scales => (IReadOnlyList<int>)[.. scales.Where(_ => reader.GetBoolean(column++))])];
    }

    /// <summary>2026-05-3.parquet after 2026-05-2.parquet; never a name that is taken.</summary>
    private static string NextName(string folder, Month month)
    {
        for (var number = 1; ; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{month}-{number}.parquet");
            if (!File.Exists(Path.Combine(folder, name)))
            {
                return name;
            }
        }
    }

    /// <summary>Makes a folder's names outlast a loss of power, where the system lets one.</summary>
    private static void Durable(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, 0);
        if (handle >= 0)
        {
            _ = Sync(handle);
            _ = Close(handle);
        }
    }

    [DllImport(
        "libc",
        EntryPoint = "open",
        CharSet = CharSet.Ansi,
        BestFitMapping = false,
        ThrowOnUnmappableChar = true
    )]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}

using System.Globalization;
using CloudManager.Core.Calendar;
using CloudManager.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace CloudManager.Storage.Calendar;

/// <summary>
/// The holiday tables (节假日安排) of the data folder: <c>holidays/yyyy.json</c> replaces the shipped table of that year.
/// A wrong file stops the start; while running, it keeps the tables as they were. Changed files are read again by
/// themselves, a moment after the last change.
/// </summary>
public sealed class HolidayFolder : IHolidays, IDisposable
{
    // An editor writes a file in several steps; each step is an event.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);
    private readonly Lock _reloading = new();
    private readonly string _folder;
    private readonly ILogger _logger;
    private readonly FileSystemWatcher _watcher;
    private readonly ITimer _timer;
    private volatile WorkingDays _current;

    private HolidayFolder(string folder, MachineClock clock, ILogger logger)
    {
        _folder = folder;
        _logger = logger;
        _current = new WorkingDays(HolidayTable.BuiltIn);
        _timer = clock.Provider.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watcher = new FileSystemWatcher(folder, "*.json");
        _watcher.Changed += (_, _) => ReloadSoon();
        _watcher.Created += (_, _) => ReloadSoon();
        _watcher.Deleted += (_, _) => ReloadSoon();
        _watcher.Renamed += (_, _) => ReloadSoon();
        _watcher.Error += (_, _) => ReloadSoon();
    }

    /// <inheritdoc/>
    public WorkingDays Current => _current;

    /// <summary>Reads the folder, which is made if it is not there, and watches it.</summary>
    /// <exception cref="HolidayFolderException">A file is wrong; every fault of every file is listed.</exception>
    public static HolidayFolder Open(string folder, MachineClock clock, ILogger<HolidayFolder> logger)
    {
        Directory.CreateDirectory(folder);
        var holidays = new HolidayFolder(folder, clock, logger);
        try
        {
            // Watching first: a file that changes while the folder is read is then read again.
            holidays._watcher.EnableRaisingEvents = true;
            var faults = holidays.Load();
            return faults.Count == 0 ? holidays : throw new HolidayFolderException(faults);
        }
        catch
        {
            holidays.Dispose();
            throw;
        }
    }

    /// <summary>Reads the folder again; with a fault in any file nothing changes.</summary>
    /// <returns>Every fault of every file, empty if all is well.</returns>
    public IReadOnlyList<HolidayFileFault> Reload()
    {
        var faults = Load();
        foreach (var fault in faults)
        {
            _logger.LogError("Holiday tables kept as they were: {Fault}", fault);
        }

        return faults;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watcher.Dispose();
        _timer.Dispose();
    }

    private void ReloadSoon()
    {
        // False after Dispose, when nothing is to be read any more.
        _timer.Change(Settle, Timeout.InfiniteTimeSpan);
    }

    private List<HolidayFileFault> Load()
    {
        lock (_reloading)
        {
            var tables = HolidayTable.BuiltIn.ToDictionary(table => table.Year);
            var faults = new List<HolidayFileFault>();
            foreach (var path in ListFiles(faults))
            {
                var read = ReadFile(path);
                faults.AddRange(read.Faults);
                if (read.Table is { } table)
                {
                    tables[table.Year] = table;
                }
            }

            if (faults.Count == 0)
            {
                _current = new WorkingDays(tables.Values);
                _logger.LogInformation("Holiday tables in force: {Years}", string.Join(", ", _current.Years));
            }

            return faults;
        }
    }

    private List<string> ListFiles(List<HolidayFileFault> faults)
    {
        try
        {
            return [.. Directory.EnumerateFiles(_folder, "*.json").Order(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add(Unreadable(_folder, fault));
            return [];
        }
    }

    private static (HolidayTable? Table, IEnumerable<HolidayFileFault> Faults) ReadFile(string path)
    {
        var name = Path.GetFileName(path);
        string json;
        try
        {
            json = File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (null, [Unreadable(path, fault)]);
        }

        var read = HolidayTable.Parse(json);
        if (read.Refusal is { } refusal)
        {
            return (null, refusal.Faults.Select(fault => new HolidayFileFault(name, fault)));
        }

        var year = read.Value.Year.ToString(CultureInfo.InvariantCulture);
        return Path.GetFileNameWithoutExtension(name) == year
            ? (read.Value, [])
            : (
                null,
                [
                    new HolidayFileFault(
                        name,
                        new FieldFault("year", year, ("与文件名相同的年份", "the year of the file's name"))
                    ),
                ]
            );
    }

    private static HolidayFileFault Unreadable(string path, Exception fault) =>
        new(Path.GetFileName(path), new FieldFault("$", fault.Message, ("可读取的文件", "a file that can be read")));
}

using System.Text.Json;
using CloudManager.Adapters.Sdk;
using Microsoft.Win32.SafeHandles;

namespace CloudManager.Adapters.Mock.State;

/// <summary>
/// What a simulated cloud did, one JSON line a change, handed to the operating system before the call returns: a
/// process killed at any instant finds after its restart the cloud it would find in reality. A last line without its
/// end is a call that never answered and never happened.
/// Several processes may work on one file: each takes the lock for one operation and first applies what the others
/// appended. What all have read stays where it is, as the file is only rewritten by one who has it alone.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const byte LineEnd = (byte)'\n';

    private readonly StateLock _lock;
    private readonly string _path;
    private readonly CloudTables _tables;

    /// <summary>Also tells the other processes that the file is in use: opened to read, it holds a shared lock everywhere.</summary>
    private readonly SafeFileHandle _reader;

    private readonly SafeFileHandle _writer;

    /// <summary>The end of the last line that is in the tables.</summary>
    private long _end;

    private long _lines;

    private Journal(StateLock @lock, string path, CloudTables tables)
    {
        _lock = @lock;
        _path = path;
        _tables = tables;
        _reader = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        _writer = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
    }

    /// <summary>
    /// Brings the tables to what the file says. Where nobody else uses it, rewrites it with the rows that still matter.
    /// </summary>
    /// <exception cref="AdapterException">
    /// It cannot be locked, another pool uses it, or a line in its middle cannot be read.
    /// </exception>
    public static Journal Open(
        string path,
        string pool,
        CloudTables tables,
        Func<IEnumerable<Change>> rows,
        TimeProvider machineTime
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var @lock = new StateLock(path, machineTime);
        using var taken = @lock.Take();
        var alone = IsAlone(path);
        var journal = new Journal(@lock, path, tables);
        try
        {
            journal.CatchUp();
            return alone ? journal.Compact(pool, rows) : journal.Join(pool);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Lets this process in alone, the tables brought up to date; disposing the answer lets in the next.</summary>
    public IDisposable Enter()
    {
        var taken = _lock.Take();
        try
        {
            CatchUp();
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes the change down and applies it. When this returns, killing the process no longer undoes it. Called
    /// between <see cref="Enter"/> and its end.
    /// </summary>
    public void Append(Change change)
    {
        var line = Line(change);
        try
        {
            RandomAccess.Write(_writer, line, _end);
        }
        catch (IOException failure)
        {
            RandomAccess.SetLength(_writer, _end);
            throw MockErrors.Unavailable($"The state cannot be written: {failure.Message}");
        }

        _tables.Apply(change);
        _end += line.Length;
        _lines++;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
    }

    /// <summary>Whether no journal is open on the file. Nobody can open one while the lock is held.</summary>
    private static bool IsAlone(string path)
    {
        try
        {
            File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private Journal Compact(string pool, Func<IEnumerable<Change>> rows)
    {
        var opened = new Opened(_tables.Openings + 1, _tables.LinesBefore + _lines, _tables.Made, pool);
        var lines = Write($"{_path}.new", [.. rows(), opened]);
        Dispose();
        File.Move($"{_path}.new", _path, overwrite: true);
        _tables.Apply(opened);
        var journal = new Journal(_lock, _path, _tables) { _lines = lines };
        journal._end = RandomAccess.GetLength(journal._reader);
        return journal;
    }

    private Journal Join(string pool)
    {
        if (_tables.Pool is { } other && other != pool)
        {
            // The pool that has it now may go: the task waits for its end.
            throw MockErrors.Unavailable(
                $"The state file '{Path.GetFileName(_path)}' is in use by the pool '{other}'."
            );
        }

        Append(new Opened(_tables.Openings + 1, _tables.LinesBefore, _tables.Made, pool));
        return this;
    }

    /// <summary>Applies what was appended since. Whoever holds the lock may cut off what a dead process left unfinished.</summary>
    private void CatchUp()
    {
        var length = RandomAccess.GetLength(_reader);
        if (length < _end)
        {
            throw MockErrors.Invalid($"The state file '{Path.GetFileName(_path)}' lost lines that were read before.");
        }

        var rest = Read(_end, length).AsSpan();
        for (var end = rest.IndexOf(LineEnd); end >= 0; end = rest.IndexOf(LineEnd))
        {
            _tables.Apply(Parse(rest[..end]));
            rest = rest[(end + 1)..];
            _end += end + 1;
            _lines++;
        }

        if (rest.Length > 0)
        {
            RandomAccess.SetLength(_writer, _end);
        }
    }

    private byte[] Read(long from, long until)
    {
        if (from == until)
        {
            return [];
        }

        var bytes = new byte[until - from];
        for (var count = 0; count < bytes.Length; )
        {
            var more = RandomAccess.Read(_reader, bytes.AsSpan(count), from + count);
            count += more > 0 ? more : throw MockErrors.Unavailable("The state file became shorter while it was read.");
        }

        return bytes;
    }

    private Change Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ChangeJson.Default.Change)
                ?? throw new JsonException("The line is null.");
        }
        catch (JsonException failure)
        {
            throw MockErrors.Invalid(
                $"Line {_lines + 1} of the state file '{Path.GetFileName(_path)}' cannot be read: {failure.Message}"
            );
        }
    }

    private static int Write(string path, IReadOnlyCollection<Change> changes)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        foreach (var change in changes)
        {
            file.Write(Line(change));
        }

        return changes.Count;
    }

    private static byte[] Line(Change change) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(change, ChangeJson.Default.Change), LineEnd];
}

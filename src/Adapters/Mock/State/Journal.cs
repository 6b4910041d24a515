using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.State;

/// <summary>
/// What a simulated cloud did, one JSON line a change, handed to the operating system before the call returns: a
/// process killed at any instant finds after its restart the cloud it would find in reality. A last line without its
/// end is a call that never answered and never happened.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const byte LineEnd = (byte)'\n';

    private static readonly FileStreamOptions Appending = new()
    {
        Mode = FileMode.Append,
        Access = FileAccess.Write,
        Share = FileShare.ReadWrite,
        BufferSize = 0,
    };

    private readonly FileStream _owner;
    private readonly FileStream _file;

    private Journal(FileStream owner, FileStream file)
    {
        _owner = owner;
        _file = file;
    }

    /// <summary>
    /// Takes the file for this process, brings the tables to what it says, rewrites it without what no longer matters,
    /// and stays open for appending.
    /// </summary>
    /// <exception cref="AdapterException">Another pool has it, or a line in its middle cannot be read.</exception>
    public static Journal Open(string path, CloudTables tables, Func<long, IEnumerable<Change>> snapshot)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var owner = Own(path);
        try
        {
            var lines = File.Exists(path) ? Load(path, tables) : 0;
            Write($"{path}.new", snapshot(tables.LinesBefore + lines));
            File.Move($"{path}.new", path, overwrite: true);
            return new Journal(owner, new FileStream(path, Appending));
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    /// <summary>Writes the change down. When this returns, killing the process no longer undoes it.</summary>
    public void Append(Change change)
    {
        var before = _file.Length;
        try
        {
            _file.Write(Line(change));
        }
        catch (IOException failure)
        {
            _file.SetLength(before);
            throw MockErrors.Unavailable($"The state cannot be written: {failure.Message}");
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _owner.Dispose();
    }

    private static FileStream Own(string path)
    {
        try
        {
            return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            // Whoever comes later may have it: the task goes to the process that has it now, or waits for its end.
            throw MockErrors.Unavailable(
                $"The state file '{Path.GetFileName(path)}' is in use by another pool or process."
            );
        }
    }

    private static long Load(string path, CloudTables tables)
    {
        var rest = File.ReadAllBytes(path).AsSpan();
        var lines = 0L;
        for (var end = rest.IndexOf(LineEnd); end >= 0; end = rest.IndexOf(LineEnd))
        {
            lines++;
            tables.Apply(Parse(rest[..end], path, lines));
            rest = rest[(end + 1)..];
        }

        return lines;
    }

    private static Change Parse(ReadOnlySpan<byte> line, string path, long number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ChangeJson.Default.Change)
                ?? throw new JsonException("The line is null.");
        }
        catch (JsonException failure)
        {
            throw MockErrors.Invalid(
                $"Line {number} of the state file '{Path.GetFileName(path)}' cannot be read: {failure.Message}"
            );
        }
    }

    private static void Write(string path, IEnumerable<Change> changes)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        foreach (var change in changes)
        {
            file.Write(Line(change));
        }
    }

    private static byte[] Line(Change change) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(change, ChangeJson.Default.Change), LineEnd];
}

using System.Text.Json;
using CloudManager.Adapters.Relay.Wire;

namespace CloudManager.Agent.Calls;

/// <summary>
/// What this agent has leased and not yet delivered, on disk: one file for each call that makes or changes something,
/// written before the call is made and again when its answer is known, gone when the platform has it. Calls that only
/// read leave nothing here. One process at a time uses the folder.
/// </summary>
internal sealed class AgentJournal : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _lock;

    private AgentJournal(string folder, FileStream taken, string identity) =>
        (_folder, _lock, Identity) = (folder, taken, identity);

    /// <summary>What the platform knows the journal by, for as long as the folder exists.</summary>
    public string Identity { get; }

    /// <exception cref="IOException">The folder cannot be used, or another agent uses it.</exception>
    public static AgentJournal Open(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "calls"));
        var taken = Lock(Path.Combine(folder, "journal.lock"));
        var path = Path.Combine(folder, "identity");
        if (!File.Exists(path))
        {
            Write(path, System.Text.Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N")));
        }

        return new AgentJournal(folder, taken, File.ReadAllText(path).Trim());
    }

    /// <summary>The calls that stand in it, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Read()
    {
        var entries = new List<JournalEntry>();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(_folder, "calls"), "*.json"))
        {
            entries.Add(JsonSerializer.Deserialize<JournalEntry>(File.ReadAllBytes(path), RelayJson.Strict)!);
        }

        return [.. entries.OrderBy(entry => entry.LeasedAt)];
    }

    /// <summary>Writes the entry, in place of an earlier one of the same call.</summary>
    public void Put(JournalEntry entry) =>
        Write(PathOf(entry.Call), JsonSerializer.SerializeToUtf8Bytes(entry, RelayJson.Strict));

    /// <summary>The platform has the answer, or nobody waits for it.</summary>
    public void Remove(string call) => File.Delete(PathOf(call));

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (File.Exists(path))
        {
            throw new IOException(
                $"{path}: 日志目录正被另一个代理使用 / another agent uses this journal; give each a folder of its own",
                fault
            );
        }
    }

    private string PathOf(string call) => Path.Combine(_folder, "calls", $"{call}.json");

    /// <summary>A file stands whole or not at all: it is written beside its place, to the disk, and moved there.</summary>
    private static void Write(string path, byte[] content)
    {
        var beside = $"{path}.new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}

/// <summary>One call in the journal.</summary>
/// <param name="Call">The call.</param>
/// <param name="Platform">The platform's process it came from.</param>
/// <param name="Pool">The pool it is for.</param>
/// <param name="Method">What it is, for people.</param>
/// <param name="LeasedAt">When it was leased, machine time.</param>
/// <param name="Answer">What is to be posted; null while the call is under way.</param>
internal sealed record JournalEntry(
    string Call,
    Uri Platform,
    string Pool,
    string Method,
    DateTimeOffset LeasedAt,
    PendingAnswer? Answer
);

/// <summary>The last part of an answer, as it will be posted.</summary>
internal sealed record PendingAnswer(int Part, JsonElement? Value, CallFailure? Failure);

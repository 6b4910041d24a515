using System.Collections.Concurrent;

namespace CloudManager.Labs.Aws;

/// <summary>What was asked of the simulator.</summary>
public sealed class Counters
{
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private int _all;
    private int _unsigned;

    /// <summary>Calls by action, refused ones included.</summary>
    public IReadOnlyDictionary<string, int> Calls => _calls;

    /// <summary>All calls.</summary>
    public int All => _all;

    /// <summary>Calls whose signature was refused.</summary>
    public int SignatureRefusals => _unsigned;

    public int Of(string action) => _calls.GetValueOrDefault(action);

    internal int Note(string action)
    {
        _calls.AddOrUpdate(action, 1, (_, count) => count + 1);
        return Interlocked.Increment(ref _all);
    }

    internal void NoteUnsigned() => Interlocked.Increment(ref _unsigned);
}

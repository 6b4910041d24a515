namespace CloudManager.Labs.Huawei.State;

/// <summary>What was called, for tests and measurements.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, int> calls = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> refused = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Calls => calls;

    /// <summary>Signatures refused, by reason.</summary>
    public IReadOnlyDictionary<string, int> Refused => refused;

    public int Verified { get; set; }

    /// <summary>Calls that came with a token instead of a signature.</summary>
    public int ByToken { get; set; }

    public int Throttled { get; set; }

    public int Total { get; private set; }

    /// <summary>Counts a call under its verb and path pattern; says which one of all it is.</summary>
    public int Called(string what)
    {
        calls[what] = calls.GetValueOrDefault(what) + 1;
        return ++Total;
    }

    public void Refuse(string reason) => refused[reason] = refused.GetValueOrDefault(reason) + 1;

    public void Clear()
    {
        calls.Clear();
        refused.Clear();
        (Verified, ByToken, Throttled, Total) = (0, 0, 0, 0);
    }
}

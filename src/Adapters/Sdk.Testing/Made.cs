namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>Everything a run made.</summary>
internal sealed class Made
{
    public MadeThings Servers { get; } = new();

    public MadeThings Snapshots { get; } = new();

    public MadeThings Volumes { get; } = new();

    public MadeThings Addresses { get; } = new();

    public MadeThings Networks { get; } = new();

    /// <summary>All kinds, in the order in which they can be removed.</summary>
    public IEnumerable<MadeThings> All => [Servers, Snapshots, Volumes, Addresses, Networks];
}

/// <summary>What a run made of one kind.</summary>
internal sealed class MadeThings
{
    /// <summary>The keys it called with, answered or not.</summary>
    public HashSet<OperationKey> Keys { get; } = [];

    /// <summary>The identifiers it was given.</summary>
    public HashSet<NativeId> Ids { get; } = [];

    /// <summary>The keys whose call gave no certain answer: what they made may show later.</summary>
    public HashSet<OperationKey> Unanswered { get; } = [];

    /// <summary>Notes the key, makes it, notes the identifier.</summary>
    public async Task<T> MakeAsync<T>(OperationKey key, Func<Task<T>> make, Func<T, NativeId> id)
    {
        lock (Keys)
        {
            Keys.Add(key);
            Unanswered.Add(key);
        }

        try
        {
            var made = await make();
            lock (Keys)
            {
                Ids.Add(id(made));
                Unanswered.Remove(key);
            }

            return made;
        }
        catch (AdapterException failure) when (!failure.IsUncertain)
        {
            lock (Keys)
            {
                Unanswered.Remove(key);
            }

            throw;
        }
    }
}

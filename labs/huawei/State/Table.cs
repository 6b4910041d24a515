namespace CloudManager.Labs.Huawei.State;

/// <summary>Something with an id that a table keeps.</summary>
internal interface IThing
{
    string Id { get; }
}

/// <summary>Things that exist from the start and are made only while somebody reads them.</summary>
internal sealed record Premade<T>(int Count, Func<int, T> Make, Func<string, int?> IndexOf);

/// <summary>
/// All things of one kind: newest first, then those that exist from the start. Of the latter only what was changed or
/// deleted takes memory.
/// </summary>
internal sealed class Table<T>(Premade<T>? premade = null)
    where T : class, IThing
{
    private readonly SortedList<long, T> made = [];
    private readonly Dictionary<string, long> numbers = [];
    private readonly Dictionary<int, T?> changed = [];
    private long last;

    public int Made => made.Count;

    public int Count => made.Count + PremadeCount - changed.Count(pair => pair.Value is null);

    private int PremadeCount => premade?.Count ?? 0;

    public void Add(T thing)
    {
        numbers.Add(thing.Id, ++last);
        made.Add(last, thing);
    }

    /// <summary>The thing to look at; a change to one that exists from the start would be lost.</summary>
    public T? Find(string id) =>
        numbers.TryGetValue(id, out var number) ? made[number]
        : premade?.IndexOf(id) is { } index ? At(index)
        : null;

    /// <summary>The thing to change.</summary>
    public T? Edit(string id)
    {
        if (Find(id) is not { } thing)
        {
            return null;
        }

        if (!numbers.ContainsKey(id))
        {
            changed[premade!.IndexOf(id)!.Value] = thing;
        }

        return thing;
    }

    public bool Remove(string id)
    {
        if (numbers.Remove(id, out var number))
        {
            return made.Remove(number);
        }

        if (Find(id) is null)
        {
            return false;
        }

        changed[premade!.IndexOf(id)!.Value] = null;
        return true;
    }

    /// <summary>As it was at the start.</summary>
    public void Clear()
    {
        made.Clear();
        numbers.Clear();
        changed.Clear();
    }

    /// <summary>All, newest first, without the first so many.</summary>
    public IEnumerable<T> All(int skip = 0)
    {
        for (var i = made.Count - 1 - skip; i >= 0; i--)
        {
            yield return made.Values[i];
        }

        foreach (var thing in PremadeFrom(0, Math.Max(0, skip - made.Count)))
        {
            yield return thing;
        }
    }

    /// <summary>Those that were not there from the start, newest first.</summary>
    public IEnumerable<T> Own() => All().Take(made.Count);

    /// <summary>Those behind the one with this id; null if there is no such thing.</summary>
    public IEnumerable<T>? After(string id)
    {
        if (numbers.TryGetValue(id, out var number))
        {
            return All(made.Count - made.IndexOfKey(number));
        }

        return premade?.IndexOf(id) is { } index ? PremadeFrom(index + 1, 0) : null;
    }

    private T? At(int index) => changed.TryGetValue(index, out var thing) ? thing : premade!.Make(index);

    private IEnumerable<T> PremadeFrom(int index, int skip)
    {
        // Skipping by number needs none of them made, as long as none was deleted.
        if (!changed.ContainsValue(null))
        {
            (index, skip) = (index + skip, 0);
        }

        for (var i = index; i < PremadeCount; i++)
        {
            if (At(i) is { } thing && skip-- <= 0)
            {
                yield return thing;
            }
        }
    }
}

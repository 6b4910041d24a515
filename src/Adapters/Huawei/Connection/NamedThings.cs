using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei;

/// <summary>
/// Things the settings and the mapping call by name or id, listed once and again where one is missing, so that a new
/// image needs no restart. A name that two things bear is refused: nobody guesses which was meant.
/// </summary>
internal sealed class NamedThings<T>(
    string what,
    Func<CancellationToken, IAsyncEnumerable<T>> list,
    Func<T, string> id,
    Func<T, string?> name
)
    where T : class
{
    private volatile IReadOnlyList<T>? _known;

    /// <summary>The thing with this id, or else the one with this name.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.InvalidRequest"/>: none or several.</exception>
    public async Task<T> FindAsync(string wanted, CancellationToken cancellationToken) =>
        await TryFindAsync(wanted, cancellationToken)
        ?? throw new AdapterException(FailureKind.InvalidRequest, $"The cloud has no {what} '{wanted}'.");

    /// <summary>The same; null if there is none.</summary>
    public async Task<T?> TryFindAsync(string wanted, CancellationToken cancellationToken)
    {
        if (_known is { } known && Find(known, wanted) is { } thing)
        {
            return thing;
        }

        var listed = new List<T>();
        await foreach (var each in list(cancellationToken))
        {
            listed.Add(each);
        }

        _known = listed;
        return Find(listed, wanted);
    }

    /// <summary>What is remembered is asked for anew.</summary>
    public void Forget() => _known = null;

    private T? Find(IReadOnlyList<T> things, string wanted)
    {
        if (things.FirstOrDefault(thing => id(thing) == wanted) is { } exact)
        {
            return exact;
        }

        var named = things.Where(thing => name(thing) == wanted).ToList();
        return named.Count <= 1
            ? named.FirstOrDefault()
            : throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The cloud has {named.Count} things of the name '{wanted}' as {what}: {string.Join(", ", named.Select(id))}. Name one by its id."
            );
    }
}

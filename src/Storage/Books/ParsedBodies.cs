using System.Collections.Concurrent;

namespace CloudManager.Storage.Books;

/// <summary>Keeps what was parsed last per key, as long as its text in the books is still the same.</summary>
internal sealed class ParsedBodies<T>
{
    private readonly ConcurrentDictionary<string, (string Body, T Value)> _parsed = new();

    public T Read(string key, string body)
    {
        if (_parsed.TryGetValue(key, out var known) && known.Body == body)
        {
            return known.Value;
        }

        var value = Json.Read<T>(body);
        _parsed[key] = (body, value);
        return value;
    }
}

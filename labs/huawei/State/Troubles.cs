namespace CloudManager.Labs.Huawei.State;

/// <summary>Calls that are to go wrong, told from outside.</summary>
/// <param name="Method">The verb; null for any.</param>
/// <param name="Path">A part of the path; empty for all.</param>
/// <param name="Count">How many calls it hits.</param>
/// <param name="Status">The status it answers; 0 cuts the connection after the work is done.</param>
internal sealed record Trouble(string? Method, string Path, int Count, int Status)
{
    /// <summary>The body; null for the gateway's own form.</summary>
    public string? Body { get; init; }

    /// <summary>The body's type.</summary>
    public string ContentType { get; init; } = "application/json";

    public string Code { get; init; } = "APIGW.0500";

    public string Message { get; init; } = "ordered by the test";

    public int? RetryAfter { get; init; }

    /// <summary>Whether the call is carried out although the caller is told otherwise.</summary>
    public bool AfterWork { get; init; }

    public bool Hits(string method, string path) =>
        (Method is null || Method == method) && path.Contains(Path, StringComparison.Ordinal);
}

/// <summary>All troubles ordered and not yet used up.</summary>
internal sealed class Troubles
{
    private readonly List<Trouble> all = [];

    public void Order(Trouble trouble) => all.Add(trouble);

    public void Clear() => all.Clear();

    /// <summary>The trouble that hits this call, counted down; null if none does.</summary>
    public Trouble? Take(string method, string path)
    {
        var at = all.FindIndex(trouble => trouble.Hits(method, path));
        if (at < 0)
        {
            return null;
        }

        var trouble = all[at];
        if (trouble.Count > 1)
        {
            all[at] = trouble with { Count = trouble.Count - 1 };
        }
        else
        {
            all.RemoveAt(at);
        }

        return trouble;
    }
}

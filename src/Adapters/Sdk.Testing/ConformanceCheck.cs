namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>One check of the conformance suite.</summary>
public sealed class ConformanceCheck
{
    /// <param name="id">Its stable name; what stands before the dot is its group.</param>
    /// <param name="article">The regulation's article behind it.</param>
    /// <param name="proves">What it proves.</param>
    /// <param name="run">Does it; throws where the pool fails it.</param>
    /// <param name="requires">The services it needs.</param>
    internal ConformanceCheck(
        string id,
        string article,
        CheckText proves,
        Func<ConformanceRun, CancellationToken, Task> run,
        params IReadOnlyList<string> requires
    )
    {
        (Id, Article, Proves, RunAsync, Requires) = (id, article, proves, run, requires);
        Group = id[..id.IndexOf('.', StringComparison.Ordinal)];
    }

    /// <summary>Its stable name, e.g. <c>idempotency.servers</c>.</summary>
    public string Id { get; }

    /// <summary>Its group, e.g. <c>idempotency</c>.</summary>
    public string Group { get; }

    /// <summary>What it proves.</summary>
    public CheckText Proves { get; }

    /// <summary>The regulation's article behind it, e.g. <c>A16</c>.</summary>
    public string Article { get; }

    /// <summary>The services it needs, by the names of <see cref="ICloudAdapter"/>'s members; skipped where one is null.</summary>
    public IReadOnlyList<string> Requires { get; }

    internal Func<ConformanceRun, CancellationToken, Task> RunAsync { get; }
}

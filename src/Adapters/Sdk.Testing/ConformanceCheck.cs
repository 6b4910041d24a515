namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>One check of the conformance suite.</summary>
public sealed class ConformanceCheck
{
    /// <param name="run">Does it; throws where the pool fails it.</param>
    internal ConformanceCheck(Func<ConformanceRun, CancellationToken, Task> run) => RunAsync = run;

    /// <summary>Its stable name, e.g. <c>servers.create-is-idempotent</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its group, e.g. <c>idempotency</c>.</summary>
    public required string Group { get; init; }

    /// <summary>What it proves.</summary>
    public required CheckText Proves { get; init; }

    /// <summary>The regulation's article behind it, e.g. <c>A16</c>.</summary>
    public required string Article { get; init; }

    /// <summary>The services it needs, by the names of <see cref="ICloudAdapter"/>'s members; skipped where one is null.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    internal Func<ConformanceRun, CancellationToken, Task> RunAsync { get; }
}

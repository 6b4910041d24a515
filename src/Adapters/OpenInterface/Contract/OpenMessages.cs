namespace CloudManager.Adapters.OpenInterface.Contract;

/// <summary>One page of a listing.</summary>
/// <param name="Items">What stands on it.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
public sealed record PageOf<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A question for measured use.</summary>
/// <param name="Servers">The servers' identifiers.</param>
/// <param name="From">The first slot's start.</param>
/// <param name="Until">The end of the range, not in it; at most one day after <paramref name="From"/>.</param>
/// <param name="Cursor">Where the next page begins; null for the first.</param>
public sealed record UsageQuestion(
    IReadOnlyList<string> Servers,
    DateTimeOffset From,
    DateTimeOffset Until,
    string? Cursor
);

/// <summary>
/// Measured use of one server over consecutive slots of five minutes. Every list that is there has one value a slot, null
/// where nobody measured.
/// </summary>
public sealed record UsageSeries
{
    /// <summary>The server's identifier.</summary>
    public required string Server { get; init; }

    /// <summary>The start of the first slot, a whole five minutes.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Processor use in percent of the allocated cores.</summary>
    public IReadOnlyList<float?>? CpuPercent { get; init; }

    /// <summary>Memory use in percent of the allocated memory.</summary>
    public IReadOnlyList<float?>? MemoryPercent { get; init; }

    /// <summary>Disk use in percent of the allocated capacity.</summary>
    public IReadOnlyList<float?>? DiskPercent { get; init; }

    /// <summary>Bytes received in the slot.</summary>
    public IReadOnlyList<float?>? NetworkInBytes { get; init; }

    /// <summary>Bytes sent in the slot.</summary>
    public IReadOnlyList<float?>? NetworkOutBytes { get; init; }
}

/// <summary>A short-lived address of a server's screen.</summary>
/// <param name="Url">An http or https address for a browser.</param>
public sealed record ConsoleAddress(string Url);

/// <summary>A failure as problem details (RFC 9457).</summary>
/// <param name="Title">The failure in a few words; null where left out.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened, in words an operator can act on.</param>
/// <param name="Code">The kind of failure: a name of <see cref="Sdk.FailureKind"/> in camel case.</param>
/// <param name="RetryAfter">Seconds to wait before the next try; null where it does not matter.</param>
/// <param name="ProviderCode">The provider's own code; null where it has none.</param>
/// <param name="RequestId">The provider's request id; null where it has none.</param>
public sealed record OpenProblem(
    string? Title,
    int? Status,
    string? Detail,
    string? Code,
    double? RetryAfter,
    string? ProviderCode,
    string? RequestId
);

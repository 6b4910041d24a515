namespace CloudManager.Agent.Declaration;

/// <summary>What agent.json says: whom this site agent (现场代理) serves, and with which proof.</summary>
public sealed record AgentSettings
{
    /// <summary>The name people at the platform see.</summary>
    public required string Name { get; init; }

    /// <summary>The adapters.json of the pools at this site, with their secrets' places.</summary>
    public required string Adapters { get; init; }

    /// <summary>The folder of the journal; one process at a time uses it.</summary>
    public required string Journal { get; init; }

    /// <summary>The platform's processes, each with an address of its own.</summary>
    public required IReadOnlyList<Uri> Platforms { get; init; }

    /// <summary>The pools served and the key of each; null: the certificate alone.</summary>
    public required IReadOnlyDictionary<string, string?> Pools { get; init; }

    /// <summary>The client certificate and its private key, PEM; null: none.</summary>
    public (string Certificate, string Key)? Certificate { get; init; }

    /// <summary>Private authorities that the platform's certificate may come from, PEM; null: the system's alone.</summary>
    public string? CaFile { get; init; }

    /// <summary>The HTTP proxy; null: as the system and HTTPS_PROXY say.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>How many calls of one pool run at once; null: as many as the pool's own limits allow.</summary>
    public int? Concurrency { get; init; }
}

/// <summary>agent.json cannot be used: everything wrong with it, in one go. The message is made for a console.</summary>
#pragma warning disable CA1032 // Without its faults it would say nothing.
public sealed class AgentFileException(string path, IReadOnlyList<string> faults)
    : Exception(
        $"{path} 有 {faults.Count} 处错误 / has {faults.Count} fault(s):\n{string.Join('\n', faults.Select(fault => $"  {fault}"))}"
    )
#pragma warning restore CA1032
{
    /// <summary>Every fault.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}

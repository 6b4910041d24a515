using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Contract;

/// <summary>What a provider says of itself under <c>GET /open/v1</c>: version, services with reasons, limits.</summary>
/// <param name="Interface">Always <see cref="Name"/>, so that no other service is taken for one.</param>
/// <param name="Version">The version it speaks, e.g. <c>1.0</c>; the first number must be 1.</param>
/// <param name="Cloud">What cloud stands behind it.</param>
/// <param name="Services">Every service by the name of <see cref="ICloudAdapter"/>'s member in camel case.</param>
/// <param name="Limits">What bounds its answers.</param>
public sealed record ProviderDescription(
    string Interface,
    string Version,
    CloudName Cloud,
    IReadOnlyDictionary<string, ServiceOffer> Services,
    ProviderLimits Limits
)
{
    /// <summary>The name of this interface.</summary>
    public const string Name = "cloudmanager-open-interface";

    /// <summary>The version this platform speaks.</summary>
    public const string Spoken = "1.0";

    /// <summary>Why a service cannot be used; null where it can.</summary>
    public string? Missing(string service)
    {
        var offer = Services.GetValueOrDefault(service);
        return offer switch
        {
            { Offered: true } => null,
            { Reason: { Length: > 0 } reason } => reason,
            _ => "云服务商的开放接口说明未列出此项服务 / the provider's description does not offer it",
        };
    }
}

/// <summary>What cloud stands behind an open interface.</summary>
/// <param name="Name">Its product name.</param>
/// <param name="Version">Its version; null where it has none.</param>
public sealed record CloudName(string Name, string? Version);

/// <summary>Whether one service is offered.</summary>
/// <param name="Offered">Whether it can be called.</param>
/// <param name="Reason">Why not, or what bounds it, in words for the console; null where there is nothing to say.</param>
public sealed record ServiceOffer(bool Offered, string? Reason);

/// <summary>What bounds a provider's answers.</summary>
public sealed record ProviderLimits
{
    /// <summary>The largest volume in GiB; null where there is no bound.</summary>
    public int? LargestVolumeGiB { get; init; }

    /// <summary>Whether a server must be stopped before its size changes.</summary>
    public bool ResizeNeedsStop { get; init; }

    /// <summary>For how many seconds after a create a listing or search may miss what it made, 0 to 600.</summary>
    public int SettleSeconds { get; init; }

    /// <summary>
    /// The kinds whose creates the provider cannot keep unique by itself once an answer was lost: <c>servers</c>,
    /// <c>volumes</c>, <c>snapshots</c>, <c>networks</c>, <c>addresses</c>. Such a create is repeated only on a person's word.
    /// </summary>
    public IReadOnlyList<string> WithoutToken { get; init; } = [];

    /// <summary>Whether a public address keeps the bandwidth it has.</summary>
    public bool BandwidthIsFixed { get; init; }

    /// <summary>The most items of a page, 1 to 1000.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>The most servers of one query of measured use, 1 to 10,000.</summary>
    public int ServersPerUsageQuery { get; init; } = 500;
}

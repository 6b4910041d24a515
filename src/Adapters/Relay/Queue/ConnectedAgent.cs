using CloudManager.Adapters.Relay.Wire;

namespace CloudManager.Adapters.Relay.Queue;

/// <summary>One process of a site agent as the platform has seen it. What changes in it changes under the board's lock.</summary>
internal sealed class ConnectedAgent(AgentIdentity identity, string credential, DateTimeOffset since)
{
    public AgentIdentity Identity => identity;

    /// <summary>The name of the key or certificate it came with.</summary>
    public string Credential => credential;

    public DateTimeOffset Since { get; } = since;

    public DateTimeOffset LastSeen { get; set; } = since;

    /// <summary>Its polls that are open now: one, or none for a moment.</summary>
    public int OpenPolls { get; set; }

    /// <summary>Its newest poll.</summary>
    public long Poll { get; set; } = -1;

    /// <summary>What it said to hold, less what it has answered since.</summary>
    public HashSet<string> Holds { get; set; } = [];

    public Announcement? Announcement { get; set; }

    public bool Offers(string service) =>
        Announcement is null || service == Methods.Check.Service || Announcement.Services.Contains(service);
}

/// <summary>How a site agent stands towards the platform, for people.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Instance">Its process.</param>
/// <param name="Version">Its product version.</param>
/// <param name="Credential">The name of the key or certificate it came with.</param>
/// <param name="Connected">Whether it is there now.</param>
/// <param name="Since">When this process came first.</param>
/// <param name="LastSeen">When it was last heard.</param>
/// <param name="Calls">How many calls it has leased now.</param>
public sealed record AgentStanding(
    string Name,
    string Instance,
    string Version,
    string Credential,
    bool Connected,
    DateTimeOffset Since,
    DateTimeOffset LastSeen,
    int Calls
);

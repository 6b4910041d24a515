using CloudManager.Adapters.Relay.Wire;

namespace CloudManager.Adapters.Relay.Queue;

/// <summary>The agents of one pool that have been heard. Read and changed only under the board's lock.</summary>
internal sealed class KnownAgents(TimeProvider machineTime)
{
    private const int Most = 64;

    /// <summary>An agent always has a poll open; without one for so long it is not there.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, ConnectedAgent> _agents = [];
    private readonly DateTimeOffset _start = machineTime.GetUtcNow();

    public IEnumerable<ConnectedAgent> NewestFirst => _agents.Values.OrderByDescending(agent => agent.LastSeen);

    /// <summary>What the agents that are there announced, the newest first; else what was announced last.</summary>
    public IReadOnlyList<Announcement> Announced
    {
        get
        {
            var newest = NewestFirst.Where(agent => agent.Announcement is not null).ToList();
            var there = newest.Where(IsThere).ToList();
            return [.. (there.Count > 0 ? there : newest.Take(1)).Select(agent => agent.Announcement!)];
        }
    }

    /// <summary>Since when no agent is there, in words; null while one is.</summary>
    public string? Absence
    {
        get
        {
            if (_agents.Values.Any(IsThere))
            {
                return null;
            }

            return NewestFirst.FirstOrDefault() is { } last
                ? $"no agent is connected; '{last.Identity.Name}' was the last, seen {last.LastSeen:yyyy-MM-dd HH:mm:ss}Z"
                : $"no agent has connected since {_start:yyyy-MM-dd HH:mm:ss}Z";
        }
    }

    /// <summary>The agent that speaks; null where another credential uses its name, or there are too many.</summary>
    public ConnectedAgent? Enter(AgentIdentity identity, string credential)
    {
        var now = machineTime.GetUtcNow();
        if (!_agents.TryGetValue(identity.Instance, out var agent))
        {
            if (_agents.Count >= Most && !ForgetOldest())
            {
                return null;
            }

            agent = new ConnectedAgent(identity, credential, now);
            _agents.Add(identity.Instance, agent);
        }

        if (agent.Credential != credential)
        {
            return null;
        }

        agent.LastSeen = now;
        return agent;
    }

    /// <summary>The processes before this one on the same journal: its folder lets in one at a time, so they are dead.</summary>
    public IEnumerable<ConnectedAgent> Predecessors(ConnectedAgent agent) =>
        _agents.Values.Where(other =>
            other != agent
            && other.Identity.Journal == agent.Identity.Journal
            && other.OpenPolls == 0
            && other.LastSeen < agent.Since
        );

    public bool IsThere(ConnectedAgent agent) =>
        agent.OpenPolls > 0 || machineTime.GetUtcNow() - agent.LastSeen < Silence;

    private bool ForgetOldest()
    {
        var gone = NewestFirst.LastOrDefault(agent => !IsThere(agent));
        return gone is not null && _agents.Remove(gone.Identity.Instance);
    }
}

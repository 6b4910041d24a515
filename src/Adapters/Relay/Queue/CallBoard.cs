using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay.Queue;

/// <summary>
/// Which calls wait and which agent has which. One lock, nothing waits inside it. A call is leased once; it goes back
/// to those that wait only where it is certain that nobody has it, or where it only reads.
/// </summary>
internal sealed class CallBoard(TimeProvider machineTime, int mostCalls)
{
    private const int MostEnded = 4096;

    private readonly Lock _gate = new();
    private readonly LinkedList<AgentCall> _waiting = [];
    private readonly Dictionary<string, AgentCall> _calls = [];
    private readonly KnownAgents _agents = new(machineTime);
    private readonly HashSet<string> _ended = [];
    private readonly Queue<string> _endedInOrder = [];
    private TaskCompletionSource _pulse = NewPulse();

    /// <summary>Ends when something has changed that a poll may be waiting for. To be taken before the board is looked at.</summary>
    public Task Pulse
    {
        get
        {
            lock (_gate)
            {
                return _pulse.Task;
            }
        }
    }

    public IReadOnlyList<AgentStanding> Agents
    {
        get
        {
            lock (_gate)
            {
                return [.. _agents.NewestFirst.Select(StandingOf)];
            }
        }
    }

    /// <summary>What the agents announced, the newest first.</summary>
    public IReadOnlyList<Announcement> Announced
    {
        get
        {
            lock (_gate)
            {
                return _agents.Announced;
            }
        }
    }

    /// <summary>Since when no agent is there, in words; null while one is.</summary>
    public string? Absence
    {
        get
        {
            lock (_gate)
            {
                return _agents.Absence;
            }
        }
    }

    /// <exception cref="AdapterException">No agent is there, or too many calls are.</exception>
    public void Add(AgentCall call)
    {
        lock (_gate)
        {
            if (_agents.Absence is { } absence)
            {
                throw RelayErrors.NotTaken(call.Method, absence);
            }

            if (_calls.Count >= mostCalls)
            {
                throw RelayErrors.Full(mostCalls);
            }

            _calls.Add(call.Id, call);
            _waiting.AddLast(call);
            Tell();
        }
    }

    /// <summary>Nobody waits for the call any more. True where no agent ever had it.</summary>
    public bool Drop(AgentCall call)
    {
        lock (_gate)
        {
            Forget(call);
            call.End();
            Tell();
            return call.Lessee is null;
        }
    }

    /// <summary>Notes that an agent polls, and settles what became of calls it should have.</summary>
    /// <returns>The agent; null where another credential uses its name, or there are too many.</returns>
    public ConnectedAgent? Enter(LeaseRequest request, string credential)
    {
        lock (_gate)
        {
            if (_agents.Enter(request.Agent, credential) is not { } agent)
            {
                return null;
            }

            agent.OpenPolls++;
            if (request.Poll > agent.Poll)
            {
                (agent.Poll, agent.Holds) = (request.Poll, [.. request.Holds]);
                agent.Announcement = request.Announcement;
                GiveBackLost(agent);
                SettlePredecessors(agent);
            }

            Tell();
            return agent;
        }
    }

    public void Leave(ConnectedAgent agent)
    {
        lock (_gate)
        {
            agent.OpenPolls--;
            agent.LastSeen = machineTime.GetUtcNow();
        }
    }

    /// <summary>What a poll is to be answered with now; null while there is nothing.</summary>
    public (IReadOnlyList<AgentCall> Calls, IReadOnlyList<string> Over)? Take(
        ConnectedAgent agent,
        LeaseRequest request
    )
    {
        lock (_gate)
        {
            if (agent.Poll > request.Poll)
            {
                return ([], []);
            }

            var calls = new List<AgentCall>();
            var length = 0;
            for (var node = _waiting.First; node is not null && calls.Count < request.Places; )
            {
                var (call, next) = (node.Value, node.Next);
                if (agent.Offers(call.Method.Service))
                {
                    length += call.Length;
                    if (calls.Count > 0 && length > RelayContract.LongestMessage)
                    {
                        break;
                    }

                    _waiting.Remove(node);
                    (call.Lessee, call.LeasedIn) = (agent, request.Poll);
                    calls.Add(call);
                }

                node = next;
            }

            var over = agent.Holds.Where(id => !_calls.ContainsKey(id)).ToList();
            return calls.Count > 0 || over.Count > 0 ? (calls, over) : null;
        }
    }

    /// <summary>The call that a part belongs to, and where the part stands.</summary>
    public (AgentCall? Call, Taking Standing) Find(AnswerPart part, string credential)
    {
        lock (_gate)
        {
            if (!_calls.TryGetValue(part.Call, out var call))
            {
                return (null, _ended.Contains(part.Call) ? Taking.Before : Taking.Gone);
            }

            // The process that leased it, or the one that came after it with its journal.
            var lessee = call.Lessee;
            if (
                lessee is null
                || lessee.Credential != credential
                || (lessee.Identity.Instance != part.Agent.Instance && lessee.Identity.Journal != part.Agent.Journal)
            )
            {
                return (null, Taking.NotYours);
            }

            if (part.Part < call.NextPart)
            {
                return (call, Taking.Before);
            }

            return (call, part.Part == call.NextPart ? Taking.Taken : Taking.OutOfOrder);
        }
    }

    /// <summary>Takes a part that is next; anything else than <see cref="Taking.Full"/> is final.</summary>
    public Taking Accept(AgentCall call, AnswerPart part)
    {
        lock (_gate)
        {
            if (!_calls.ContainsKey(call.Id) || part.Part != call.NextPart)
            {
                return part.Part < call.NextPart ? Taking.Before : Taking.Gone;
            }

            if (!call.TryTake(part))
            {
                return Taking.Full;
            }

            if (part.Last)
            {
                Forget(call);
                call.Lessee?.Holds.Remove(call.Id);
                NoteEnded(call.Id);
            }

            return Taking.Taken;
        }
    }

    /// <summary>A lease whose answer never reached the agent: it polls again and does not hold the call, so nobody has it.</summary>
    private void GiveBackLost(ConnectedAgent agent)
    {
        foreach (var call in LeasedTo(agent).Where(it => it.LeasedIn < agent.Poll && !agent.Holds.Contains(it.Id)))
        {
            GiveBack(call);
        }
    }

    /// <summary>The process before this one on the same journal is dead: what it had is here now, or lost.</summary>
    private void SettlePredecessors(ConnectedAgent agent)
    {
        foreach (var call in _agents.Predecessors(agent).SelectMany(LeasedTo).ToList())
        {
            if (agent.Holds.Contains(call.Id))
            {
                (call.Lessee, call.LeasedIn) = (agent, agent.Poll);
            }
            else if (call.Method.Effect == Effect.Reads)
            {
                GiveBack(call);
            }
            else
            {
                Forget(call);
                call.Fail(RelayErrors.AgentLost(call.Method, agent.Identity.Name));
            }
        }
    }

    /// <summary>A listing that has begun cannot begin again: its reader would see items twice.</summary>
    private void GiveBack(AgentCall call)
    {
        if (call.NextPart > 0)
        {
            Forget(call);
            call.Fail(RelayErrors.BrokenOff(call.Method));
            return;
        }

        call.Lessee = null;
        _waiting.AddFirst(call);
    }

    private List<AgentCall> LeasedTo(ConnectedAgent agent) => [.. _calls.Values.Where(it => it.Lessee == agent)];

    private void Forget(AgentCall call)
    {
        _calls.Remove(call.Id);
        if (call.Lessee is null)
        {
            _waiting.Remove(call);
        }
    }

    private void NoteEnded(string id)
    {
        _ended.Add(id);
        _endedInOrder.Enqueue(id);
        if (_endedInOrder.Count > MostEnded)
        {
            _ended.Remove(_endedInOrder.Dequeue());
        }
    }

    private AgentStanding StandingOf(ConnectedAgent agent) =>
        new(
            agent.Identity.Name,
            agent.Identity.Instance,
            agent.Identity.Version,
            agent.Credential,
            _agents.IsThere(agent),
            agent.Since,
            agent.LastSeen,
            _calls.Values.Count(call => call.Lessee == agent)
        );

    private void Tell()
    {
        var before = _pulse;
        _pulse = NewPulse();
        before.SetResult();
    }

    private static TaskCompletionSource NewPulse() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

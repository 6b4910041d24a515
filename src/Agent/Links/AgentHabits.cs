using CloudManager.Adapters.Relay.Wire;

namespace CloudManager.Agent.Links;

/// <summary>What all links of one agent share.</summary>
/// <param name="Me">Who the agent is.</param>
/// <param name="Concurrency">How many calls of one pool run at once; null: as the pool's own limits say.</param>
/// <param name="PollFor">How long a poll may wait for calls.</param>
/// <param name="MachineTime">Time-outs and pauses.</param>
internal sealed record AgentHabits(AgentIdentity Me, int? Concurrency, TimeSpan PollFor, TimeProvider MachineTime);

/// <summary>Pauses between tries: doubling, a quarter of it by chance so that many agents do not come at once.</summary>
internal sealed class Backing(TimeSpan first, TimeSpan longest)
{
    private int _tries;

    public TimeSpan First => first;

    public void Reset() => _tries = 0;

    public TimeSpan Next()
    {
        var doubled = first * Math.Pow(2, Math.Min(_tries++, 16));
        var chance = 0.75 + (Random.Shared.NextDouble() / 4);
        return (doubled < longest ? doubled : longest) * chance;
    }
}

namespace CloudManager.Adapters.Relay.Queue;

/// <summary>What became of a part that an agent posted.</summary>
public enum Taking
{
    /// <summary>It was taken.</summary>
    Taken,

    /// <summary>It was taken before; once is enough.</summary>
    Before,

    /// <summary>There is no room yet: to be posted again.</summary>
    Full,

    /// <summary>Nobody waits for it any more.</summary>
    Gone,

    /// <summary>The call is not this agent's.</summary>
    NotYours,

    /// <summary>It is not the part that comes next.</summary>
    OutOfOrder,
}

namespace CloudManager.Adapters.Mock.Faults;

/// <summary>What may go wrong with a call.</summary>
internal enum FaultKind
{
    /// <summary>The call is done, and the answer is lost.</summary>
    TimeoutAfterSuccess,

    /// <summary>The call is not done, and no answer comes.</summary>
    TimeoutBefore,

    /// <summary>The cloud says it is out of service.</summary>
    Unavailable,

    /// <summary>The cloud says to come later.</summary>
    Throttled,

    /// <summary>The cloud says it has no room.</summary>
    NoCapacity,

    /// <summary>The call is done after a delay.</summary>
    Slow,
}

/// <summary>One fault and how often it hits.</summary>
/// <param name="Kind">The fault.</param>
/// <param name="Probability">From 0, never, to 1, every call.</param>
internal sealed record FaultRule(FaultKind Kind, double Probability);

/// <summary>What hits one call.</summary>
/// <param name="Failure">The failure; null if it succeeds.</param>
/// <param name="Slow">Whether it is delayed.</param>
internal readonly record struct FaultDraw(FaultKind? Failure, bool Slow);

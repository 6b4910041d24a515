using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay;

/// <summary>The failures that arise between platform and agent.</summary>
internal static class RelayErrors
{
    /// <summary>
    /// No agent ever had the call, so for sure nothing was done: a creation may be made afresh and needs nobody to look
    /// for what it may have left. The contract's word for that is "throttled".
    /// </summary>
    public static AdapterException NotTaken(Method method, string why) =>
        method.Effect == Effect.Reads
            ? new AdapterException(FailureKind.Unavailable, $"{method.Id}: {why}.")
            : new AdapterException(FailureKind.Throttled, $"{method.Id}: {why}; nothing was done.");

    public static AdapterException Full(int most) =>
        new(FailureKind.Throttled, $"{most} calls wait for the pool's agents already; nothing was done.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    public static AdapterException NoAnswer(Method method, string agent, TimeSpan within) =>
        new(
            FailureKind.Unavailable,
            $"{method.Id}: the agent '{agent}' gave no answer within {within.TotalSeconds:0} s."
        );

    public static AdapterException AgentLost(Method method, string agent) =>
        new(
            FailureKind.Unavailable,
            $"{method.Id}: the agent '{agent}' was started again and knows nothing of the call."
        );

    public static AdapterException BrokenOff(Method method) =>
        new(FailureKind.Unavailable, $"{method.Id}: the agent was lost in the midst of the listing.");

    public static AdapterException TooManyParts(Method method) =>
        new(
            FailureKind.Unavailable,
            $"{method.Id}: the listing has more than {RelayContract.MostParts} parts and was broken off."
        );

    public static AdapterException NotUnderstood(Method method, string path) =>
        new(FailureKind.Unavailable, $"{method.Id}: the agent's answer is not what was asked for, at {path}.");
}

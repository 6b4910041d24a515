using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay.Wire;

/// <summary>Which agent speaks.</summary>
/// <param name="Name">Its name, as its own file gives it; for people.</param>
/// <param name="Journal">The identity of its journal on disk, the same after a restart.</param>
/// <param name="Instance">The process: another one after each start.</param>
/// <param name="Version">The product's version.</param>
public sealed record AgentIdentity(string Name, string Journal, string Instance, string Version);

/// <summary>What the pool's adapter at the site is and offers.</summary>
/// <param name="Info">The adapter's own word on itself and its cloud.</param>
/// <param name="Services">The services that are there, as <see cref="CapabilityNote.Capability"/> names them.</param>
public sealed record Announcement(AdapterInfo Info, IReadOnlyList<string> Services);

/// <summary>An agent asks for calls.</summary>
public sealed record LeaseRequest
{
    /// <summary><see cref="RelayContract.Version"/> as the agent knows it.</summary>
    public required int Contract { get; init; }

    /// <summary>Who asks.</summary>
    public required AgentIdentity Agent { get; init; }

    /// <summary>Counts up with each poll of this process: an older poll that is still on its way is given nothing.</summary>
    public required long Poll { get; init; }

    /// <summary>How many calls it takes now, 0 to 256.</summary>
    public required int Places { get; init; }

    /// <summary>How long the platform may keep the poll where there is no call, 0 to 30 s.</summary>
    public required int WaitSeconds { get; init; }

    /// <summary>The calls it holds: under way, or answered without an acknowledgement.</summary>
    public required IReadOnlyList<string> Holds { get; init; }

    /// <summary>What it offers; null while its adapter cannot be opened.</summary>
    public Announcement? Announcement { get; init; }
}

/// <summary>What an agent is given.</summary>
/// <param name="Calls">The calls that are its own now.</param>
/// <param name="Over">Those it holds for which nobody waits any more.</param>
/// <param name="BusinessTime">The platform's business time, for clouds that are simulated.</param>
public sealed record LeaseAnswer(
    IReadOnlyList<LeasedCall> Calls,
    IReadOnlyList<string> Over,
    DateTimeOffset BusinessTime
);

/// <summary>One call of the platform on the pool's adapter.</summary>
/// <param name="Id">The call.</param>
/// <param name="Service">The service, e.g. <c>servers</c>.</param>
/// <param name="Method">Its method, e.g. <c>create</c>.</param>
/// <param name="Arguments">What it is called with.</param>
/// <param name="AnswerWithinSeconds">How long somebody will wait for the answer, counted from now.</param>
public sealed record LeasedCall(
    string Id,
    string Service,
    string Method,
    JsonElement Arguments,
    double AnswerWithinSeconds
);

/// <summary>An agent answers a call, or tells the next part of a listing.</summary>
public sealed record AnswerPart
{
    /// <summary><see cref="RelayContract.Version"/> as the agent knows it.</summary>
    public required int Contract { get; init; }

    /// <summary>Who answers.</summary>
    public required AgentIdentity Agent { get; init; }

    /// <summary>The call.</summary>
    public required string Call { get; init; }

    /// <summary>Counts the parts of a call from 0.</summary>
    public required int Part { get; init; }

    /// <summary>Whether the call is over with this part.</summary>
    public required bool Last { get; init; }

    /// <summary>What the call answered; of a listing the items of this part. Nothing where it failed or answers nothing.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>Why the call failed; null where it did not.</summary>
    public CallFailure? Failure { get; init; }
}

/// <summary>An <see cref="AdapterException"/> on its way.</summary>
public sealed record CallFailure(FailureKind Kind, string Message)
{
    private const int LongestMessage = 4000;

    /// <summary>The provider's own error code.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>The provider's request id.</summary>
    public string? ProviderRequestId { get; init; }

    /// <summary>How long to wait before the next try, in seconds.</summary>
    public double? RetryAfterSeconds { get; init; }

    /// <summary>What goes over the wire of a failure.</summary>
    public static CallFailure Of(AdapterException failure) =>
        new(failure.Kind, Short(failure.Message))
        {
            ProviderCode = failure.ProviderCode is { } code ? Short(code) : null,
            ProviderRequestId = failure.ProviderRequestId is { } request ? Short(request) : null,
            RetryAfterSeconds = failure.RetryAfter?.TotalSeconds,
        };

    /// <summary>The failure as the platform's caller sees it.</summary>
    public AdapterException ToException() =>
        new(Kind, Message)
        {
            ProviderCode = ProviderCode,
            ProviderRequestId = ProviderRequestId,
            // A pause of more than a day is nobody's meaning, and no number here may overflow a time.
            RetryAfter = RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400)) : null,
        };

    private static string Short(string text) => text.Length <= LongestMessage ? text : $"{text[..LongestMessage]}…";
}

using System.Text.Json.Serialization;
using Refit;

namespace CloudManager.Client.DemoClock;

/// <summary>The demonstration's business clock.</summary>
public interface IDemoClockApi
{
    [Get("/api/v1/demo/clock")]
    Task<ClockStanding> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Moves business time forward; answers when all is done.</summary>
    [Post("/api/v1/demo/clock")]
    Task<Advanced> AdvanceAsync([Body] Advance body, CancellationToken cancellationToken);

    /// <summary>Stops a running advance after its current step.</summary>
    [Delete("/api/v1/demo/clock/advance")]
    Task StopAsync(CancellationToken cancellationToken);
}

/// <summary>Where business time shall go.</summary>
/// <param name="To">Which the API calls <c>advanceTo</c>.</param>
public sealed record Advance([property: JsonPropertyName("advanceTo")] DateTimeOffset To);

/// <summary>Business time, and the advance that is under way.</summary>
/// <param name="Running">Which the API calls <c>advance</c>; null if none.</param>
public sealed record ClockStanding(
    DateTimeOffset Now,
    [property: JsonPropertyName("advance")] RunningAdvance? Running = null
);

/// <summary>How far an advance is.</summary>
public sealed record RunningAdvance(DateTimeOffset From, DateTimeOffset To, DateTimeOffset At, long Steps);

/// <summary>An advance that is done.</summary>
/// <param name="Troubles">The jobs' looks that did not end well; null or empty if all did.</param>
public sealed record Advanced(
    DateTimeOffset Now,
    DateTimeOffset From,
    long Steps,
    IReadOnlyList<Trouble>? Troubles = null
);

/// <summary>A job's look that did not end well.</summary>
/// <param name="At">Business time of the look.</param>
/// <param name="Outcome">failed or blocked.</param>
public sealed record Trouble(string Job, DateTimeOffset At, string Outcome, Bilingual? Detail);

using Refit;

namespace CloudManager.Client.Pools;

/// <summary>Conformance runs of pools (一致性测试, art. 16).</summary>
public interface IConformanceApi
{
    [Get("/api/v1/conformance/{id}")]
    Task<ConformanceRun> FindAsync(string id, CancellationToken cancellationToken);

    [Post("/api/v1/conformance/{id}/stop")]
    Task<ConformanceRun> StopAsync(string id, CancellationToken cancellationToken);

    /// <summary>The report as text: json, junit or html.</summary>
    [Get("/api/v1/conformance/{id}/report")]
    Task<string> ReportAsync(string id, string format, CancellationToken cancellationToken);
}

/// <summary>A run of the conformance suite on a pool.</summary>
/// <param name="State">running, passed, failed, stopped or broken.</param>
/// <param name="Settings">The digest of the settings and mapping it holds for.</param>
public sealed record ConformanceRun(
    string Id,
    string Pool,
    string State,
    string Adapter,
    string CloudVersion,
    string Settings,
    string StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    ConformanceProgress Progress
);

/// <summary>How far a run is.</summary>
/// <param name="Total">How many checks there are; 0 until the run began.</param>
/// <param name="Check">The check under way.</param>
public sealed record ConformanceProgress(int Done, int Total, int Failed, string? Check);

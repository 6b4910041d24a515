using System.Text.Json;
using Refit;

namespace CloudManager.Client.Findings;

/// <summary>Monitoring policies (监测标准, art. 22, 43) and their trials.</summary>
public interface IPoliciesApi
{
    [Get("/api/v1/policies")]
    Task<Page<Policy>> ListAsync([Query] PolicyQuery query, CancellationToken cancellationToken);

    /// <summary>The policy in force; the day as yyyy-MM-dd, today if not given.</summary>
    [Get("/api/v1/policies/in-force")]
    Task<Policy> InForceAsync(string? region, string? day, CancellationToken cancellationToken);

    [Get("/api/v1/policies/{id}")]
    Task<Policy> FindAsync(string id, CancellationToken cancellationToken);

    [Post("/api/v1/policies")]
    Task<Policy> DraftAsync([Body] PolicyBody body, CancellationToken cancellationToken);

    [Put("/api/v1/policies/{id}")]
    Task<Policy> ReviseAsync(
        string id,
        [Body] PolicyBody body,
        [Header("If-Match")] string? seen,
        CancellationToken cancellationToken
    );

    [Post("/api/v1/policies/{id}/approve")]
    Task<Policy> ApproveAsync(string id, [Body] PolicyApproval body, CancellationToken cancellationToken);

    [Post("/api/v1/policies/{id}/withdraw")]
    Task<Policy> WithdrawAsync(string id, CancellationToken cancellationToken);

    [Post("/api/v1/policies/{id}/trials")]
    Task<Trial> TryAsync(string id, [Body] TrialBody body, CancellationToken cancellationToken);
}

/// <summary>Trials of policies (标准试算, art. 22).</summary>
public interface ITrialsApi
{
    [Get("/api/v1/trials/{id}")]
    Task<Trial> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The systems, servers, volumes and addresses that either policy finds.</summary>
    [Get("/api/v1/trials/{id}/systems")]
    Task<Page<TrialItem>> ItemsAsync(string id, [Query] TrialItemQuery query, CancellationToken cancellationToken);

    [Post("/api/v1/trials/{id}/stop")]
    Task<Trial> StopAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Which policies a list shows; null members do not filter.</summary>
public sealed record PolicyQuery : PageQuery
{
    public string? Region { get; init; }
    public string? State { get; init; }
}

/// <summary>A version of a region's policy.</summary>
/// <param name="State">draft, approved or withdrawn.</param>
/// <param name="Numbers">The numbers as the platform names them.</param>
/// <param name="Revision">What If-Match speaks of.</param>
public sealed record Policy(
    string Id,
    string Region,
    int Version,
    string State,
    DateOnly? EffectiveFrom,
    PolicyDocument? Document,
    JsonElement Numbers,
    int Revision
);

/// <summary>The document that approved a policy.</summary>
public sealed record PolicyDocument(string Number, string Title);

/// <summary>Drafts or revises a policy; the region is a draft's alone.</summary>
public sealed record PolicyBody(JsonElement Numbers, string? Region = null);

/// <summary>Approves a draft.</summary>
public sealed record PolicyApproval(DateOnly EffectiveFrom, PolicyDocument Document);

/// <summary>How far a trial looks back, 1 to 12 months.</summary>
public sealed record TrialBody(int Months);

/// <summary>A trial of a policy.</summary>
/// <param name="State">running, done, stopped or broken.</param>
public sealed record Trial(
    string Id,
    string Policy,
    int Months,
    DateOnly From,
    DateOnly Until,
    string State,
    TrialProgress Progress,
    IReadOnlyList<TrialCount> Counts
);

/// <summary>Servers judged so far, over all windows.</summary>
public sealed record TrialProgress(int Done, int Total);

/// <summary>How many of a kind.</summary>
/// <param name="Outcome">added, dropped or same.</param>
public sealed record TrialCount(string Kind, string Subject, string Outcome, int Count, string MonthlySaving);

/// <summary>Which items of a trial a list shows; null members do not filter.</summary>
public sealed record TrialItemQuery : PageQuery
{
    public string? Outcome { get; init; }
    public string? Kind { get; init; }
    public string? Subject { get; init; }
    public string? System { get; init; }
}

/// <summary>A subject that either policy finds.</summary>
/// <param name="Policy">The ends of the windows in which the policy finds it.</param>
/// <param name="InForce">The same of the one in force.</param>
public sealed record TrialItem(
    string Kind,
    FindingSubject Subject,
    string? Tenant,
    string? System,
    string Outcome,
    IReadOnlyList<DateOnly> Policy,
    IReadOnlyList<DateOnly> InForce,
    Recommendation? Recommendation
);

using System.Text.Json;
using Refit;

namespace CloudManager.Client.Requests;

/// <summary>Requests (申请, art. 18, 19): reading and writing them.</summary>
public interface IRequestsApi
{
    [Get("/api/v1/requests")]
    Task<Page<Request>> ListAsync([Query] RequestQuery query, CancellationToken cancellationToken);

    [Get("/api/v1/requests/{id}")]
    Task<Request> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Creates a draft; the same key with the same body creates it once.</summary>
    [Post("/api/v1/requests")]
    Task<Request> CreateAsync(
        [Body] NewRequest body,
        [Header("Idempotency-Key")] string key,
        CancellationToken cancellationToken
    );

    /// <summary>Creates a draft from JSON that somebody else wrote.</summary>
    [Post("/api/v1/requests")]
    Task<Request> CreateFromJsonAsync(
        [Body] JsonElement body,
        [Header("Idempotency-Key")] string key,
        CancellationToken cancellationToken
    );
}

/// <summary>The steps of a request's way.</summary>
public interface IRequestStepsApi
{
    /// <summary>Rewrites a draft as a whole.</summary>
    /// <param name="ifMatch">The version that was read, between quotes; null does not compare.</param>
    [Put("/api/v1/requests/{id}")]
    Task<Request> ReviseAsync(
        string id,
        [Body] JsonElement body,
        [Header("If-Match")] string? ifMatch,
        CancellationToken cancellationToken
    );

    /// <summary>Takes a step by its verb in kebab-case.</summary>
    /// <param name="ifMatch">The version that was read, between quotes; null does not compare.</param>
    [Post("/api/v1/requests/{id}/{action}")]
    Task<Request> ActAsync(
        string id,
        string action,
        [Body] StepInput body,
        [Header("If-Match")] string? ifMatch,
        CancellationToken cancellationToken
    );
}

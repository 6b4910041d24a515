using System.Text.Json.Serialization;
using Refit;

namespace CloudManager.Adapters.Huawei;

/// <summary>Jobs, on the host of the service that gave the id: https://support.huaweicloud.com/intl/en-us/api-ecs/ecs_02_0901.html</summary>
internal interface IJobApi
{
    [Get("/v1/{project}/jobs/{id}")]
    Task<JobBody> GetAsync(string project, string id, CancellationToken cancellationToken);
}

/// <summary>A job; a bad id answers code and message instead.</summary>
internal sealed record JobBody
{
    public string? Status { get; init; }

    public string? ErrorCode { get; init; }

    public string? FailReason { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }

    public JobEntities? Entities { get; init; }
}

internal sealed record JobEntities
{
    public string? ServerId { get; init; }

    public string? VolumeId { get; init; }

    public IReadOnlyList<JobBody>? SubJobs { get; init; }

    [JsonPropertyName("errorcode_message")]
    public string? ErrorMessage { get; init; }
}

/// <summary>What a call that began a job answers.</summary>
internal sealed record JobStarted
{
    public string? JobId { get; init; }
}

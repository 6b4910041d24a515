using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei;

/// <summary>How a job stands.</summary>
/// <param name="HasBegun">Whether it works already, or has ended: before that, what it works on does not show it.</param>
/// <param name="IsOver">Whether it ended, one way or the other.</param>
/// <param name="Thing">The id of what it made or was about, as far as it is known.</param>
/// <param name="Failure">Why it failed; null while it runs and when it went well.</param>
internal sealed record JobOutcome(bool HasBegun, bool IsOver, string? Thing, AdapterException? Failure);

/// <summary>Looks at jobs. Nothing waits for one: a call returns what its job says now.</summary>
internal sealed class Jobs(HuaweiDoor door)
{
    /// <summary>The job's outcome so far; null if the cloud does not know it any more: it forgets them after a day.</summary>
    public async Task<JobOutcome?> LookAsync(string service, string id, CancellationToken token)
    {
        try
        {
            var job = await door.AskAsync<IJobApi, JobBody>(service, (api, p) => api.GetAsync(p, id, token), token);
            return job.Status is null && FailureCodes.Kind(job.Code) == FailureKind.NotFound
                ? null
                : Outcome(service, id, job);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>A parent may have failed where one of its parts did: that one's words count.</summary>
    public static JobOutcome Outcome(string service, string id, JobBody job)
    {
        var parts = job.Entities?.SubJobs ?? [];
        var thing = Thing(job) ?? parts.Select(Thing).FirstOrDefault(each => each is not null);
        var failed = parts.FirstOrDefault(part => part.Status == "FAIL") ?? (job.Status == "FAIL" ? job : null);
        return failed is null
            ? new JobOutcome(job.Status != "INIT", job.Status == "SUCCESS", thing, null)
            : new JobOutcome(true, true, thing, Failure(service, id, failed, job));
    }

    private static AdapterException Failure(string service, string id, JobBody failed, JobBody whole)
    {
        var code = failed.ErrorCode ?? whole.ErrorCode;
        var words = failed.FailReason ?? failed.Entities?.ErrorMessage ?? whole.FailReason ?? "no reason given";
        // An order that failed fails again under the same token, so an unknown code is not one to try again with.
        var kind = FailureCodes.Kind(code) ?? FailureKind.InvalidRequest;
        return new AdapterException(kind, $"The job {id} of {CloudServices.NameOf(service)} failed: {code} {words}")
        {
            ProviderCode = code ?? "FAIL",
        };
    }

    private static string? Thing(JobBody job) =>
        !string.IsNullOrEmpty(job.Entities?.ServerId) ? job.Entities.ServerId
        : !string.IsNullOrEmpty(job.Entities?.VolumeId) ? job.Entities.VolumeId
        : null;
}

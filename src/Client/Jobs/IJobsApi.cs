using Refit;

namespace CloudManager.Client.Jobs;

/// <summary>What is scheduled.</summary>
public interface IJobsApi
{
    [Get("/api/v1/jobs")]
    Task<Page<Job>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Runs a job now; it does what is due and not done.</summary>
    [Post("/api/v1/jobs/{name}/run")]
    Task<JobRun> RunAsync(string name, CancellationToken cancellationToken);
}

/// <summary>A scheduled job.</summary>
/// <param name="Cron">When it looks, in Asia/Shanghai.</param>
/// <param name="Next">When it looks next, business time.</param>
public sealed record Job(string Name, string Cron, Bilingual Purpose, DateTimeOffset? Next = null, JobRun? Last = null);

/// <summary>How a job's look ended.</summary>
/// <param name="Outcome">done, failed or blocked.</param>
/// <param name="Periods">The periods it did, oldest first.</param>
public sealed record JobRun(DateTimeOffset At, string Outcome, Bilingual? Detail, IReadOnlyList<string> Periods);

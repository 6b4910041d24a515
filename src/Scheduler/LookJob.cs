using Quartz;

namespace CloudManager.Scheduler;

/// <summary>What Quartz calls: the job of its own name looks.</summary>
[DisallowConcurrentExecution]
internal sealed class LookJob(RunJob run) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await run.ExecuteAsync(context.JobDetail.Key.Name, cancellationToken);
}

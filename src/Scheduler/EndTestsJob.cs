using CloudManager.Core.Requests;
using Quartz;

namespace CloudManager.Scheduler;

/// <summary>Looks for tests whose time is over (art. 19(3)).</summary>
[DisallowConcurrentExecution]
internal sealed class EndTestsJob(EndOverdueTests endTests) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await endTests.ExecuteAsync(cancellationToken);
}

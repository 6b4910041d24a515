using Quartz;

namespace CloudManager.Scheduler;

/// <summary>What says "look now" while nobody advances the clock.</summary>
public interface ITriggers
{
    /// <summary>Fires at the jobs' times from now on.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Nothing fires until <see cref="ResumeAsync"/>.</summary>
    Task StandByAsync(CancellationToken cancellationToken);

    /// <summary>Fires again, based on the time it is now: what fell due in between was looked at already.</summary>
    Task ResumeAsync(CancellationToken cancellationToken);

    /// <summary>Ends for good, once the job that looks has ended.</summary>
    Task EndAsync(CancellationToken cancellationToken);
}

/// <summary>Quartz, over the triggers that it keeps beside the books.</summary>
internal sealed class QuartzTriggers(ISchedulerFactory factory, JobTable table, TimeProvider businessTime) : ITriggers
{
    public async Task StartAsync(CancellationToken cancellationToken) =>
        await (await factory.GetScheduler(cancellationToken)).Start(cancellationToken);

    public async Task StandByAsync(CancellationToken cancellationToken) =>
        await (await factory.GetScheduler(cancellationToken)).Standby(cancellationToken);

    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        foreach (var job in table.Jobs)
        {
            var trigger = TriggerBuilder
                .Create(businessTime)
                .ForJob(job.Name)
                .WithIdentity(job.Name)
                .StartAt(businessTime.GetUtcNow())
                .WithSchedule(job.Times())
                .Build();
            await scheduler.RescheduleJob(trigger.Key, trigger, cancellationToken);
        }

        await scheduler.Start(cancellationToken);
    }

    public async Task EndAsync(CancellationToken cancellationToken) =>
        await (await factory.GetScheduler(cancellationToken)).Shutdown(waitForJobsToComplete: true, cancellationToken);
}

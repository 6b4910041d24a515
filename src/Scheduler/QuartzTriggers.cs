using Quartz;

namespace CloudManager.Scheduler;

/// <summary>What says "look now" while nobody advances the clock.</summary>
public interface ITriggers
{
    /// <summary>Nothing fires until <see cref="StartAsync"/>.</summary>
    Task StandByAsync(CancellationToken cancellationToken);

    /// <summary>Fires at the jobs' times from now on.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Ends for good, once the job that looks has ended.</summary>
    Task EndAsync(CancellationToken cancellationToken);
}

/// <summary>Quartz, whose triggers are based anew on each start: what fell due in between was looked at already.</summary>
internal sealed class QuartzTriggers(ISchedulerFactory factory, TimeProvider businessTime) : ITriggers
{
    public async Task StandByAsync(CancellationToken cancellationToken) =>
        await (await factory.GetScheduler(cancellationToken)).Standby(cancellationToken);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        foreach (var job in Schedule.Jobs)
        {
            var trigger = TriggerBuilder
                .Create(businessTime)
                .ForJob(job.Name)
                .WithIdentity(job.Name)
                .StartAt(businessTime.GetUtcNow())
                .WithCronSchedule(job.Cron, cron => cron.InTimeZone(Core.Kernel.China.Zone))
                .Build();
            await scheduler.RescheduleJob(trigger.Key, trigger, cancellationToken);
        }

        await scheduler.Start(cancellationToken);
    }

    public async Task EndAsync(CancellationToken cancellationToken) =>
        await (await factory.GetScheduler(cancellationToken)).Shutdown(waitForJobsToComplete: true, cancellationToken);
}

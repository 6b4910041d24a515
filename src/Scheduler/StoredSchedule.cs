using CloudManager.Core.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace CloudManager.Scheduler;

/// <summary>
/// Brings what Quartz has stored to what the schedule says, before anything fires. Stored triggers are kept as they are,
/// so that a firing missed while no process ran is made up for, once; only a job whose time or class is another now is
/// stored anew, and one that is no longer in the schedule is removed.
/// </summary>
internal sealed class StoredSchedule(ISchedulerFactory schedulers, JobTable table, TimeProvider businessTime)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var known = table.Jobs.ToDictionary(job => new JobKey(job.Name));
        foreach (var stored in await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), cancellationToken))
        {
            if (!known.ContainsKey(stored))
            {
                await scheduler.DeleteJob(stored, cancellationToken);
            }
        }

        foreach (var job in table.Jobs)
        {
            await AlignAsync(scheduler, job, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task AlignAsync(IScheduler scheduler, ScheduledJob job, CancellationToken cancellationToken)
    {
        var detail = await scheduler.GetJobDetail(new JobKey(job.Name), cancellationToken);
        var trigger = await scheduler.GetTrigger(new TriggerKey(job.Name), cancellationToken);
        if (
            detail?.JobType.Equals(new JobType(job.JobType)) == true
            && trigger is ICronTrigger cron
            && cron.CronExpressionString == job.Cron
            && cron.TimeZone.Id == China.Zone.Id
        )
        {
            return;
        }

        var look = JobBuilder
            .Create()
            .OfType(job.JobType)
            .WithIdentity(job.Name)
            .WithDescription(job.Purpose.En)
            .Build();
        var times = TriggerBuilder.Create().WithIdentity(job.Name).WithSchedule(job.Times()).Build();
        if (trigger is null && detail is null)
        {
            await AddAsync(scheduler, look, times, cancellationToken);
            return;
        }

        await scheduler.ScheduleJob(look, [times], ScheduleJobOptions.Replacing, cancellationToken);
        if (trigger?.NextFireTimeUtc < businessTime.GetUtcNow())
        {
            // It was due under the old time and did not run: still owed.
            await scheduler.TriggerJob(new JobKey(job.Name), cancellationToken);
        }
    }

    /// <summary>Adds the job unless another process did meanwhile: a trigger of it may have fired already.</summary>
    private static async Task AddAsync(
        IScheduler scheduler,
        IJobDetail look,
        ITrigger times,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await scheduler.ScheduleJob(look, times, new ScheduleJobOptions(), cancellationToken);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Stored by another process, with the same schedule or one that its next start brings to this.
            return;
        }
    }
}

/// <summary>The parts of the registration with Quartz that concern its store.</summary>
internal static class StoredScheduleServices
{
    /// <summary>Keeps triggers in the database; on a shared one every process takes part and each firing runs once.</summary>
    public static void KeepIn(this IQuartzBuilder quartz, ScheduleStore store) =>
        quartz.UsePersistentStore(kept =>
        {
            // A trigger is stored with the zone's name, and a machine need not have time-zone data to know it.
            TimeZones.AddResolver(name => name == China.Zone.Id ? China.Zone : null);
            if (store.IsShared)
            {
                kept.UsePostgres(store.Provider, store.ConnectionString);
                kept.UseClustering();
            }
            else
            {
                kept.UseSqlite(store.Provider, store.ConnectionString);
            }

            kept.ProvisionSchema();
        });

    public static IServiceCollection AddStoredSchedule(this IServiceCollection services) =>
        services
            .Configure<QuartzOptions>(options => options.Scheduling.IgnoreDuplicates = true)
            .AddHostedService<StoredSchedule>();

    /// <summary>When the job looks. Of firings missed while no process ran, one is made up for: it does all that is due.</summary>
    public static CronScheduleBuilder Times(this ScheduledJob job) =>
        CronScheduleBuilder
            .Create(job.Cron)
            .InTimeZone(China.Zone)
            .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed);
}

using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace CloudManager.Scheduler;

/// <summary>
/// Every job of the platform and when it looks, in China's time. Quartz only says "look now"; the books say what is due.
/// </summary>
public static class Schedule
{
    /// <summary>The jobs in the order in which those of one instant run.</summary>
    public static IReadOnlyList<ScheduledJob> Jobs { get; } =
    [
        ScheduledJob.Of<EndTestsJob>(
            "end-tests",
            "0 5 * * * ?",
            "Ends tests over 30 days and lets them expire after the grace period (art. 19(3))"
        ),
    ];

    /// <summary>Registers the jobs with Quartz, which keeps when they are due beside the books.</summary>
    public static IServiceCollection AddSchedule(this IServiceCollection services, ScheduleStore store) =>
        services.AddSchedule(store, Jobs);

    internal static IServiceCollection AddSchedule(
        this IServiceCollection services,
        ScheduleStore store,
        IReadOnlyList<ScheduledJob> jobs
    ) =>
        services
            .AddQuartz(quartz =>
            {
                quartz.KeepIn(store);
                foreach (var job in jobs)
                {
                    job.Register(quartz);
                    quartz.AddTrigger(trigger =>
                        trigger.ForJob(job.Name).WithIdentity(job.Name).WithSchedule(job.Times())
                    );
                }
            })
            .AddStoredSchedule(jobs)
            .AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
}

/// <summary>One row of the schedule.</summary>
public sealed record ScheduledJob
{
    /// <summary>The job's name.</summary>
    public required string Name { get; init; }

    /// <summary>When it looks: a Quartz cron expression in Asia/Shanghai.</summary>
    public required string Cron { get; init; }

    /// <summary>What it is for, with its article.</summary>
    public required string Purpose { get; init; }

    /// <summary>The class that looks.</summary>
    public required Type JobType { get; init; }

    /// <summary>Makes the job known to Quartz.</summary>
    public required Action<IQuartzBuilder> Register { get; init; }

    internal static ScheduledJob Of<TJob>(string name, string cron, string purpose)
        where TJob : IJob =>
        new()
        {
            Name = name,
            Cron = cron,
            Purpose = purpose,
            JobType = typeof(TJob),
            Register = quartz => quartz.AddJob<TJob>(job => job.WithIdentity(name).WithDescription(purpose)),
        };
}

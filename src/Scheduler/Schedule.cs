using CloudManager.Core.Billing;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Inventory;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Reports;
using CloudManager.Core.Reports.Circulars;
using CloudManager.Core.Requests;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace CloudManager.Scheduler;

/// <summary>
/// Every job of the platform and when it looks, in China's time. Quartz only says "look now"; the books say what is due.
/// </summary>
public static class Schedule
{
    /// <summary>
    /// The jobs in the order in which those of one instant run. A month is due from the 1st; closing and reporting look every
    /// day, so that one that was blocked or failed does not wait for the next month.
    /// </summary>
    public static IReadOnlyList<ScheduledJob> Jobs { get; } =
    [
        ScheduledJob.Of<CollectSamples>(
            CollectSamples.Job,
            "0 0/5 * * * ?",
            ("采集资源使用率（第二十二、二十五条）", "Collects samples of CPU, memory and disk use (art. 22, 25)")
        ) with
        {
            IsGathered = true,
        },
        ScheduledJob.Of<SyncInventory>(
            SyncInventory.Job,
            "0 0/15 * * * ?",
            ("盘点资源池，核对账实（第十四条）", "Takes the pools' inventory and holds it against the books (art. 14)")
        ) with
        {
            IsGathered = true,
        },
        ScheduledJob.Of<EndTests>(
            EndTests.Job,
            "0 5 0 * * ?",
            (
                "结束到期的测试（第十九条）",
                "Ends tests that are over, lets them expire after the grace period (art. 19(3))"
            )
        ),
        ScheduledJob.Of<WatchDeadlines>(
            WatchDeadlines.Job,
            "0 0 8 * * ?",
            ("督办各环节时限（第十九条）", "Warns of deadlines and tells of missed ones (art. 19)")
        ),
        ScheduledJob.Of<CloseMonth>(
            CloseMonth.Job,
            "0 0 2 * * ?",
            (
                "每月 1 日账单结账，未能结账的逐日再试（第四十条）",
                "On the 1st closes the month into bills; tries again each day what could not be closed (art. 40)"
            )
        ),
        ScheduledJob.Of<WriteMonthlyReport>(
            WriteMonthlyReport.Job,
            "0 0 3 * * ?",
            (
                "每月 1 日生成运行月报，等待结账的逐日再试（第二十五条）",
                "On the 1st writes the monthly report; tries again each day while its month is not closed (art. 25)"
            )
        ),
        ScheduledJob.Of<KeepSamples>(
            KeepSamples.Job,
            "0 30 3 * * ?",
            (
                "归档已结束月份的采样，按保存期限清理原始采样（第二十二条）",
                "Archives the samples of months that are over, gives up those older than their retention (art. 22)"
            )
        ) with
        {
            IsGathered = true,
        },
        ScheduledJob.Of<JudgeUse>(
            JudgeUse.Job,
            "0 0 4 * * ?",
            (
                "每周一判定资源使用情况，等待采集的逐日再试（第二十二条）",
                "On Mondays judges use; tries again each day what waits for its samples (art. 22)"
            )
        ),
        ScheduledJob.Of<DraftCirculars>(
            DraftCirculars.Job,
            "0 0 8 * * ?",
            (
                "每月 1 日起草各单位使用效率通报，等待月报和采集的逐日再试（第二十二条）",
                "On the 1st drafts the tenants' circulars of use; tries again each day while the month is not reported and collected (art. 22)"
            )
        ),
    ];

    /// <summary>Finds a job by name; null if there is none.</summary>
    public static ScheduledJob? Find(string name) => Jobs.FirstOrDefault(j => j.Name == name);

    /// <summary>
    /// Registers the jobs with Quartz, which keeps when they are due beside the books. It starts once the host has caught
    /// up (<see cref="CatchUp"/>).
    /// </summary>
    public static IServiceCollection AddSchedule(this IServiceCollection services, ScheduleStore store) =>
        services.AddSchedule(store, Jobs);

    internal static IServiceCollection AddSchedule(
        this IServiceCollection services,
        ScheduleStore store,
        IReadOnlyList<ScheduledJob> jobs
    ) =>
        services
            .AddQuartz(quartz => quartz.KeepIn(store))
            .AddSingleton(new JobTable(jobs))
            .AddSingleton<RunJob>()
            .AddSingleton<ITriggers, QuartzTriggers>()
            .AddStoredSchedule()
            .AddHostedService<CatchUp>();
}

/// <summary>The jobs of this process, in the order in which those of one instant run.</summary>
internal sealed record JobTable(IReadOnlyList<ScheduledJob> Jobs);

/// <summary>One row of the schedule.</summary>
public sealed record ScheduledJob
{
    private CronExpression? _expression;

    /// <summary>The job's name.</summary>
    public required string Name { get; init; }

    /// <summary>When it looks: a Quartz cron expression in Asia/Shanghai.</summary>
    public required string Cron { get; init; }

    /// <summary>What it is for, with its article.</summary>
    public required Bilingual Purpose { get; init; }

    /// <summary>Whether one look over a range gives what many looks in it give, so that an advance may leave some out.</summary>
    public bool IsGathered { get; init; }

    /// <summary>The work it calls.</summary>
    public required Type Work { get; init; }

    /// <summary>What Quartz calls.</summary>
    internal Type JobType { get; init; } = typeof(LookJob);

    /// <summary>The first instant after this one at which it looks.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset instant) =>
        (_expression ??= new CronExpression(Cron, China.Zone)).GetNextValidTimeAfter(instant);

    internal static ScheduledJob Of<TWork>(string name, string cron, Bilingual purpose)
        where TWork : IJobWork =>
        new()
        {
            Name = name,
            Cron = cron,
            Purpose = purpose,
            Work = typeof(TWork),
        };
}

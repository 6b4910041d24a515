using Microsoft.Extensions.Hosting;

namespace CloudManager.Scheduler;

/// <summary>
/// At the start every job looks once, in the schedule's order, for what fell due while the host was down: samples are
/// fetched before months are closed, months are closed before they are reported. Then the triggers start.
/// </summary>
internal sealed class CatchUp(RunJob run, JobTable table, ITriggers triggers, IHostApplicationLifetime host)
    : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await triggers.EndAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        foreach (var job in table.Jobs.Where(j => j.JobType == typeof(LookJob)))
        {
            await run.ExecuteAsync(job.Name, stoppingToken);
        }

        await triggers.StartAsync(stoppingToken);
    }

    /// <summary>The host serves first: what was missed may take its time.</summary>
    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }
}

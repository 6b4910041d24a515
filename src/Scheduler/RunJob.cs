using System.Diagnostics;
using System.Diagnostics.Metrics;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudManager.Scheduler;

/// <summary>
/// Lets a job look and notes how it ended. In one process jobs look one after another, so that a month is not reported
/// before it is closed; between processes the books see to it that each period is done once.
/// </summary>
public sealed partial class RunJob(
    IServiceProvider services,
    IBooks books,
    IJobLooks looks,
    TimeProvider businessTime,
    ILogger<RunJob> logger
) : IDisposable
{
    /// <summary>How long jobs looked, of this process; shown under /metrics as cloudmanager_job_seconds.</summary>
    private static readonly Histogram<double> Seconds = new Meter("cloudmanager").CreateHistogram<double>(
        "job_seconds",
        description: "How long a job looked, by job and outcome."
    );

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Waits for its turn, then looks.</summary>
    public async Task<JobLook> ExecuteAsync(string name, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        return await InTurnAsync(name, cancellationToken);
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Keeps every other job from looking until it is disposed of.</summary>
    internal async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    /// <summary>Looks without waiting: the caller has the turn.</summary>
    internal async Task<JobLook> InTurnAsync(string name, CancellationToken cancellationToken)
    {
        var job = Schedule.Find(name) ?? throw new ArgumentException($"no job is named {name}", nameof(name));
        var began = Stopwatch.GetTimestamp();
        var look = new JobLook(name, businessTime.GetUtcNow(), await LookAsync(job, cancellationToken));
        Seconds.Record(
            Stopwatch.GetElapsedTime(began).TotalSeconds,
            new("job", name),
            new("outcome", Words.Camel(look.Look.Outcome))
        );
        await NoteAsync(look);
        return look;
    }

    /// <summary>Nothing depends on the note, so a look that cannot be noted is still the look it was.</summary>
    private async Task NoteAsync(JobLook look)
    {
        try
        {
            await books.KeepAsync(
                Origin.Platform,
                async (transaction, token) =>
                {
                    await looks.NoteAsync(transaction, look, token);
                    return Done.Now;
                },
                CancellationToken.None
            );
        }
#pragma warning disable CA1031 // The border of a job: books that do not answer must not end the host's catching up.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            NotNoted(logger, failure, look.Job, look.Look.Outcome);
        }
    }

    private async Task<Look> LookAsync(ScheduledJob job, CancellationToken cancellationToken)
    {
        try
        {
            return await ((IJobWork)services.GetRequiredService(job.Work)).LookAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The border of a job: it is logged once and the job looks again at its next time.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            Broke(logger, bug, job.Name);
            return new Look(LookOutcome.Failed, [], ("平台内部错误，已记入日志", "an internal error; it was logged"));
        }
    }

    [LoggerMessage(LogLevel.Error, "The job {Job} broke")]
    private static partial void Broke(ILogger logger, Exception bug, string job);

    [LoggerMessage(LogLevel.Error, "The job {Job} looked ({Outcome}), which could not be noted")]
    private static partial void NotNoted(ILogger logger, Exception failure, string job, LookOutcome outcome);

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}

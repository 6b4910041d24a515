namespace CloudManager.Scheduler;

/// <summary>A job and an instant at which it looks.</summary>
internal sealed record Due(ScheduledJob Job, DateTimeOffset At);

/// <summary>
/// The due instants between two instants, (from, to], in order of time and of the schedule. A job that is gathered
/// (collection: one call over a range gives what many calls give) looks only at its last time before another job's, or
/// before the end.
/// </summary>
internal sealed class Course(IReadOnlyList<ScheduledJob> jobs, DateTimeOffset from, DateTimeOffset to)
{
    private readonly Dictionary<ScheduledJob, DateTimeOffset?> _next = jobs.ToDictionary(
        j => j,
        j => j.NextAfter(from)
    );

    /// <summary>The next due instant; null once there is none up to the end.</summary>
    public Due? Next()
    {
        var other = Earliest(jobs.Where(j => !j.IsGathered));
        var gathered = jobs.Where(j => j.IsGathered)
            .Select(j => LastUpTo(j, other?.At ?? to))
            .OfType<Due>()
            .OrderBy(d => d.At)
            .FirstOrDefault();
        var due = gathered ?? other;
        if (due is not null)
        {
            _next[due.Job] = due.Job.NextAfter(due.At);
        }

        return due;
    }

    private Due? Earliest(IEnumerable<ScheduledJob> among) =>
        among
            .Where(j => _next[j] is { } at && at <= to)
            .OrderBy(j => _next[j])
            .Select(j => new Due(j, _next[j]!.Value))
            .FirstOrDefault();

    private Due? LastUpTo(ScheduledJob job, DateTimeOffset end)
    {
        Due? last = null;
        for (var at = _next[job]; at is { } due && due <= end; at = job.NextAfter(due))
        {
            last = new Due(job, due);
        }

        return last;
    }
}

namespace CloudManager.Core.Kernel;

/// <summary>
/// The work of a scheduled job. A schedule only says "look now": the work asks the books which periods are due and not
/// done, and does them, oldest first. Looking again changes nothing.
/// </summary>
public interface IJobWork
{
    /// <summary>Does what is due at this instant of business time.</summary>
    Task<Look> LookAsync(CancellationToken cancellationToken);
}

/// <summary>How a job's look ended.</summary>
public enum LookOutcome
{
    /// <summary>All that was due is done.</summary>
    Done,

    /// <summary>Something must be put right by people first; the detail names it.</summary>
    Blocked,

    /// <summary>It broke; it looks again at its next time.</summary>
    Failed,
}

/// <summary>What a job found and did.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Periods">The periods it did, oldest first, e.g. <c>2026-09</c>; empty if none was due.</param>
/// <param name="Detail">What people should know; null if nothing.</param>
public sealed record Look(LookOutcome Outcome, IReadOnlyList<string> Periods, Bilingual? Detail)
{
    /// <summary>Nothing was due.</summary>
    public static Look Nothing { get; } = new(LookOutcome.Done, [], null);
}

/// <summary>Which periods a job has done: (job, period) is unique in the books.</summary>
public interface IJobPeriods
{
    /// <summary>The month in which these books were opened: no period is older.</summary>
    Task<Month> FirstMonthAsync(ITransaction transaction, CancellationToken cancellationToken);

    /// <summary>The periods the job has done.</summary>
    Task<IReadOnlySet<string>> DoneAsync(ITransaction transaction, string job, CancellationToken cancellationToken);

    /// <summary>Notes, in the transaction that did it, that the period is done. A second note of one period throws.</summary>
    Task AddAsync(
        ITransaction transaction,
        (string Job, string Period) key,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );
}

/// <summary>How each job's last look ended, for people; nothing depends on it.</summary>
public interface IJobLooks
{
    Task NoteAsync(ITransaction transaction, JobLook look, CancellationToken cancellationToken);

    /// <summary>The last look of each job that ever looked.</summary>
    Task<IReadOnlyList<JobLook>> AllAsync(ITransaction transaction, CancellationToken cancellationToken);
}

/// <summary>A job's look.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="At">Business time of the look.</param>
/// <param name="Look">How it ended.</param>
public sealed record JobLook(string Job, DateTimeOffset At, Look Look);

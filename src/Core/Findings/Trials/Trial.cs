using CloudManager.Core.Kernel;

namespace CloudManager.Core.Findings.Trials;

/// <summary>The number of a trial, e.g. <c>trial-000001</c>.</summary>
public readonly record struct TrialId(long Number)
{
    public const string Prefix = "trial";

    public override string ToString() => NumberedId.Format(Prefix, Number);
}

/// <summary>Where a trial stands.</summary>
public enum TrialState
{
    /// <summary>Under way.</summary>
    Running,

    /// <summary>It went to its end.</summary>
    Done,

    /// <summary>Somebody ended it early: there is no outcome.</summary>
    Stopped,

    /// <summary>The host went away meanwhile, or it broke: there is no outcome, and it can be repeated.</summary>
    Broken,
}

/// <summary>What a policy would change for a subject.</summary>
public enum TrialOutcome
{
    /// <summary>The policy finds it, the one in force does not.</summary>
    Added,

    /// <summary>The one in force finds it, the policy does not.</summary>
    Dropped,

    /// <summary>Both find it.</summary>
    Same,
}

/// <summary>
/// Trial of a monitoring policy (标准试算, art. 22): what it would have found over the last months, beside what the policy in
/// force finds over the same days. Nothing comes of it but its answer.
/// </summary>
public sealed record Trial
{
    public required TrialId Id { get; init; }

    /// <summary>The policy's region.</summary>
    public required string Region { get; init; }

    /// <summary>The policy's version.</summary>
    public required int Version { get; init; }

    /// <summary>How many months it looks back, 1 to 12.</summary>
    public required int Months { get; init; }

    /// <summary>The first day it looks at.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last.</summary>
    public required DateOnly Until { get; init; }

    public required TrialState State { get; init; }

    /// <summary>How many servers were judged so far, over all windows.</summary>
    public int Done { get; init; }

    /// <summary>How many there are; 0 until it began.</summary>
    public int Total { get; init; }

    /// <summary>What came out; empty until it is done.</summary>
    public IReadOnlyList<TrialCount> Counts { get; init; } = [];

    /// <summary>The account that asked for it.</summary>
    public required string StartedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The host and process that runs it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>When its host last said that it goes on, machine time.</summary>
    public DateTimeOffset SeenAt { get; init; }
}

/// <summary>How many of a kind.</summary>
/// <param name="Kind">The kind of finding.</param>
/// <param name="Subject">The kind of thing.</param>
/// <param name="Outcome">What the policy would change.</param>
/// <param name="Count">How many.</param>
/// <param name="MonthlySaving">What their recommendations save, yuan a month; of those that have a price.</param>
public sealed record TrialCount(
    FindingKind Kind,
    SubjectKind Subject,
    TrialOutcome Outcome,
    int Count,
    decimal MonthlySaving
);

/// <summary>One subject and kind that either policy finds.</summary>
/// <param name="Kind">The kind of finding.</param>
/// <param name="Subject">The server, volume, address or system.</param>
/// <param name="Scope">Whose it is.</param>
/// <param name="Policy">The last days of the windows in which the policy finds it, the latest first.</param>
/// <param name="InForce">The same of the policy in force.</param>
public sealed record TrialItem(
    FindingKind Kind,
    FindingSubject Subject,
    FindingScope Scope,
    IReadOnlyList<DateOnly> Policy,
    IReadOnlyList<DateOnly> InForce
)
{
    /// <summary>What the later of them recommends; null where nothing is recommended.</summary>
    public Recommendation? Recommendation { get; init; }

    public TrialOutcome Outcome =>
        InForce.Count == 0 ? TrialOutcome.Added
        : Policy.Count == 0 ? TrialOutcome.Dropped
        : TrialOutcome.Same;
}

/// <summary>Which subjects of a trial a list shows; null members do not filter.</summary>
public sealed record TrialItemFilter
{
    public TrialOutcome? Outcome { get; init; }
    public FindingKind? Kind { get; init; }
    public SubjectKind? Subject { get; init; }

    /// <summary>The system's code.</summary>
    public string? System { get; init; }
}

/// <summary>Trials in the books.</summary>
public interface ITrialStore
{
    /// <summary>Adds the trial or replaces how it stands.</summary>
    Task SaveAsync(ITransaction transaction, Trial trial, CancellationToken cancellationToken);

    Task<Trial?> FindAsync(ITransaction transaction, TrialId id, CancellationToken cancellationToken);

    /// <summary>Trials of a policy or of all, in a state or in any, newest first.</summary>
    Task<Page<Trial>> ListAsync(
        ITransaction transaction,
        (string? Region, int? Version, TrialState? State) filter,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>Keeps what came out, in this order.</summary>
    Task AddItemsAsync(
        ITransaction transaction,
        TrialId trial,
        IReadOnlyList<TrialItem> items,
        CancellationToken cancellationToken
    );

    /// <summary>What came out, in its order.</summary>
    Task<Page<TrialItem>> ItemsAsync(
        ITransaction transaction,
        TrialId trial,
        TrialItemFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );
}

using CloudManager.Core.Kernel;

namespace CloudManager.Core.Pools;

/// <summary>The number of a conformance run, e.g. <c>conf-000001</c>.</summary>
public readonly record struct ConformanceId(long Number)
{
    private const string Prefix = "conf";

    public override string ToString() => NumberedId.Format(Prefix, Number);

    /// <summary>Reads the text form; false for any other text.</summary>
    public static bool TryParse(string? text, out ConformanceId id)
    {
        var read = NumberedId.TryParse(Prefix, text, out var number);
        id = new ConformanceId(number);
        return read;
    }
}

/// <summary>Where a conformance run stands.</summary>
public enum ConformanceState
{
    /// <summary>Under way.</summary>
    Running,

    /// <summary>It went to its end and no check failed.</summary>
    Passed,

    /// <summary>It went to its end and a check failed.</summary>
    Failed,

    /// <summary>Somebody ended it; what it had made is removed.</summary>
    Stopped,

    /// <summary>The host went away meanwhile, or the run itself broke: there is no report.</summary>
    Broken,
}

/// <summary>
/// Conformance run (一致性测试, art. 16): the acceptance of a pool by the suite that every adapter must pass. Its report
/// is the evidence on which the pool is activated, for the adapter, cloud and settings it ran on.
/// </summary>
public sealed record ConformanceRun
{
    public required ConformanceId Id { get; init; }

    public required PoolId Pool { get; init; }

    /// <summary>The adapter kind it ran on.</summary>
    public required string Adapter { get; init; }

    /// <summary>The digest of the pool's settings and mapping it ran on.</summary>
    public required string Settings { get; init; }

    /// <summary>The cloud's own version as found; empty until the run ended or where the cloud has none.</summary>
    public string CloudVersion { get; init; } = "";

    /// <summary>What the names and keys of everything it makes begin with.</summary>
    public required string Prefix { get; init; }

    /// <summary>The account that asked for it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>When it began, business time.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, business time; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public required ConformanceState State { get; init; }

    /// <summary>How many checks have ended.</summary>
    public int Done { get; init; }

    /// <summary>How many there are.</summary>
    public int Total { get; init; }

    /// <summary>The check under way; null before the first and after the last.</summary>
    public string? Check { get; init; }

    /// <summary>How many checks failed.</summary>
    public int Failed { get; init; }

    /// <summary>Whether what it made may still be in the pool.</summary>
    public bool MayHaveLeft { get; init; }

    /// <summary>The host that runs it, and the process.</summary>
    public string Owner { get; init; } = "";

    /// <summary>When its host last said that it goes on, machine time.</summary>
    public DateTimeOffset SeenAt { get; init; }
}

/// <summary>Which runs to list.</summary>
/// <param name="Pool">Of this pool; null: of all.</param>
/// <param name="State">In this state; null: in any.</param>
/// <param name="MayHaveLeft">Only those whose things may still be there.</param>
public sealed record ConformanceFilter(PoolId? Pool, ConformanceState? State = null, bool MayHaveLeft = false);

/// <summary>The conformance runs in the books.</summary>
public interface IConformanceStore
{
    Task AddAsync(ITransaction transaction, ConformanceRun run, CancellationToken cancellationToken);

    /// <summary>Keeps how the run stands; a report given is kept for good.</summary>
    Task UpdateAsync(ITransaction transaction, ConformanceRun run, string? report, CancellationToken cancellationToken);

    Task<ConformanceRun?> FindAsync(ITransaction transaction, ConformanceId id, CancellationToken cancellationToken);

    /// <summary>The report of a run as JSON; null while there is none.</summary>
    Task<string?> ReportAsync(ITransaction transaction, ConformanceId id, CancellationToken cancellationToken);

    /// <summary>The runs, newest first.</summary>
    Task<Page<ConformanceRun>> ListAsync(
        ITransaction transaction,
        ConformanceFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );
}

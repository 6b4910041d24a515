using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Findings.Judging;

/// <summary>What of a pool's week is judged next.</summary>
public enum JudgingPhase
{
    /// <summary>Its servers.</summary>
    Servers,

    /// <summary>Its idle volumes and addresses.</summary>
    Things,

    /// <summary>The systems whose last pool it was.</summary>
    Systems,

    /// <summary>Nothing: the week is done.</summary>
    Done,
}

/// <summary>How far a week's judging has come in a pool.</summary>
/// <param name="Week">The Monday on which it is judged.</param>
/// <param name="Pool">The pool.</param>
/// <param name="Phase">What is judged next.</param>
/// <param name="After">The key after which its next page starts; empty from the beginning.</param>
/// <param name="Changes">How many findings opened and closed so far.</param>
public sealed record JudgingProgress(
    DateOnly Week,
    PoolId Pool,
    JudgingPhase Phase,
    string After,
    FindingChanges Changes
)
{
    public static JudgingProgress Beginning(DateOnly week, PoolId pool) =>
        new(week, pool, JudgingPhase.Servers, "", default);
}

/// <summary>A system with what was said of its servers this week.</summary>
/// <param name="Code">The system's code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Servers">Its judged servers, in order of number.</param>
/// <param name="Pools">All pools in which it has servers in service.</param>
public sealed record SystemShares(
    string Code,
    string Name,
    IReadOnlyList<ServerShare> Servers,
    IReadOnlyList<PoolId> Pools
);

/// <summary>How far judging has come, and what it needs until a week's systems are judged. Implemented by Storage/Findings.</summary>
public interface IJudgingProgress
{
    /// <summary>The pools that were begun or done in the weeks since this one, by week and pool.</summary>
    Task<IReadOnlyList<JudgingProgress>> SinceAsync(
        ITransaction transaction,
        DateOnly week,
        CancellationToken cancellationToken
    );

    Task SaveAsync(ITransaction transaction, JudgingProgress progress, CancellationToken cancellationToken);

    /// <summary>Keeps what a page of servers adds to their systems; said again it is replaced.</summary>
    Task KeepAsync(
        ITransaction transaction,
        DateOnly week,
        IReadOnlyList<ServerShare> servers,
        CancellationToken cancellationToken
    );

    /// <summary>The systems with a judged server in the pool, in order of code.</summary>
    Task<Page<SystemShares>> SystemsAsync(
        ITransaction transaction,
        (DateOnly Week, PoolId Pool) of,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>Forgets what was kept for systems that are judged.</summary>
    Task ForgetAsync(
        ITransaction transaction,
        DateOnly week,
        IReadOnlyCollection<string> systems,
        CancellationToken cancellationToken
    );
}

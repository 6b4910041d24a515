using CloudManager.Core.Findings.Policies;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Findings.Trials;

/// <summary>Puts a trial into the books before anything of it happens; one at a time of each policy.</summary>
public sealed class StartTrial(
    ITrialStore trials,
    IPolicyStore policies,
    ICounters counters,
    MachineClock clock,
    TimeProvider businessTime
)
{
    public const int MostMonths = 12;

    /// <param name="transaction">The books.</param>
    /// <param name="wish">Who asks, of which policy.</param>
    /// <param name="months">How far back, 1 to 12.</param>
    /// <param name="owner">The host that will run it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Result<Trial>> ExecuteAsync(
        ITransaction transaction,
        PolicyWish wish,
        int months,
        string owner,
        CancellationToken cancellationToken
    )
    {
        if (await RefuseAsync(transaction, wish, months, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var today = businessTime.Today();
        var trial = new Trial
        {
            Id = new(await counters.TakeAsync(transaction, TrialId.Prefix, 1, cancellationToken)),
            Region = wish.Region,
            Version = wish.Version,
            Months = months,
            From = today.AddMonths(-months),
            Until = today,
            State = TrialState.Running,
            StartedBy = wish.Actor.Account,
            StartedAt = businessTime.GetUtcNow(),
            Owner = owner,
            SeenAt = clock.Now,
        };
        await trials.SaveAsync(transaction, trial, cancellationToken);
        transaction.Record(
            new(
                "trial.start",
                new("trial", trial.Id.ToString()),
                null,
                new
                {
                    trial.Region,
                    trial.Version,
                    months,
                }
            )
        );
        return trial;
    }

    private async Task<Refusal?> RefuseAsync(
        ITransaction transaction,
        PolicyWish wish,
        int months,
        CancellationToken cancellationToken
    )
    {
        var check = new Check();
        check.Range("months", months, 1, MostMonths);
        if (
            wish.Version != 0
            && await policies.FindAsync(transaction, wish.Region, wish.Version, cancellationToken) is null
        )
        {
            return PolicyRefusals.NotFound($"{wish.Region}-v{wish.Version}");
        }

        if (!PolicyDesk.IsOf(wish.Actor, wish.Region))
        {
            return PolicyRefusals.NotYourRegion;
        }

        if (!check.IsClean)
        {
            return check.Refusal("trial.invalid");
        }

        var running = (wish.Region, (int?)wish.Version, (TrialState?)TrialState.Running);
        var busy = await trials.ListAsync(transaction, running, new PageRequest(null, 1), cancellationToken);
        return busy.Items is [var other, ..] ? TrialRefusals.Running(other.Id) : null;
    }
}

/// <summary>Refusals about trials.</summary>
public static class TrialRefusals
{
    public static NotFound NotFound(string shown) =>
        new("trial.notFound", ($"没有试算 {shown}", $"there is no trial {shown}"));

    public static Conflict Running(TrialId id) =>
        new("trial.running", ($"试算 {id} 正在运行", $"the trial {id} is under way"));

    public static Conflict NotRunning(TrialId id) =>
        new("trial.notRunning", ($"试算 {id} 未在运行", $"the trial {id} is not under way"));
}

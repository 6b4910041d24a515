using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Inventory;

/// <summary>
/// The technical department's word that a pool is really so much smaller (art. 14): the next full run is held against
/// the one accepted, and what it misses is gone.
/// </summary>
public sealed class AcceptShrink(InventoryDesk desk, TimeProvider businessTime)
{
    public async Task<Result<InventoryRun>> ExecuteAsync(
        ITransaction transaction,
        Actor by,
        (Pool Pool, RunId Id, string? Opinion) input,
        CancellationToken cancellationToken
    )
    {
        var run = await desk.Runs.FindAsync(transaction, input.Id, cancellationToken);
        if (run is null || run.Pool != input.Pool.Id)
        {
            return InventoryRefusals.RunNotFound(input.Id.ToString());
        }

        if (by.Organisation?.Region != input.Pool.Region)
        {
            return InventoryRefusals.WrongRegion();
        }

        var last = await desk.Runs.LastAsync(transaction, input.Pool.Id, cancellationToken);
        if (run.Outcome != RunOutcome.Shrunk || last.LatestFull?.Id != run.Id)
        {
            return InventoryRefusals.NothingToAccept(run);
        }

        var check = new Check();
        check.Text("opinion", input.Opinion, 2000, lines: true);
        if (!check.IsClean)
        {
            return check.Refusal();
        }

        var accepted = run with
        {
            Outcome = RunOutcome.Accepted,
            Accepted = new Acceptance(by.Account, businessTime.GetUtcNow(), input.Opinion!),
        };
        await desk.Runs.SaveAsync(transaction, accepted, cancellationToken);
        transaction.Record(
            new(
                "inventory.acceptShrink",
                new("inventoryRun", run.Id.ToString()),
                new { run.Outcome, run.Missing },
                new { accepted.Outcome, accepted.Accepted.Opinion }
            )
        );
        return accepted;
    }
}

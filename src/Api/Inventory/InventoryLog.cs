using CloudManager.Core.Inventory;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Inventory;

/// <summary>How the inventory gets on, in the host's log.</summary>
internal sealed partial class InventoryLog(ILogger<SyncInventory> logger) : IInventoryLog
{
    public void Ended(InventoryRun run)
    {
        // A run that counts is no news every 15 minutes; one that does not is for people.
        if (run.Outcome == RunOutcome.Completed)
        {
            Done(logger, run.Pool, run.Mode, run.Counts.Total, run.Findings.Opened, run.Findings.Closed);
        }
        else
        {
            DoesNotCount(logger, run.Pool, run.Outcome, run.Reason?.En);
        }
    }

    public void Broke(PoolId pool, Exception bug) => Bug(logger, bug, pool);

    [LoggerMessage(
        LogLevel.Debug,
        "Inventory of {Pool} ({Mode}): {Things} listed, {Opened} findings opened, {Closed} closed"
    )]
    private static partial void Done(ILogger logger, PoolId pool, RunMode mode, int things, int opened, int closed);

    [LoggerMessage(LogLevel.Warning, "Inventory of {Pool} does not count ({Outcome}): {Reason}")]
    private static partial void DoesNotCount(ILogger logger, PoolId pool, RunOutcome outcome, string? reason);

    [LoggerMessage(LogLevel.Error, "Inventory of {Pool} broke")]
    private static partial void Bug(ILogger logger, Exception bug, PoolId pool);
}

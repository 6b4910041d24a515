using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Inventory;

/// <summary>What a run reads and writes.</summary>
/// <param name="Things">What the listings showed.</param>
/// <param name="Runs">The runs.</param>
/// <param name="Books">The books as the inventory looks things up in them.</param>
/// <param name="Findings">The findings.</param>
/// <param name="Counters">The numbers of runs.</param>
public sealed record InventoryDesk(
    IInventoryStore Things,
    IInventoryRuns Runs,
    IInventoryBooks Books,
    IFindingStore Findings,
    ICounters Counters
);

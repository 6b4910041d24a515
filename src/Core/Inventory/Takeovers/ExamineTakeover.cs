using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Inventory.Takeovers;

/// <summary>
/// Examines one server that is to be taken over (art. 14): it is in the inventory, unknown to the books and not in the
/// making; items, sizes and prices fit it and all that is attached and bound to it. Every fault is listed.
/// </summary>
public sealed class ExamineTakeover(InventoryDesk desk)
{
    /// <summary>The plan; null if the check has faults for it.</summary>
    public async Task<TakeoverPlan?> ExecuteAsync(
        ITransaction transaction,
        (TakeoverLine Line, string Paper, string Path) asked,
        (TakeoverTerms Terms, Check Check) against,
        CancellationToken cancellationToken
    )
    {
        var (line, paper, path) = asked;
        var (terms, check) = against;
        if (!terms.Pools.TryFind(line.Pool, out var pool))
        {
            var pools = string.Join(", ", terms.Pools.Declared.Select(p => p.Id.Value));
            check.Fault($"{path}.pool", line.Pool.Value, ("已登记的资源池", $"one of {pools}"), "pool.notFound");
            return null;
        }

        var entries = line.NativeId.Value.Contains('\0', StringComparison.Ordinal)
            ? []
            : await desk.Things.WithPartsAsync(transaction, pool.Id, line.NativeId, cancellationToken);
        var before = check.Faults.Count;
        await ExamineServerAsync(transaction, entries, (line, path), check, cancellationToken);
        var item = TakenItem.Find(terms, line.Item, ItemKind.Server, $"{path}.item", check);
        if (check.Faults.Count > before || item is null)
        {
            return null;
        }

        var taken = new TakenItem(terms, pool, check);
        var server = taken.Server(entries[0].Thing, item, line, path);
        var parts = entries
            .Skip(1)
            .Where(e => e.Resource is null)
            .Select(e => taken.Part(e.Thing, line, path))
            .ToList();
        return check.Faults.Count > before || server is null
            ? null
            : new TakeoverPlan(pool, server, [.. parts.OfType<TakenThing>()], paper);
    }

    private async Task ExamineServerAsync(
        ITransaction transaction,
        IReadOnlyList<InventoryEntry> entries,
        (TakeoverLine Line, string Path) asked,
        Check check,
        CancellationToken cancellationToken
    )
    {
        var (line, path) = ($"{asked.Path}.nativeId", asked.Line.NativeId.Value);
        if (entries is not [{ Thing.Kind: ItemKind.Server } server, ..])
        {
            check.Fault(
                line,
                path,
                ("资源池清单中的云服务器", "a server in the pool's inventory"),
                "takeover.notInInventory"
            );
        }
        else if ((server.Resource?.ToString() ?? server.Client) is { } known)
        {
            check.Fault(
                line,
                path,
                ($"账外云服务器；它已是 {known}", $"unknown to the books; it is {known}"),
                "takeover.known"
            );
        }
        else if (server.Thing.State == CloudState.Pending || await IsInTheMakingAsync(server.Thing.Key))
        {
            check.Fault(
                line,
                path,
                (
                    "非平台正在开通或用于一致性测试的云服务器",
                    "a server that the platform is not making or testing with now"
                ),
                "takeover.inTheMaking"
            );
        }

        async Task<bool> IsInTheMakingAsync(string? key) =>
            key is not null && (await desk.Books.InTheMakingAsync(transaction, [key], cancellationToken)).Count > 0;
    }
}

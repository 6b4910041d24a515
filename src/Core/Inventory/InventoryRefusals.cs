using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Inventory;

/// <summary>Every expected no about inventories.</summary>
public static class InventoryRefusals
{
    public static NotFound RunNotFound(string id) =>
        new("inventoryRun.notFound", ($"没有盘点 {id}", $"there is no run {id}"));

    public static Conflict ByCloud(PoolId pool) =>
        new(
            "inventory.byCloud",
            (
                $"资源池 {pool} 的清单由云平台提供，不接受人工报送",
                $"pool {pool} is listed by its cloud; nothing is handed in"
            )
        );

    public static Conflict Older(InventoryRun run) =>
        new(
            "inventory.older",
            ($"已有更新的清单（盘点 {run.Id}）", $"a newer list was taken already, by run {run.Id}")
        );

    public static Forbidden WrongRegion() =>
        new("pool.wrongRegion", ("该资源池由其他行政区划管理", "another region decides about this pool (art. 14, 43)"));

    public static Conflict NothingToAccept(InventoryRun run) =>
        new(
            "inventoryRun.nothingToAccept",
            (
                $"盘点 {run.Id} 的结果是 {Words.Camel(run.Outcome)}，只有最近一次缩减的全量盘点可以接受",
                $"run {run.Id} ended {Words.Camel(run.Outcome)}; only the latest full run, if it shrank, can be accepted"
            )
        );
}

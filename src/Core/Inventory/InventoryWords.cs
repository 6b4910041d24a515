using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Inventory;

/// <summary>What a run has to say, in words.</summary>
internal static class InventoryWords
{
    public static Bilingual Shrunk(IReadOnlyList<Shortfall> missing) =>
        (
            $"清单比上次少得多，不据此认定任何资源消失：{string.Join("，", missing.Select(m => $"{KindZh(m.Kind)} {m.Known} 项中缺 {m.Missing} 项"))}；请核实后接受或修复",
            $"the listing is much shorter than the one before and proves nothing gone: {string.Join(", ", missing.Select(m => $"{m.Missing} of {m.Known} {Words.Camel(m.Kind)}"))} missing; accept it or mend the pool"
        );

    /// <summary>A pool's run as a job's look tells it.</summary>
    public static Bilingual Of(InventoryRun run)
    {
        var mode = run.Mode == RunMode.Full ? ("全量", "full") : ("增量", "changes");
        return run.Outcome switch
        {
            RunOutcome.Completed => (
                $"{run.Pool}：{mode.Item1} {run.Counts.Total} 项，新发现 {run.Findings.Opened}，消除 {run.Findings.Closed}",
                $"{run.Pool}: {mode.Item2}, {run.Counts.Total} listed, {run.Findings.Opened} found, {run.Findings.Closed} mended"
            ),
            RunOutcome.Shrunk => ($"{run.Pool}（shrunk）：{run.Reason?.Zh}", $"{run.Pool} (shrunk): {run.Reason?.En}"),
            _ => (
                $"{run.Pool}（brokeOff）：清单中断，不据此认定任何资源消失：{run.Reason?.Zh}",
                $"{run.Pool} (brokeOff): the listing broke off and proves nothing gone: {run.Reason?.En}"
            ),
        };
    }

    private static string KindZh(ItemKind kind) =>
        kind switch
        {
            ItemKind.Server => "云服务器",
            ItemKind.Volume => "云硬盘",
            ItemKind.PublicAddress => "公网地址",
            _ => "网络",
        };
}

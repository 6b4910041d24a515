using System.Globalization;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Findings.Judging;

/// <summary>The words of verdicts, in both languages.</summary>
public static class RuleWords
{
    public static Bilingual TooYoung { get; } =
        ("投入使用未满一个监测周期，不作判定", "in service for less than the whole window: not judged");

    public static Bilingual NoSmaller { get; } =
        ("可订购规格中没有能满足需求的更小规格", "no smaller size on offer would serve");

    public static Bilingual NotStanding { get; } =
        ("正在变更或回收，不作判定", "being changed or reclaimed: not judged");

    public static Bilingual NoApproval { get; } =
        ("未找到批复的规格，不作判定", "no approved size is known: not judged");

    public static Bilingual NotSeenLately { get; } =
        ("资源池近期未盘点，不作判定", "the pool's inventory was not taken of late: not judged");

    /// <summary>What a kind of finding is called.</summary>
    public static Bilingual Of(FindingKind kind) =>
        kind switch
        {
            FindingKind.LowUse => ("低使用率", "low use"),
            FindingKind.Zombie => ("僵尸资源", "zombie"),
            FindingKind.Oversized => ("配置过高", "too large"),
            FindingKind.Undersized => ("配置不足", "too small"),
            FindingKind.Orphan => ("闲置挂件", "attached to nothing"),
            FindingKind.UnknownResource => ("账外资源", "not in the books"),
            FindingKind.Drift => ("账实不符", "not as the books say"),
            FindingKind.IdleVolume => ("闲置云硬盘", "idle volume"),
            FindingKind.IdleAddress => ("闲置公网地址", "idle address"),
            FindingKind.PoweredOff => ("长期关机", "powered off for long"),
            _ => ("与批复不符", "not as approved"),
        };

    /// <summary>What a ground is called.</summary>
    public static Bilingual Of(ZombieGround ground) =>
        ground switch
        {
            ZombieGround.DetachedFromBusiness => ("脱离业务", "detached from business"),
            ZombieGround.Replaceable => ("可被替代", "replaceable"),
            ZombieGround.LongIdle => ("长期闲置", "idle for long"),
            ZombieGround.MaintenanceStopped => ("停止运维", "maintenance stopped"),
            _ => ("使用范围小、频率低", "narrow and rare use"),
        };

    /// <summary>What a closing is called.</summary>
    public static Bilingual Of(ClosingReason reason) =>
        reason switch
        {
            ClosingReason.CleanWindow => ("连续一个监测周期未再出现", "not seen for a whole window"),
            ClosingReason.Superseded => ("由更严重的问题取代", "a stronger finding took its place"),
            ClosingReason.LeftService => ("资源已停止使用", "the resource is out of service"),
            ClosingReason.Mended => ("已与批复一致", "it is as approved again"),
            _ => ("云技术保障部门关闭", "closed by the technical department"),
        };

    /// <summary>One number beside its threshold.</summary>
    public static Bilingual Number(JudgedNumber number)
    {
        var (zh, en, unit) = NameOf(number.Name);
        var value = number.Value is { } v ? Text(v) + unit : null;
        var bound = number.Threshold is { } threshold ? Text(threshold) + unit : null;
        var (sideZh, sideEn) = SideOf(number);
        return value is null ? ($"{zh}未测得", $"{en} was not measured")
            : bound is null ? ($"{zh} {value}", $"{en} {value}")
            : ($"{zh} {value}，{sideZh} {bound}", $"{en} {value}, {sideEn} {bound}");
    }

    public static Bilingual TooLittle(double coverage, double least) =>
        (
            $"监测覆盖率 {Share(coverage)}，低于 {Share(least)}，不作判定",
            $"coverage of {Share(coverage)} is under {Share(least)}: not judged"
        );

    public static Bilingual OffSince(DateOnly day) =>
        ($"自 {day:yyyy-MM-dd} 起一直关机", $"has not run since {day:yyyy-MM-dd}");

    public static Bilingual DetachedSince(DateOnly day) =>
        ($"自 {day:yyyy-MM-dd} 起未挂载或绑定", $"attached or bound to nothing since {day:yyyy-MM-dd}");

    public static Bilingual LeftOut(int servers, Bilingual why) =>
        ($"{servers} 台云服务器未计入：{why.Zh}", $"{servers} server(s) left out: {why.En}");

    public static Bilingual TooFew(double share, double least) =>
        (
            $"可判定的云服务器仅占 vCPU 的 {Share(share)}，低于 {Share(least)}，不作判定",
            $"servers with only {Share(share)} of the vCPUs can be judged, under {Share(least)}: not judged"
        );

    /// <summary>Never rounded up: what is too little must not read as enough.</summary>
    private static string Share(double share) => $"{Text(Math.Round(share * 100, 2, MidpointRounding.ToZero))} %";

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static (string Zh, string En) SideOf(JudgedNumber number) =>
        (number.Speaks(), number.Bound) switch
        {
            (true, Bound.Under) => ("低于", "under"),
            (false, Bound.Under) => ("不低于", "not under"),
            (true, Bound.Over) => ("高于", "over"),
            (false, Bound.Over) => ("不高于", "not over"),
            (true, Bound.AtLeast) => ("达到", "no less than"),
            (false, Bound.AtLeast) => ("未达到", "less than"),
            (true, _) => ("批复为", "approved were"),
            _ => ("与批复一致", "as approved:"),
        };

    private static (string Zh, string En, string Unit) NameOf(string name) =>
        name switch
        {
            "cpuMean" => ("CPU 平均使用率", "mean CPU", " %"),
            "cpuP95" => ("CPU 使用率 p95", "p95 of CPU", " %"),
            "memoryMean" => ("内存平均使用率", "mean memory", " %"),
            "memoryP95" => ("内存使用率 p95", "p95 of memory", " %"),
            "networkBytesPerSecond" => ("平均网络流量", "mean traffic", " B/s"),
            "days" => ("已持续", "for", " d"),
            "vcpus" => ("vCPU", "vCPUs", ""),
            "memoryGiB" => ("内存", "memory", " GiB"),
            _ => ("云服务器", "servers", ""),
        };
}

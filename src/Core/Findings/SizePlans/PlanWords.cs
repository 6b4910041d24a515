using System.Globalization;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Findings.SizePlans;

/// <summary>Why plans leave something out, in words.</summary>
internal static class PlanWords
{
    public static Bilingual NotInService { get; } =
        ("不在服务中，或正在变更", "it is not in service, or is being changed");

    /// <summary>Art. 40: what is charged is days in service, whether a server runs or not.</summary>
    public static Bilingual ChargedByDays { get; } =
        (
            "按服务天数计费（第四十条），关机不减少费用；腾出的是资源池的算力",
            "charges are by days in service (art. 40): switching off saves no yuan, it frees the pool's capacity"
        );

    public static Bilingual Production { get; } =
        (
            "生产系统不制定闲时关机方案",
            "a production system is never switched off; only test and development systems are"
        );

    public static Bilingual NeverIdleLong(OffHoursNumbers numbers) =>
        (
            $"每周都空闲的连续时段不足 {numbers.LeastHours} 小时",
            $"no {numbers.LeastHours} hours on end are idle in every week"
        );

    public static Bilingual AlwaysIdle { get; } =
        (
            "全周空闲：应核实是否为僵尸资源，而不是定时关机",
            "idle all week: it is to be looked at as a zombie, not switched off by the clock"
        );

    public static Bilingual TooYoung(PolicyNumbers numbers) =>
        ($"服务未满 {numbers.WindowDays} 天", $"not yet {numbers.WindowDays} days in service");

    public static Bilingual Holes(int hours) =>
        ($"周使用曲线有 {hours} 个小时没有监测数据", $"{hours} hours of the week profile were not measured");

    public static Bilingual TooLittle(double cpu, double memory, PolicyNumbers numbers) =>
        (
            $"监测覆盖率 CPU {Share(cpu)}、内存 {Share(memory)}，低于 {Share(numbers.LeastCoverage)}",
            $"coverage of CPU {Share(cpu)} and memory {Share(memory)} is under {Share(numbers.LeastCoverage)}"
        );

    /// <summary>Never rounded up: what is too little must not read as enough.</summary>
    public static string Share(double share) =>
        $"{Math.Round(share * 100, 1, MidpointRounding.ToZero).ToString("0.#", CultureInfo.InvariantCulture)} %";
}

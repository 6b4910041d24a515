using CloudManager.Core.Kernel;

namespace CloudManager.Core.Findings.Policies;

/// <summary>Refusals about monitoring policies.</summary>
public static class PolicyRefusals
{
    public static NotFound NotFound(string shown) =>
        new("policy.notFound", ($"没有监测标准 {shown}", $"there is no monitoring policy {shown}"));

    public static Conflict NotDraft(MonitoringPolicy policy) =>
        new(
            "policy.notDraft",
            (
                $"监测标准 {policy.Name} 已批准或已撤回，不可修改",
                $"the monitoring policy {policy.Name} is approved or withdrawn and never changes"
            )
        );

    public static Conflict DayTaken(MonitoringPolicy other) =>
        new(
            "policy.dayTaken",
            ($"监测标准 {other.Name} 也自该日起生效", $"the monitoring policy {other.Name} begins on that day already")
        );

    public static Stale Stale(MonitoringPolicy policy) =>
        new(
            "policy.stale",
            (
                $"监测标准 {policy.Name} 已被他人修改，请重新读取",
                $"the monitoring policy {policy.Name} was changed meanwhile: read it again"
            )
        );

    public static Forbidden NotYourRegion { get; } =
        new(
            "policy.notYourRegion",
            ("只能办理本行政区划的监测标准", "only policies of your own region are yours to handle")
        );
}

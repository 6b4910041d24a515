using System.Globalization;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings;

/// <summary>The reasons of a recommendation, in words.</summary>
internal static class RightSizeWords
{
    private const int HoursOfDay = 24;
    private static readonly string[] Days = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    private static readonly string[] DaysEn = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public static Bilingual Need(string name, double p95, WeekPeak peak) => Need(name, name, p95, peak);

    public static Bilingual Need(string zh, string en, double p95, WeekPeak peak)
    {
        var (day, hour) = (peak.Hour / HoursOfDay, peak.Hour % HoursOfDay);
        return (
            $"{zh} p95 为 {Number(p95)} %，周峰值为 {Number(peak.Percent)} %（{Days[day]} {hour:00} 时）",
            $"{en}: p95 {Number(p95)} %, weekly peak {Number(peak.Percent)} % ({DaysEn[day]} {hour:00}:00)"
        );
    }

    public static Bilingual Choice(ServerSize size, ServerSize right, Demand demand, double target)
    {
        var (cores, memory) = (Number(demand.Vcpus), Number(demand.MemoryGiB));
        var (was, becomes) = (Name(size), Name(right));
        return demand.Fits(size, target)
            ? (
                $"需求 {cores} 核、{memory} GiB：{becomes} 即可低于 {Number(target)} %，现为 {was}",
                $"needs {cores} cores, {memory} GiB: {becomes} stays under {Number(target)} %, it has {was}"
            )
            : (
                $"需求 {cores} 核、{memory} GiB：{was} 已达到 {Number(target)} %，需要 {becomes}",
                $"needs {cores} cores, {memory} GiB: {was} reaches {Number(target)} %, {becomes} is needed"
            );
    }

    public static Bilingual Saving(decimal? yuan) =>
        yuan switch
        {
            null => ("没有生效的合同价，无法计算节省金额", "no contract price is in force, so no saving is computed"),
            < 0 => (
                $"每月增加 {Money(-yuan.Value)} 元（合同价）",
                $"costs {Money(-yuan.Value)} yuan a month more (contract price)"
            ),
            _ => (
                $"每月节省 {Money(yuan.Value)} 元（合同价）",
                $"saves {Money(yuan.Value)} yuan a month (contract price)"
            ),
        };

    public static Bilingual GivenBack(Resource resource) =>
        ($"退回 {resource.Id} 的全部规格", $"gives back all of {resource.Id}");

    /// <summary>What stands between the recommendation and its doing in this pool.</summary>
    public static IEnumerable<Bilingual> Hindrances(PoolOffer? offer, Spec was, Spec right)
    {
        if (offer is null)
        {
            yield break;
        }

        var pool = offer.Pool;
        if (pool.Kind is PoolKind.Legacy or PoolKind.Industry && ChangeSpec.Grows(was, right))
        {
            yield return (
                $"资源池 {pool.Id} 不再扩容（第十四、十五条）：须申请迁移",
                $"pool {pool.Id} is not expanded (art. 14, 15): it takes a migration"
            );
        }

        if (offer.Find(Capabilities.Resizing) is not { } resizing)
        {
            yield break;
        }

        var why = resizing.Reason is { } reason ? $"（{reason}）" : "";
        var whyEn = resizing.Reason is { } note ? $" ({note})" : "";
        if (!resizing.Orderable)
        {
            yield return (
                $"资源池 {pool.Id} 不能变更规格{why}：须新建并退回原云服务器",
                $"pool {pool.Id} cannot resize{whyEn}: it takes a new server and giving this one back"
            );
        }
        else if (resizing.ByHand)
        {
            yield return ($"变更规格由云服务商人工办理{why}", $"the provider's people do the resize{whyEn}");
        }
        else if (resizing.Reason is not null)
        {
            yield return ($"变更规格的条件{why}", $"the resize is bound{whyEn}");
        }
    }

    public static string Name(ServerSize size) => $"{size.Vcpus}C{size.MemoryGiB}G";

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Money(decimal yuan) => yuan.ToString("#,##0.00", CultureInfo.InvariantCulture);
}

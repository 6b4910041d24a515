using System.Net;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>
/// Holds what people say they made against what was ordered (art. 19(4), 20): an order whose resources are another size is
/// not done.
/// </summary>
internal sealed class MadeRules(ProvisioningTask task, Resource resource, string path, Check check)
{
    public const int LongestEvidence = 4000;
    private const int LongestNativeId = 200;
    private const int MostAddresses = 16;

    /// <summary>Whether it must be said what really runs afterwards.</summary>
    public static bool NeedsWord(TaskKind does) => Creates(does) || Sizes(does);

    public static bool Deletes(TaskKind does) =>
        does is TaskKind.DeleteServer or TaskKind.DeleteVolume or TaskKind.DeleteAddress or TaskKind.DeleteNetwork;

    /// <summary>Something else in the pool has this identifier.</summary>
    public static void Used(string path, string native, ResourceId? by, Check check) =>
        check.Fault(
            path,
            native,
            by is null
                ? ("每个云资源一个编号", "an identifier of its own for each resource")
                : ($"本资源池未使用的编号；它已是 {by}", $"an identifier nothing in this pool has; it is {by}"),
            "byHand.nativeIdUsed"
        );

    public void Examine(MadeByHand word)
    {
        ExamineNative(word.NativeId);
        ExamineAddresses(word.Addresses);
        var wanted = task.Wanted ?? resource.Spec;
        var sized = NeedsWord(task.Does);
        var server = resource.Kind == ItemKind.Server;
        Size("vcpus", word.Vcpus, wanted.Vcpus, sized && server);
        Size("memoryGiB", word.MemoryGiB, wanted.MemoryGiB, sized && server);
        Size("sizeGiB", word.SizeGiB, wanted.SizeGiB, sized && resource.Kind == ItemKind.Volume);
        Size(
            "bandwidthMbps",
            word.BandwidthMbps,
            wanted.BandwidthMbps,
            sized && resource.Kind == ItemKind.PublicAddress
        );
    }

    private static bool Creates(TaskKind does) =>
        does is TaskKind.CreateNetwork or TaskKind.CreateServer or TaskKind.CreateVolume or TaskKind.CreateAddress;

    private static bool Sizes(TaskKind does) =>
        does is TaskKind.ResizeServer or TaskKind.RevertResize or TaskKind.ExtendVolume or TaskKind.SetBandwidth;

    private void ExamineNative(string? native)
    {
        if (Creates(task.Does))
        {
            check.Text($"{path}nativeId", native, LongestNativeId);
        }
        else if (native is not null && native != resource.NativeId?.Value)
        {
            check.Fault(
                $"{path}nativeId",
                native,
                ($"不填，或现有编号 {resource.NativeId}", $"absent, or its identifier {resource.NativeId}"),
                "byHand.differs"
            );
        }
    }

    private void ExamineAddresses(IReadOnlyList<string>? addresses)
    {
        var most =
            !Creates(task.Does) ? 0
            : resource.Kind == ItemKind.Server ? MostAddresses
            : resource.Kind == ItemKind.PublicAddress ? 1
            : 0;
        var count = addresses?.Count ?? 0;
        if (count > most || (most > 0 && count == 0))
        {
            check.Fault(
                $"{path}addresses",
                count,
                most == 0
                    ? ("不填：本行不使用此字段", "absent: this row does not use it")
                    : ($"1 至 {most} 个地址", $"1 to {most} address(es)"),
                "byHand.address"
            );
            return;
        }

        for (var i = 0; i < count; i++)
        {
            var address = addresses![i];
            var parsed = IPAddress.TryParse(address, out var known) ? known.ToString() : null;
            // Short forms such as 10.1 are read each in their own way.
            if (
                !string.Equals(parsed, address, StringComparison.OrdinalIgnoreCase)
                || addresses.Take(i).Contains(address)
            )
            {
                check.Fault(
                    $"{path}addresses[{i}]",
                    address,
                    ("不重复的 IPv4 或 IPv6 地址", "an IPv4 or IPv6 address in full, each once"),
                    "byHand.address"
                );
            }
        }
    }

    private void Size(string member, int? runs, int? ordered, bool isRequired)
    {
        if ((runs is null && isRequired && ordered is not null) || (runs is not null && runs != ordered))
        {
            check.Fault(
                path + member,
                runs,
                ordered is null
                    ? ("不填：本行不使用此字段", "absent: this row does not use it")
                    : (
                        $"订购的 {ordered}；规格不符时请修正或办理失败",
                        $"{ordered}, as ordered; mend it or fail the order"
                    ),
                "byHand.differs"
            );
        }
    }
}

using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>Checks what a resource shall become: members not given stay as they are. A volume never shrinks (art. 20).</summary>
internal sealed class ChangeSpec(RequestLine line, CatalogueItem? item, PoolOffer offer, Check check)
{
    /// <summary>Whether any size asked is larger than what there is.</summary>
    public static bool Grows(Spec was, Spec asked) =>
        asked.Vcpus > (was.Vcpus ?? 0)
        || asked.MemoryGiB > (was.MemoryGiB ?? 0)
        || asked.SizeGiB > (was.SizeGiB ?? 0)
        || asked.BandwidthMbps > (was.BandwidthMbps ?? 0);

    public Spec Examine(Spec asked, string path)
    {
        var was = line.Spec.Alone;
        SpecRules.RefuseForeignMembers(asked, line.Kind, path, check);
        Stays($"{path}.image", asked.Image, was.Image);
        Stays($"{path}.cidr", asked.Cidr, was.Cidr);
        Stays($"{path}.network", asked.Network, null);
        Stays($"{path}.attachTo", asked.AttachTo, null);
        var wanted = was with
        {
            Vcpus = asked.Vcpus ?? was.Vcpus,
            MemoryGiB = asked.MemoryGiB ?? was.MemoryGiB,
            SizeGiB = asked.SizeGiB ?? was.SizeGiB,
            BandwidthMbps = asked.BandwidthMbps ?? was.BandwidthMbps,
            Description = asked.Description ?? was.Description,
        };
        ExamineKind(asked, wanted, path);
        if (wanted == was)
        {
            check.Fault(
                path,
                null,
                ("与现有规格不同的规格", "a spec that differs from what there is"),
                "change.nothing"
            );
        }

        return wanted;
    }

    private void ExamineKind(Spec asked, Spec wanted, string path)
    {
        switch (line.Kind)
        {
            case ItemKind.Server:
                ExamineServer(asked, wanted, path);
                break;
            case ItemKind.Volume:
                ExamineVolume(wanted, path);
                break;
            case ItemKind.PublicAddress:
                Within($"{path}.bandwidthMbps", wanted.BandwidthMbps, item?.Limits.BandwidthMbps);
                break;
            case ItemKind.Manual:
                SpecRules.ExamineByHand(wanted, path, check);
                check.OptionalText($"{path}.description", wanted.Description, 2000, lines: true);
                break;
            default:
                break;
        }
    }

    private void ExamineServer(Spec asked, Spec wanted, string path)
    {
        Stays($"{path}.sizeGiB", asked.SizeGiB, line.Spec.SizeGiB);
        if (item?.FixedSpec is { } given)
        {
            Stays($"{path}.vcpus", asked.Vcpus, given.Vcpus);
            Stays($"{path}.memoryGiB", asked.MemoryGiB, given.MemoryGiB);
        }

        Within($"{path}.vcpus", wanted.Vcpus, item?.Limits.Vcpus);
        Within($"{path}.memoryGiB", wanted.MemoryGiB, item?.Limits.MemoryGiB);
        if (wanted is { Vcpus: >= 1 and var vcpus, MemoryGiB: >= 1 and var memory })
        {
            SpecRules.ExamineFlavour(new ServerSize(vcpus, memory), line.Item, offer, path, check);
        }
    }

    private void ExamineVolume(Spec wanted, string path)
    {
        if (wanted.SizeGiB < line.Spec.SizeGiB)
        {
            check.Fault(
                $"{path}.sizeGiB",
                wanted.SizeGiB,
                (
                    $"不小于现有的 {line.Spec.SizeGiB} GiB：云硬盘不能缩小",
                    $"at least {line.Spec.SizeGiB}: a volume never shrinks"
                ),
                "volume.shrinks"
            );
            return;
        }

        Within($"{path}.sizeGiB", wanted.SizeGiB, item?.Limits.SizeGiB);
    }

    /// <summary>An item that is no longer in the catalogue has no bounds of its own but those of sense.</summary>
    private void Within(string path, int? value, IReadOnlyList<int>? limits) =>
        SpecRules.Within(check, path, value, limits ?? [1, int.MaxValue]);

    private void Stays(string path, object? asked, object? was)
    {
        if (asked is not null && !asked.Equals(was))
        {
            check.Fault(path, asked, ($"不填，或现有的 {was}", $"absent, or what there is: {was}"));
        }
    }
}

using CloudManager.Adapters.Sdk;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings.Judging;

/// <summary>The size of a server that was approved last.</summary>
/// <param name="Size">Cores and memory.</param>
/// <param name="Request">The request whose approval it is.</param>
public sealed record ApprovedSize(ServerSize Size, RequestId Request);

/// <summary>
/// Not as approved (与批复不符, art. 19, 22): the size in the cloud, where the inventory saw another than the books say,
/// else that in the books, differs from the one that the approved request or change names. It shows at once and has no
/// window.
/// </summary>
internal static class NotAsApproved
{
    private const FindingKind Kind = FindingKind.NotAsApproved;

    public static RuleVerdict Judge(Resource server, ApprovedSize? approved, LastingFacts? resized)
    {
        if (server.State != ResourceState.InService)
        {
            return Ruling.NotApplicable(Kind, RuleWords.NotStanding);
        }

        if (approved is null)
        {
            return Ruling.Unknown(Kind, RuleWords.NoApproval);
        }

        if (resized is { IsFresh: false })
        {
            return Ruling.Unknown(Kind, RuleWords.NotSeenLately);
        }

        var cloud = resized?.Finding.Evidence.Cloud;
        var vcpus = cloud?.Vcpus ?? server.Spec.Vcpus ?? 0;
        var memory = cloud?.MemoryGiB ?? server.Spec.MemoryGiB ?? 0;
        var (cores, gibs) = (vcpus.CompareTo(approved.Size.Vcpus), memory.CompareTo(approved.Size.MemoryGiB));
        JudgedNumber[] numbers =
        [
            new("vcpus", vcpus, approved.Size.Vcpus, Bound.Unlike, null),
            new("memoryGiB", memory, approved.Size.MemoryGiB, Bound.Unlike, null),
        ];
        return new RuleVerdict(Kind, Verdict.Determined, cores != 0 || gibs != 0)
        {
            Detail = DetailOf(cores, gibs),
            Numbers = numbers,
            Reasons = [.. numbers.Select(RuleWords.Number)],
            Basis = resized?.Finding,
        };
    }

    private static FindingDetail? DetailOf(int cores, int gibs) =>
        (Math.Sign(cores) + Math.Sign(gibs), cores, gibs) switch
        {
            (_, 0, 0) => null,
            (> 0, _, _) => FindingDetail.Larger,
            (< 0, _, _) => FindingDetail.Smaller,
            _ => FindingDetail.Other,
        };
}

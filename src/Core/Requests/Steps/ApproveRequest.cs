using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests.Steps;

/// <summary>The review opinion (art. 19(2)): approved as asked, or with lines that shrink.</summary>
public sealed class ApproveRequest(AdjustLines adjust, IPools pools) : IRequestStep
{
    public RequestAction Action => RequestAction.Approve;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        if (step.Input.Lines is null)
        {
            // What is in service may have moved on since it was submitted; what is new is examined when it is ordered.
            return step.Request.Type == RequestType.Provision
                ? StillOffered(step.Request)
                : await adjust.ReplaceAsync(step, null, cancellationToken);
        }

        var adjusted = await adjust.ReplaceAsync(step, step.Input.Lines, cancellationToken);
        if (adjusted.Refusal is not null)
        {
            return adjusted;
        }

        var check = new Check();
        for (var i = 0; i < adjusted.Value.Lines.Count; i++)
        {
            Examine(adjusted.Value.Lines[i], step.Request.Lines, $"lines[{i}]", check);
        }

        return check.IsClean ? adjusted : check.Refusal("request.linesGrown");
    }

    /// <summary>What the pools can no longer do is not approved.</summary>
    private Result<ServiceRequest> StillOffered(ServiceRequest request)
    {
        var check = new Check();
        CapabilityRules.Stand(pools, request.Lines, check);
        return check.IsClean ? request : check.Refusal("request.invalid");
    }

    private static void Examine(RequestLine line, IReadOnlyList<RequestLine> asked, string path, Check check)
    {
        var before = asked.FirstOrDefault(l =>
            l.No == line.No
            && l.Item == line.Item
            && l.Pool == line.Pool
            && l.Resource == line.Resource
            && l.Remove == line.Remove
        );
        if (before is null)
        {
            check.Fault(
                path,
                line.Item,
                ("申请中的行（按行号、目录项和资源池对应）", "a line of the request, by number, item and pool")
            );
            return;
        }

        if (line.Was is { } was)
        {
            ExamineChange(line.Spec, (was, before.Spec), $"{path}.spec", check);
            return;
        }

        AtMost($"{path}.quantity", line.Quantity, before.Quantity, check);
        AtMost($"{path}.spec.vcpus", line.Spec.Vcpus, before.Spec.Vcpus, check);
        AtMost($"{path}.spec.memoryGiB", line.Spec.MemoryGiB, before.Spec.MemoryGiB, check);
        AtMost($"{path}.spec.sizeGiB", line.Spec.SizeGiB, before.Spec.SizeGiB, check);
        AtMost($"{path}.spec.bandwidthMbps", line.Spec.BandwidthMbps, before.Spec.BandwidthMbps, check);
    }

    /// <summary>A change is approved as asked or by a part of the way from what there is.</summary>
    private static void ExamineChange(Spec spec, (Spec Was, Spec Asked) by, string path, Check check)
    {
        Between($"{path}.vcpus", spec.Vcpus, (by.Was.Vcpus, by.Asked.Vcpus), check);
        Between($"{path}.memoryGiB", spec.MemoryGiB, (by.Was.MemoryGiB, by.Asked.MemoryGiB), check);
        Between($"{path}.sizeGiB", spec.SizeGiB, (by.Was.SizeGiB, by.Asked.SizeGiB), check);
        Between($"{path}.bandwidthMbps", spec.BandwidthMbps, (by.Was.BandwidthMbps, by.Asked.BandwidthMbps), check);
    }

    private static void Between(string path, int? value, (int? Was, int? Asked) by, Check check)
    {
        var (low, high) = by.Was <= by.Asked ? by : (by.Asked, by.Was);
        if (value < low || value > high)
        {
            check.Fault(
                path,
                value,
                ($"{low} 至 {high}", $"from {low} to {high}, between what there is and what was asked")
            );
        }
    }

    private static void AtMost(string path, int? value, int? limit, Check check)
    {
        if (value > limit)
        {
            check.Fault(path, value, ($"不大于申请的 {limit}", $"at most the {limit} asked for"));
        }
    }
}

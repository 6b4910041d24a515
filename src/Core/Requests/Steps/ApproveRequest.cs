using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests.Steps;

/// <summary>The review opinion (art. 19(2)): approved as asked, or with lines that shrink.</summary>
public sealed class ApproveRequest(AdjustLines adjust) : IRequestStep
{
    public RequestAction Action => RequestAction.Approve;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        if (step.Input.Lines is null)
        {
            return step.Request;
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

    private static void Examine(RequestLine line, IReadOnlyList<RequestLine> asked, string path, Check check)
    {
        var before = asked.FirstOrDefault(l => l.No == line.No && l.Item == line.Item && l.Pool == line.Pool);
        if (before is null)
        {
            check.Fault(
                path,
                line.Item,
                ("申请中的行（按行号、目录项和资源池对应）", "a line of the request, by number, item and pool")
            );
            return;
        }

        AtMost($"{path}.quantity", line.Quantity, before.Quantity, check);
        AtMost($"{path}.spec.vcpus", line.Spec.Vcpus, before.Spec.Vcpus, check);
        AtMost($"{path}.spec.memoryGiB", line.Spec.MemoryGiB, before.Spec.MemoryGiB, check);
        AtMost($"{path}.spec.sizeGiB", line.Spec.SizeGiB, before.Spec.SizeGiB, check);
        AtMost($"{path}.spec.bandwidthMbps", line.Spec.BandwidthMbps, before.Spec.BandwidthMbps, check);
    }

    private static void AtMost(string path, int? value, int? limit, Check check)
    {
        if (value > limit)
        {
            check.Fault(path, value, ($"不大于申请的 {limit}", $"at most the {limit} asked for"));
        }
    }
}

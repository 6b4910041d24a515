using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Provisioning;

/// <summary>Every expected no about tasks that wait for a person.</summary>
public static class TaskRefusals
{
    public static NotFound NotFound(string id) =>
        new("task.notFound", ($"没有编排任务 {id}", $"there is no provisioning task {id}"));

    public static Conflict WrongState(ProvisioningTask task) =>
        new(
            "task.wrongState",
            (
                $"任务 {task.Id} 处于 {Words.Camel(task.State)}，不需人工处理",
                $"task {task.Id} is in state {Words.Camel(task.State)}; it waits for no person"
            )
        );

    public static Conflict NotByHand(ProvisioningTask task) =>
        new(
            "task.notByHand",
            (
                $"任务 {task.Id} 不能单独人工办结",
                $"task {task.Id} is not one that people complete by itself; complete its order"
            )
        );

    public static Conflict HasEnded(ProvisioningTask task) =>
        new("task.ended", ($"任务 {task.Id} 已结束", $"task {task.Id} has ended"));

    public static Conflict NotFitting(ProvisioningTask task, PersonsFinding finding) =>
        new(
            "task.outcomeNotFitting",
            (
                $"{Words.Camel(finding)} 不适用于任务 {task.Id}（{Words.Camel(task.Kind)}）",
                $"{Words.Camel(finding)} does not fit task {task.Id} ({Words.Camel(task.Kind)})"
            )
        );

    public static Conflict Known(NativeId found, ResourceId resource) =>
        new("task.known", ($"{found} 已是 {resource}", $"{found} is {resource} already"));

    public static Conflict OtherKey(NativeId found, OperationKey key) =>
        new("task.otherKey", ($"{found} 属于另一任务（{key}）", $"{found} was made by another task ({key})"));

    public static Conflict NotSeen(NativeId found, AdapterException failure)
    {
        var words = FailureWords.Of(failure.Kind);
        var request = failure.ProviderRequestId is null ? "" : $" [request {failure.ProviderRequestId}]";
        return new(
            "task.notSeen",
            (
                $"在云平台上未能查到 {found}：{words.Zh}：{failure.Message}{request}",
                $"the cloud does not show {found}: {words.En}: {failure.Message}{request}"
            )
        );
    }

    /// <summary>What is wrong with a person's word itself; null if nothing is.</summary>
    internal static Invalid? Examine(PersonsWord word)
    {
        var check = new Check();
        check.Text("evidence", word.Evidence, 4000, lines: true);
        if (word.Outcome == PersonsFinding.Found)
        {
            check.Text("nativeId", word.NativeId?.Value, 200);
        }
        else if (word.NativeId is { } given)
        {
            check.Fault("nativeId", given.Value, ("不填：仅用于 found", "absent: only for found"));
        }

        return check.IsClean ? null : check.Refusal();
    }
}

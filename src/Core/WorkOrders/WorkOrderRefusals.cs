using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.WorkOrders;

/// <summary>Every expected no about work orders.</summary>
public static class WorkOrderRefusals
{
    public static NotFound NotFound(string id) =>
        new("workOrder.notFound", ($"没有工单 {id}", $"there is no work order {id}"));

    public static Conflict WrongState(WorkOrder order) =>
        new(
            "workOrder.wrongState",
            (
                $"工单 {order.Id} 处于 {Words.Camel(order.State)}",
                $"work order {order.Id} is in state {Words.Camel(order.State)}"
            )
        );

    public static Conflict NothingByHand(WorkOrder order) =>
        new(
            "workOrder.nothingByHand",
            (
                $"工单 {order.Id} 由平台自动完成，无需手工办理",
                $"work order {order.Id} is fulfilled by the platform; nothing is done by hand"
            )
        );

    public static Conflict NotCleaned(WorkOrder order) =>
        new(
            "workOrder.notCleaned",
            (
                $"云使用单位尚未确认数据清理，工单 {order.Id} 不能完成（第二十一条）",
                $"the tenant has not confirmed the clean-up yet; work order {order.Id} cannot be completed (art. 21)"
            )
        );

    public static Conflict OthersAtWork() =>
        new("workOrder.othersAtWork", ("其他工单仍在办理", "another work order of the request is still at work"));
}

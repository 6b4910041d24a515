using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>Tells a provider's people which servers of an ended test they are to stop (art. 19(3)), where nothing is called.</summary>
public sealed class StopsByHand(IPools pools, INotifications notifications, TimeProvider businessTime)
{
    /// <summary>Whether it is theirs to do; then they know.</summary>
    internal async Task<bool> TellAsync(
        ITransaction transaction,
        WorkOrder order,
        IEnumerable<Resource> servers,
        CancellationToken cancellationToken
    )
    {
        if (!pools.IsByHand(order.Pool))
        {
            return false;
        }

        var names = string.Join(", ", servers.Select(s => $"{s.Id} ({s.NativeId})"));
        var notification = new Notification
        {
            Organisation = order.Provider,
            Code = "test.stopByHand",
            Subject = new("workOrder", order.Id.ToString()),
            Text = (
                $"测试期已满，请关停资源池 {order.Pool} 的云服务器：{names}",
                $"the test is over; stop these servers of pool {order.Pool}: {names}"
            ),
            At = businessTime.GetUtcNow(),
        };
        await notifications.TellAsync(transaction, notification, cancellationToken);
        return true;
    }
}

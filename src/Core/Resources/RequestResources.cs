using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Resources;

/// <summary>What a request's steps do to its resources beside orders.</summary>
public sealed class RequestResources(
    IResourceStore resources,
    IWorkOrderStore orders,
    IStopServers stop,
    IServiceIntervals intervals
) : IRequestResources
{
    /// <summary>Art. 40: charging starts on the day the provider completed the order; a day decided later replaces it.</summary>
    public async Task EnterServiceAsync(
        ITransaction transaction,
        RequestId request,
        DateOnly? decided,
        CancellationToken cancellationToken
    )
    {
        var days = await DeliveryDaysAsync(transaction, request, cancellationToken);
        foreach (var resource in await resources.OfRequestAsync(transaction, request, cancellationToken))
        {
            if (resource.State is ResourceState.Delivered or ResourceState.InService)
            {
                var from = decided ?? days.ByLine[resource.Line];
                var served = resource with { State = ResourceState.InService, ServiceStart = from };
                await resources.SaveAsync(transaction, served, cancellationToken);
                await intervals.ServeAsync(transaction, served, new ConfirmedDay(from, request), cancellationToken);
                transaction.Record(
                    new(
                        "resource.enterService",
                        new("resource", resource.Id.ToString()),
                        new { resource.State, resource.ServiceStart },
                        new { served.State, served.ServiceStart }
                    )
                );
            }
        }
    }

    /// <summary>Art. 19(3): what was tested is stopped and kept.</summary>
    public async Task StopTestAsync(
        ITransaction transaction,
        ServiceRequest request,
        CancellationToken cancellationToken
    )
    {
        foreach (var resource in await resources.OfRequestAsync(transaction, request.Id, cancellationToken))
        {
            if (resource.State == ResourceState.Testing)
            {
                var ended = resource with { State = ResourceState.TestEnded };
                await resources.SaveAsync(transaction, ended, cancellationToken);
            }
        }

        await stop.StopAsync(transaction, request.Id, cancellationToken);
    }

    public async Task<DeliveryDays> DeliveryDaysAsync(
        ITransaction transaction,
        RequestId request,
        CancellationToken cancellationToken
    )
    {
        var deliveries = (await orders.OfRequestAsync(transaction, request, cancellationToken))
            .Where(o => o.Kind == WorkOrderKind.Delivery && o.EndedAt is not null)
            .ToList();
        var completed = new Dictionary<int, DateOnly>();
        foreach (var order in deliveries.OrderBy(o => o.EndedAt))
        {
            foreach (var line in order.CompletedLines)
            {
                completed[line] = China.Day(order.EndedAt!.Value);
            }
        }

        return new DeliveryDays(China.Day(deliveries.Min(o => o.IssuedAt)), completed);
    }
}

/// <summary>Stops the servers of a test that ended. Implemented by Provisioning.</summary>
public interface IStopServers
{
    Task StopAsync(ITransaction transaction, RequestId request, CancellationToken cancellationToken);
}

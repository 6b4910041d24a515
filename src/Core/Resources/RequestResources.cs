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
    /// <summary>
    /// Art. 40: charging starts on the day the provider completed the order; a day decided later replaces it. What a
    /// change brought to another size serves at that size from its day, what it removed ends on it (art. 20).
    /// </summary>
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
            if (resource.State == ResourceState.Delivered || resource.ServiceStart is not null)
            {
                var day = new ConfirmedDay(decided ?? days.ByLine[resource.Line], request);
                var state = resource.State == ResourceState.Delivered ? ResourceState.InService : resource.State;
                var served = resource with { State = state, ServiceStart = day.Day };
                await SaveAsync(transaction, resource, served, cancellationToken);
                await intervals.ServeAsync(transaction, served, day, cancellationToken);
            }
        }

        foreach (var (line, resource) in await ChangedAsync(transaction, request, days, cancellationToken))
        {
            var day = new ConfirmedDay(decided ?? days.ByLine[line.No], request);
            await (
                line.Remove
                    ? EndAsync(transaction, resource, day, cancellationToken)
                    : ChangeAsync(transaction, (line, resource), day, cancellationToken)
            );
        }
    }

    public async Task EndServiceAsync(
        ITransaction transaction,
        RequestId request,
        DateOnly? on,
        CancellationToken cancellationToken
    )
    {
        var days = await DeliveryDaysAsync(transaction, request, cancellationToken);
        foreach (var (line, resource) in await ChangedAsync(transaction, request, days, cancellationToken))
        {
            if (line.Remove)
            {
                var reclaimed = days.ByLine[line.No];
                var day = on < reclaimed ? on.Value : reclaimed;
                await EndAsync(transaction, resource, new ConfirmedDay(day, request), cancellationToken);
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
            .Where(o => Delivers(o) && o.EndedAt is not null)
            .ToList();
        var completed = new Dictionary<int, DateOnly>();
        foreach (var order in deliveries.OrderBy(o => o.EndedAt))
        {
            foreach (var line in order.CompletedLines)
            {
                // What was changed or removed stays so, also if the rest of its order had to be issued again.
                if (order.Kind == WorkOrderKind.Delivery || !completed.ContainsKey(line))
                {
                    completed[line] = China.Day(order.EndedAt!.Value);
                }
            }
        }

        return new DeliveryDays(China.Day(deliveries.Select(o => o.IssuedAt).DefaultIfEmpty().Min()), completed);
    }

    /// <summary>Whether a confirmation is about it: a delivery, a change, or the reclaim of a deregistration.</summary>
    private static bool Delivers(WorkOrder order) =>
        order.Kind is WorkOrderKind.Delivery or WorkOrderKind.Change || order.EndsService;

    /// <summary>The resources in service that the request's completed lines changed or removed.</summary>
    private async Task<IReadOnlyList<(RequestLine Line, Resource Resource)>> ChangedAsync(
        ITransaction transaction,
        RequestId request,
        DeliveryDays days,
        CancellationToken cancellationToken
    )
    {
        var all = await orders.OfRequestAsync(transaction, request, cancellationToken);
        var lines = all.Where(Delivers)
            .SelectMany(o => o.Lines)
            .Where(l => days.ByLine.ContainsKey(l.No))
            .DistinctBy(l => l.No);
        return await resources.NamedByAsync(transaction, lines, cancellationToken);
    }

    /// <summary>Serves at the new size from the day on; a day said anew finds the resource where it is by then.</summary>
    private async Task ChangeAsync(
        ITransaction transaction,
        (RequestLine Line, Resource Resource) changed,
        ConfirmedDay since,
        CancellationToken cancellationToken
    )
    {
        var (line, resource) = changed;
        var order = await orders.FindAsync(transaction, resource.WorkOrder, cancellationToken);
        if (resource.State == ResourceState.Changing && order!.Request == since.By)
        {
            var back = resource with { State = ResourceState.InService };
            await SaveAsync(transaction, resource, back, cancellationToken);
        }

        await intervals.ServeAsync(transaction, resource with { Spec = line.Spec.Alone }, since, cancellationToken);
    }

    private async Task EndAsync(
        ITransaction transaction,
        Resource before,
        ConfirmedDay on,
        CancellationToken cancellationToken
    )
    {
        var after = before with { State = ResourceState.Ended, ServiceEnd = on.Day };
        await SaveAsync(transaction, before, after, cancellationToken);
        await intervals.EndAsync(transaction, after, on, cancellationToken);
    }

    private async Task SaveAsync(
        ITransaction transaction,
        Resource before,
        Resource after,
        CancellationToken cancellationToken
    )
    {
        await resources.SaveAsync(transaction, after, cancellationToken);
        transaction.Record(
            new(
                after.ServiceEnd is null ? "resource.enterService" : "resource.endService",
                new("resource", after.Id.ToString()),
                new
                {
                    before.State,
                    before.ServiceStart,
                    before.ServiceEnd,
                },
                new
                {
                    after.State,
                    after.ServiceStart,
                    after.ServiceEnd,
                }
            )
        );
    }
}

/// <summary>Stops the servers of a test that ended. Implemented by Provisioning.</summary>
public interface IStopServers
{
    Task StopAsync(ITransaction transaction, RequestId request, CancellationToken cancellationToken);
}

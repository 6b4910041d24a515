using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>Plans the stop of the servers of a test whose 30 days are over (art. 19(3)), under their test orders.</summary>
public sealed class StopServers(
    IResourceStore resources,
    IWorkOrderStore orders,
    (ITaskStore Tasks, ICounters Counters) books,
    (Installation Installation, MachineClock Clock) machine,
    StopsByHand byHand
) : IStopServers
{
    public async Task StopAsync(ITransaction transaction, RequestId request, CancellationToken cancellationToken)
    {
        var ended = (await resources.OfRequestAsync(transaction, request, cancellationToken))
            .Where(r => r is { Kind: ItemKind.Server, State: ResourceState.TestEnded })
            .ToLookup(r => r.WorkOrder);
        foreach (var servers in ended)
        {
            var order = (await orders.FindAsync(transaction, servers.Key, cancellationToken))!;
            if (await byHand.TellAsync(transaction, order, servers, cancellationToken))
            {
                continue;
            }

            var plan = new Plan(order, machine.Installation, machine.Clock.Now);
            foreach (var server in servers)
            {
                plan.Add(TaskKind.StopServer, server, []);
            }

            var first = await books.Counters.TakeAsync(transaction, TaskId.Prefix, plan.Count, cancellationToken);
            var rows = plan.Rows(first, cleansUp: false).Where(t => t.Kind != TaskKind.Conclude);
            await books.Tasks.AddAsync(transaction, [.. rows], cancellationToken);
        }
    }
}

using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Inventory.Takeovers;

/// <summary>The stores a taking over writes to.</summary>
public sealed record TakeoverBooks(
    IRequestStore Requests,
    IWorkOrderStore Orders,
    IResourceStore Resources,
    ITakeoverStore Takeovers,
    ICounters Counters
);

/// <summary>
/// Enters what is taken over (纳管, art. 14) in the books: one request in state delivered, a delivery order per pool that
/// stands as completed, and the resources, measured from now on and charged from the day the tenant confirms.
/// </summary>
public sealed class RegisterTakeover(
    TakeoverBooks books,
    Deadlines deadlines,
    NoteFindings note,
    INotifications notifications,
    TimeProvider businessTime
)
{
    public async Task<ServiceRequest> ExecuteAsync(
        ITransaction transaction,
        Actor by,
        (InformationSystem System, Organisation Tenant) owner,
        IReadOnlyList<TakeoverPlan> plans,
        CancellationToken cancellationToken
    )
    {
        var request = await RequestAsync(transaction, by, owner, plans, cancellationToken);
        await books.Requests.AddAsync(transaction, request, cancellationToken);
        transaction.Record(
            new(
                "takeover.create",
                new("request", request.Id.ToString()),
                null,
                new
                {
                    request.State,
                    request.System,
                    request.Tenant,
                    request.Reason,
                    request.Lines,
                }
            )
        );
        var line = 0;
        foreach (var pool in plans.Select(p => p.Pool).DistinctBy(p => p.Id))
        {
            var order = await OrderAsync(transaction, request, pool, by.Account, cancellationToken);
            foreach (var plan in plans.Where(p => p.Pool.Id == pool.Id))
            {
                await ResourcesAsync(transaction, order, plan, line + 1, cancellationToken);
                line += plan.Parts.Count + 1;
            }
        }

        await CloseAsync(transaction, plans, cancellationToken);
        await notifications.TellAsync(transaction, TakeoverWords.Delivered(request), cancellationToken);
        return request;
    }

    private async Task<ServiceRequest> RequestAsync(
        ITransaction transaction,
        Actor by,
        (InformationSystem System, Organisation Tenant) owner,
        IReadOnlyList<TakeoverPlan> plans,
        CancellationToken cancellationToken
    )
    {
        var now = businessTime.GetUtcNow();
        var papers = string.Join("；", plans.Select(p => p.Paper).Distinct());
        var request = new ServiceRequest
        {
            Id = new(await books.Counters.TakeAsync(transaction, RequestId.Prefix, 1, cancellationToken)),
            Type = RequestType.Takeover,
            State = RequestState.Delivered,
            Tenant = owner.Tenant.Code,
            Region = owner.Tenant.Region,
            System = owner.System.Code,
            Reason = papers.Length > 2000 ? $"{papers[..1999]}…" : papers,
            Lines = LinesOf(plans),
            Order = OrderStanding.Completed,
            CreatedAt = now,
            History = [new(now, by.Account, by.Organisation?.Code, RequestAction.Create, null)],
        };
        return request with { Deadlines = [deadlines.Start(Deadlines.Confirm, request, now)] };
    }

    /// <summary>Line by line as the resources are numbered: by pool, each server before its parts.</summary>
    private static IReadOnlyList<RequestLine> LinesOf(IReadOnlyList<TakeoverPlan> plans)
    {
        var lines = new List<RequestLine>();
        foreach (var plan in plans.GroupBy(p => p.Pool.Id).SelectMany(g => g))
        {
            var server = lines.Count + 1;
            foreach (var taken in plan.All)
            {
                var isPart = taken != plan.Server;
                lines.Add(
                    new RequestLine
                    {
                        No = lines.Count + 1,
                        Item = taken.Item,
                        Kind = taken.Thing.Kind,
                        Quantity = 1,
                        Pool = plan.Pool.Id,
                        Provider = plan.Pool.Provider,
                        Spec = isPart ? taken.Spec with { AttachTo = server } : taken.Spec,
                    }
                );
            }
        }

        return lines;
    }

    private async Task<WorkOrder> OrderAsync(
        ITransaction transaction,
        ServiceRequest request,
        Pools.Pool pool,
        string by,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<RequestLine> lines = [.. request.Lines.Where(l => l.Pool == pool.Id)];
        var order = new WorkOrder
        {
            Id = new(await books.Counters.TakeAsync(transaction, WorkOrderId.Prefix, 1, cancellationToken)),
            Kind = WorkOrderKind.Delivery,
            State = WorkOrderState.Completed,
            Request = request.Id,
            Tenant = request.Tenant,
            System = request.System,
            Region = request.Region,
            Pool = pool.Id,
            Provider = pool.Provider,
            Lines = lines,
            IssuedAt = request.CreatedAt,
            IssuedBy = by,
            EndedAt = request.CreatedAt,
            CompletedLines = [.. lines.Select(l => l.No)],
            Evidence = request.Reason,
        };
        await books.Orders.AddAsync(transaction, order, cancellationToken);
        return order;
    }

    private async Task ResourcesAsync(
        ITransaction transaction,
        WorkOrder order,
        TakeoverPlan plan,
        int line,
        CancellationToken cancellationToken
    )
    {
        var count = plan.Parts.Count + 1;
        var first = await books.Counters.TakeAsync(transaction, ResourceId.Prefix, count, cancellationToken);
        foreach (var (taken, index) in plan.All.Select((t, i) => (t, i)))
        {
            var resource = ResourceOf(order, taken, new ResourceId(first), (line, index));
            await books.Resources.AddAsync(transaction, resource, cancellationToken);
            var record = new TakeoverRecord(resource.Id, order.Request, taken.Thing.Id, taken.Thing.Name, plan.Paper);
            await books.Takeovers.AddAsync(transaction, record, cancellationToken);
            transaction.Record(
                new(
                    "resource.takeOver",
                    new("resource", resource.Id.ToString()),
                    null,
                    new
                    {
                        resource.State,
                        Pool = resource.Pool.Value,
                        NativeId = taken.Thing.Id.Value,
                        resource.Item,
                        resource.Spec,
                        plan.Paper,
                    }
                )
            );
        }
    }

    private static Resource ResourceOf(
        WorkOrder order,
        TakenThing taken,
        ResourceId server,
        (int Line, int Index) place
    ) =>
        new()
        {
            Id = new(server.Number + place.Index),
            Kind = taken.Thing.Kind,
            Tenant = order.Tenant,
            System = order.System,
            Region = order.Region,
            Pool = order.Pool,
            Provider = order.Provider,
            Item = taken.Item,
            Spec = taken.Spec,
            State = ResourceState.Delivered,
            Request = order.Request,
            Line = place.Line + place.Index,
            WorkOrder = order.Id,
            PartOf = place.Index == 0 ? null : server,
            NativeId = taken.Thing.Id,
            Addresses = taken.Thing.Addresses,
            CreatedAt = order.IssuedAt,
        };

    /// <summary>What was unknown is known now.</summary>
    private async Task CloseAsync(
        ITransaction transaction,
        IReadOnlyList<TakeoverPlan> plans,
        CancellationToken cancellationToken
    )
    {
        foreach (var pool in plans.GroupBy(p => p.Pool.Id))
        {
            var judged = pool.SelectMany(p => p.All).Select(t => t.Thing.Id.Value).ToList();
            var judgement = new Judgement(pool.Key, CompareThing.Kinds, judged, []);
            await note.ExecuteAsync(transaction, judgement, cancellationToken);
        }
    }
}

using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Requests;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Api.WorkOrders;

/// <summary>Work orders (工单, art. 19): a provider's own to fulfil, the others' to watch.</summary>
internal sealed class WorkOrdersApi(IBooks books, IWorkOrderStore orders, ITaskStore tasks, FulfilByHand byHand)
    : IStation
{
    private const string List = "work-orders";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/work-orders", ListAsync).By(WorkScope.Readers).Produces<PageView<WorkOrderView>>();
        api.MapGet("/work-orders/{id}", FindAsync).By(WorkScope.Readers).Produces<WorkOrderView>();
        api.MapPost("/work-orders/{id}/complete", CompleteAsync)
            .By(OrganisationKind.Provider)
            .Shows(EvidenceBody.Sample)
            .Produces<WorkOrderView>();
        api.MapPost("/work-orders/{id}/fail", FailAsync)
            .By(OrganisationKind.Provider)
            .Shows(new ReasonBody("资源池容量不足"))
            .Produces<WorkOrderView>();
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        var filter = new WorkOrderFilter
        {
            State = query.Word<WorkOrderState>("state"),
            Request = query.Number("request", RequestId.Prefix) is { } number ? new RequestId(number) : null,
        };
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var scope = WorkScope.Of(caller.Actor);
        var narrow = filter with { Provider = scope.Provider, Tenant = scope.Tenant, Region = scope.Region };
        var found = await books.ReadAsync((t, c) => orders.ListAsync(t, narrow, page, c), cancellationToken);
        return Answers.Of(List, found, o => WorkOrderView.Of(o, null));
    }

    private async Task<IResult> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var view = NumberedId.TryParse(WorkOrderId.Prefix, id, out var number)
            ? await books.ReadAsync((t, c) => ReadAsync(t, caller.Actor, new WorkOrderId(number), c), cancellationToken)
            : null;
        return view is null ? Answers.Refused(WorkOrderRefusals.NotFound(Ids.Shown(id))) : Results.Ok(view);
    }

    private async Task<WorkOrderView?> ReadAsync(
        ITransaction transaction,
        Actor caller,
        WorkOrderId id,
        CancellationToken cancellationToken
    )
    {
        var order = await orders.FindAsync(transaction, id, cancellationToken);
        return order is null || !WorkScope.Of(caller).Shows(order.Provider, order.Tenant, order.Region)
            ? null
            : WorkOrderView.Of(order, await tasks.OfOrderAsync(transaction, id, cancellationToken));
    }

    private Task<IResult> CompleteAsync(
        Caller caller,
        string id,
        EvidenceBody body,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            (caller, id, "workOrder.complete"),
            (t, order, c) => byHand.CompleteAsync(t, caller.Actor, order, body.Read(), c),
            cancellationToken
        );

    private Task<IResult> FailAsync(Caller caller, string id, ReasonBody body, CancellationToken cancellationToken) =>
        ChangeAsync(
            (caller, id, "workOrder.fail"),
            (t, order, c) => byHand.FailAsync(t, caller.Actor, order, body.Reason, c),
            cancellationToken
        );

    private async Task<IResult> ChangeAsync(
        (Caller Caller, string Id, string Action) call,
        Func<ITransaction, WorkOrderId, CancellationToken, Task<Result<WorkOrder>>> change,
        CancellationToken cancellationToken
    )
    {
        var known = NumberedId.TryParse(WorkOrderId.Prefix, call.Id, out var number);
        var changed = await books.ChangeAsync(
            call.Caller.Wants(call.Action, "workOrder", Ids.Shown(call.Id)),
            (transaction, token) =>
                known
                    ? change(transaction, new WorkOrderId(number), token)
                    : Task.FromResult<Result<WorkOrder>>(WorkOrderRefusals.NotFound(Ids.Shown(call.Id))),
            cancellationToken
        );
        return changed.Refusal is { } refusal
            ? Answers.Refused(refusal)
            : await FindAsync(call.Caller, call.Id, cancellationToken);
    }
}

/// <summary>What a provider says when it has done its part of an order.</summary>
/// <param name="Evidence">What shows it.</param>
/// <param name="Statement">
/// That what was destroyed cannot be recovered (art. 21(2)): required for the reclaim of a deregistration, otherwise absent.
/// </param>
/// <param name="Resources">
/// On a pool where nothing is called: what really runs, a row for each resource that is made or changed; otherwise absent.
/// </param>
internal sealed record EvidenceBody(
    string Evidence,
    string? Statement = null,
    IReadOnlyList<MadeBody>? Resources = null
)
{
    public static EvidenceBody Sample { get; } =
        new(
            "交付单 JF-2026-0031",
            Resources:
            [
                new("res-000001", "vm-0107", ["10.20.1.7"], Vcpus: 4, MemoryGiB: 8, Evidence: "验收单 YS-2026-0107"),
            ]
        );

    public Completion Read() => new(Evidence, Statement) { Resources = [.. Resources?.Select(r => r.Read()) ?? []] };
}

/// <summary>What people made of one resource (人工办理).</summary>
/// <param name="Resource">The resource, e.g. <c>res-000001</c>.</param>
/// <param name="NativeId">The provider's identifier of what was made.</param>
/// <param name="Addresses">A server's private addresses; a public address's own.</param>
/// <param name="Vcpus">What a server runs with.</param>
/// <param name="MemoryGiB">What a server runs with.</param>
/// <param name="SizeGiB">A volume's size; a server's system disk.</param>
/// <param name="BandwidthMbps">A public address's bandwidth.</param>
/// <param name="Evidence">The signed paper of this resource; absent: that of the order.</param>
internal sealed record MadeBody(
    string? Resource,
    string? NativeId = null,
    IReadOnlyList<string>? Addresses = null,
    int? Vcpus = null,
    int? MemoryGiB = null,
    int? SizeGiB = null,
    int? BandwidthMbps = null,
    string? Evidence = null
)
{
    public MadeByHand Read() =>
        new()
        {
            Resource = Resource,
            NativeId = NativeId,
            Addresses = Addresses,
            Vcpus = Vcpus,
            MemoryGiB = MemoryGiB,
            SizeGiB = SizeGiB,
            BandwidthMbps = BandwidthMbps,
            Evidence = Evidence,
        };
}

internal sealed record ReasonBody(string Reason);

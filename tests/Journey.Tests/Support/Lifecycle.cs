using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Journey.Tests.Support;

/// <summary>Changes and ends of what is in service, step by step.</summary>
internal static class Lifecycle
{
    /// <summary>What these lines made, in service: delivered and confirmed at the instant.</summary>
    public static async Task<IReadOnlyList<Resource>> ServeAsync(
        this Province province,
        string time,
        params LineInput[] lines
    )
    {
        var id = await province.DeliverAsync(time, lines);
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        return await province.ResourcesAsync(id);
    }

    /// <summary>The line that brings a resource to another size.</summary>
    public static LineInput To(this Resource resource, Spec wanted) =>
        new(null, null, null, wanted) { Resource = resource.Id.ToString() };

    /// <summary>The line that ends a resource.</summary>
    public static LineInput Gone(this Resource resource) =>
        new(null, null, null, null) { Resource = resource.Id.ToString(), Remove = true };

    public static Spec Size(int vcpus, int memoryGiB) => new() { Vcpus = vcpus, MemoryGiB = memoryGiB };

    public static Task<Result<ServiceRequest>> AskAsync(
        this Province province,
        RequestType type,
        params LineInput[] lines
    ) =>
        province.ChangeAsync(
            "request.create",
            (transaction, token) =>
                province
                    .Get<CreateRequest>()
                    .ExecuteAsync(
                        transaction,
                        province.Tenant,
                        new RequestInput(type, "hr-portal", null, "for testing", lines),
                        token
                    )
        );

    /// <summary>A draft that was taken.</summary>
    public static async Task<RequestId> DraftAsync(this Province province, RequestType type, params LineInput[] lines)
    {
        var created = await province.AskAsync(type, lines);
        Assert.True(created.IsDone, $"{created.Refusal} {string.Join("; ", created.Refusal?.Faults ?? [])}");
        return created.Value.Id;
    }

    /// <summary>A change that was submitted and concurred with.</summary>
    public static async Task<RequestId> ConcurredAsync(this Province province, params LineInput[] lines)
    {
        var id = await province.DraftAsync(RequestType.Change, lines);
        await province.DoAsync(province.Tenant, id, RequestAction.Submit);
        await province.DoAsync(province.Technical, id, RequestAction.Concur);
        return id;
    }

    /// <summary>A change whose orders the pools have done what they could about.</summary>
    public static async Task<ServiceRequest> ChangedAsync(this Province province, params LineInput[] lines)
    {
        var id = await province.ConcurredAsync(lines);
        await province.DoAsync(province.Authority, id, RequestAction.Approve);
        await province.DrainAsync();
        return await province.RequestAsync(id);
    }

    /// <summary>A deregistration whose reclaim orders are out.</summary>
    public static async Task<RequestId> BackingUpAsync(this Province province, params LineInput[] lines)
    {
        var id = await province.DraftAsync(RequestType.Deregistration, lines);
        await province.DoAsync(province.Tenant, id, RequestAction.Submit);
        await province.DoAsync(province.Authority, id, RequestAction.Approve);
        await province.DoAsync(province.Technical, id, RequestAction.IssueReclaimOrder);
        return id;
    }

    /// <summary>A deregistration whose backup and clean-up are confirmed, worked on as far as it goes.</summary>
    public static async Task<RequestId> CleanedAsync(this Province province, params LineInput[] lines)
    {
        var id = await province.BackingUpAsync(lines);
        await province.DoAsync(province.Tenant, id, RequestAction.ConfirmBackup);
        await province.DoAsync(province.Tenant, id, RequestAction.ConfirmCleaned);
        await province.DrainAsync();
        return id;
    }

    /// <summary>A deregistration with all gone and the provider's word given.</summary>
    public static async Task<RequestId> ReclaimedAsync(this Province province, params LineInput[] lines)
    {
        var id = await province.CleanedAsync(lines);
        foreach (var order in await province.OrdersAsync(id))
        {
            var by = order.Provider == "provider-a" ? province.ProviderA : province.ProviderB;
            var completed = await province.CompleteAsync(
                by,
                order.Id,
                new("erased, report 7", "nothing can be recovered")
            );
            Assert.True(completed.IsDone, completed.Refusal?.ToString());
        }

        await province.DrainAsync();
        Assert.Equal(RequestState.Reclaimed, (await province.RequestAsync(id)).State);
        return id;
    }

    public static Task<IReadOnlyList<WorkOrder>> OrdersAsync(this Province province, RequestId id) =>
        province.ReadAsync((t, token) => province.Get<IWorkOrderStore>().OfRequestAsync(t, id, token));

    public static Task<Result<WorkOrder>> CompleteAsync(
        this Province province,
        Actor by,
        WorkOrderId id,
        Completion said
    ) =>
        province.ChangeAsync(
            "workOrder.complete",
            (t, token) => province.Get<FulfilByHand>().CompleteAsync(t, by, id, said, token)
        );

    public static async Task<Resource> FindAsync(this Province province, Resource resource) =>
        (await province.ReadAsync((t, token) => province.Get<IResourceStore>().FindAsync(t, resource.Id, token)))!;

    /// <summary>The server as its cloud shows it.</summary>
    public static Task<CloudServer> CloudServerAsync(this Province province, Resource server) =>
        province.Get<IPools>().Open(server.Pool).Servers!.GetAsync(server.NativeId!.Value, CancellationToken.None);

    /// <summary>The volume as its cloud shows it.</summary>
    public static Task<CloudVolume> CloudVolumeAsync(this Province province, Resource volume) =>
        province.Get<IPools>().Open(volume.Pool).Volumes!.GetAsync(volume.NativeId!.Value, CancellationToken.None);

    /// <summary>What the provider's people made, in service: its orders completed by hand at the instant.</summary>
    public static async Task<Resource> ServeByHandAsync(this Province province, string time)
    {
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", ByHand);
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.SayDoneAsync(id);
        province.At(time);
        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "passed" });
        await province.DoAsync(province.Technical, id, RequestAction.Advise, new() { Lines = [ByHand] });
        await province.DoAsync(province.Technical, id, RequestAction.FileAdvice);
        await province.DoAsync(province.Technical, id, RequestAction.IssueDeliveryOrder);
        await province.DrainAsync();
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        return (await province.ResourcesAsync(id))[0];
    }

    /// <summary>The provider says that the request's open orders are done.</summary>
    public static async Task SayDoneAsync(this Province province, RequestId id)
    {
        foreach (var order in (await province.OrdersAsync(id)).Where(o => o.State == WorkOrderState.Issued))
        {
            var said = await province.CompleteAsync(province.ProviderA, order.Id, new("done, report 8", null));
            Assert.True(said.IsDone, said.Refusal?.ToString());
        }

        await province.DrainAsync();
    }

    private static LineInput ByHand => new("sec-waf", 1, null, new() { SizeGiB = 10, Description = "one WAF" });

    /// <summary>What the cores cost in October: first day, days and amount of each line.</summary>
    public static async Task<IEnumerable<string>> VcpusAsync(this Province province)
    {
        province.At("2026-11-01 01:00");
        var lines = await province.LinesAsync("2026-10");
        return lines.Where(l => l.Component == "vcpu").Select(l => $"vcpu {l.From:MM-dd} {l.Days} {l.Amount:F2}");
    }

    /// <summary>The last that an organisation was told under the code.</summary>
    public static async Task<Notification> ToldAsync(this Province province, string organisation, string code)
    {
        var page = new PageRequest(null, 100);
        var told = await province.ReadAsync(
            (t, token) => province.Get<INotifications>().ListAsync(t, organisation, page, token)
        );
        return told.Items.First(n => n.Code == code);
    }
}

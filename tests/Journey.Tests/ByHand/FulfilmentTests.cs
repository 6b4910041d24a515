using CloudManager.Core.Provisioning;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests.ByHand;

/// <summary>What is ordered of a pool that nothing can call is done by its provider's people (art. 19–21).</summary>
public sealed class FulfilmentTests
{
    [Theory, OnBoth]
    public async Task Art19_A_request_becomes_servers_in_service_by_hand_alone(Database on)
    {
        await using var province = await Province.FoundAsync(on, Hands.Manual());
        var id = await TestOrderedAsync(province, Servers(2), Volumes(2), Addresses(1));

        var open = await province.OpenAsync(id);
        Assert.Equal(
            ["CreateServer", "CreateServer", "CreateVolume", "CreateVolume", "CreateAddress"],
            open.Select(o => $"{o.Task.InsteadOf}")
        );
        await province.AllByHandAsync(id);
        Assert.Equal(RequestState.Testing, (await province.RequestAsync(id)).State);
        var made = await province.ResourcesAsync(id);
        Assert.Equal(["n-1", "n-2", "n-3", "n-4", "n-5"], made.Select(r => r.NativeId?.Value));
        Assert.Equal(["10.20.0.1", "10.20.0.2", "203.0.113.5"], made.SelectMany(r => r.Addresses));
        Assert.All(made, r => Assert.Equal(ResourceState.Testing, r.State));

        // One server fewer and larger, one volume fewer and larger, as over an interface.
        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "passed" });
        var lines = new ActionInput { Lines = [Servers(1, 8, 16), Volumes(1, 200), Addresses(1)] };
        await province.DoAsync(province.Technical, id, RequestAction.Advise, lines);
        await province.DoAsync(province.Technical, id, RequestAction.FileAdvice);
        await province.DoAsync(province.Technical, id, RequestAction.IssueDeliveryOrder);
        open = await province.OpenAsync(id);
        Assert.Equal(
            [
                "DeleteServer res-000002",
                "DeleteVolume res-000004",
                "ExtendVolume res-000003",
                "ResizeServer res-000001",
            ],
            open.Select(o => $"{o.Task.InsteadOf} {o.Resource!.Id}").Order()
        );
        await province.AllByHandAsync(id);
        Assert.Equal(RequestState.Delivered, (await province.RequestAsync(id)).State);
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        var served = (await province.ResourcesAsync(id)).Where(r => r.State == ResourceState.InService).ToList();
        Assert.Equal([1L, 3L, 5L], served.Select(r => r.Id.Number));
        Assert.Equal((8, 16, 200), (served[0].Spec.Vcpus, served[0].Spec.MemoryGiB, served[1].Spec.SizeGiB));
    }

    [Theory, OnBoth]
    public async Task Single_tasks_are_completed_one_by_one_and_the_last_ends_the_order(Database on)
    {
        await using var province = await Province.FoundAsync(on, Hands.Manual());
        var id = await TestOrderedAsync(province, Servers(2));
        var open = await province.OpenAsync(id);

        var first = await province.SayAsync(open[0].Task, Hands.Word(open[0].Task, open[0].Resource!));
        Assert.True(first.IsDone, first.Refusal?.ToString());
        await province.DrainAsync();
        Assert.Equal(WorkOrderState.Issued, (await province.OrdersAsync(id))[0].State);
        Assert.Equal("task.ended", (await province.SayAsync(open[0].Task, new() { Evidence = "again" })).Refusal?.Code);
        await province.SayAsync(open[1].Task, Hands.Word(open[1].Task, open[1].Resource!));
        await province.DrainAsync();

        Assert.Equal(WorkOrderState.Completed, (await province.OrdersAsync(id))[0].State);
        var tasks = await province.ReadAsync((t, c) => province.Get<ITaskStore>().OfOrderAsync(t, open[0].Order.Id, c));
        Assert.Equal(["paper 1", "paper 2", null], tasks.Select(t => t.Evidence));
    }

    [Fact]
    public async Task What_does_not_match_the_order_is_refused_by_name_and_nothing_is_written()
    {
        await using var province = await Province.FoundAsync(Hands.Manual());
        var other = await TestOrderedAsync(province, Servers(1));
        await province.AllByHandAsync(other);
        var id = await TestOrderedAsync(province, Servers(1), Volumes(1), Addresses(1));
        var order = (await province.OrdersAsync(id))[0].Id;
        var right = (await province.OpenAsync(id)).Select(o => Hands.Word(o.Task, o.Resource!)).ToList();

        await RefusesAsync("resources[0].vcpus byHand.differs", right[0] with { Vcpus = 2 });
        await RefusesAsync("resources[0].memoryGiB byHand.differs", right[0] with { MemoryGiB = null });
        await RefusesAsync("resources[0].sizeGiB byHand.differs", right[0] with { SizeGiB = 50 });
        await RefusesAsync("resources[0].nativeId byHand.nativeIdUsed", right[0] with { NativeId = "n-1" });
        await RefusesAsync("resources[1].nativeId byHand.nativeIdUsed", right[0] with { NativeId = "n-3" });
        await RefusesAsync("resources[0].nativeId ", right[0] with { NativeId = " " });
        await RefusesAsync("resources[0].addresses byHand.address", right[0] with { Addresses = [] });
        await RefusesAsync("resources[0].addresses[0] byHand.address", right[0] with { Addresses = ["10.1"] });
        await RefusesAsync(
            "resources[0].addresses[1] byHand.address",
            right[0] with
            {
                Addresses = ["10.1.1.1", "10.1.1.1"],
            }
        );
        await RefusesAsync(
            "resources[0].resource byHand.unknownResource,resources byHand.missing",
            right[0] with
            {
                Resource = "res-000001",
            }
        );
        await RefusesAsync("resources[0].evidence ", right[0] with { Evidence = new string('x', 4001) });
        Assert.Equal(
            ["byHand.missing", "byHand.missing", "byHand.missing"],
            (await province.SayAsync(order, [])).Refusal!.Faults.Select(f => f.Code)
        );
        Assert.All(await province.ResourcesAsync(id), r => Assert.Null(r.NativeId));
        Assert.Null((await province.OrdersAsync(id))[0].Evidence);

        Assert.True((await province.SayAsync(order, right)).IsDone);

        async Task RefusesAsync(string faults, MadeByHand first)
        {
            var said = await province.SayAsync(order, [first, right[1], right[2]]);
            Assert.Equal("byHand.invalid", said.Refusal?.Code);
            Assert.Equal(faults, string.Join(',', said.Refusal!.Faults.Select(f => $"{f.Path} {f.Code}")));
        }
    }

    [Fact]
    public async Task A_failed_order_keeps_what_stands_whole_and_its_people_remove_the_rest()
    {
        await using var province = await Province.FoundAsync(Hands.Manual());
        var id = await TestOrderedAsync(province, Servers(1), Volumes(1));
        var open = await province.OpenAsync(id);
        await province.SayAsync(open[0].Task, Hands.Word(open[0].Task, open[0].Resource!));

        var failed = await province.ChangeAsync(
            "workOrder.fail",
            (t, c) =>
                province.Get<FulfilByHand>().FailAsync(t, province.ProviderA, open[0].Order.Id, "no disks left", c)
        );
        Assert.True(failed.IsDone, failed.Refusal?.ToString());
        await province.DrainAsync();
        Assert.Equal(WorkOrderState.Failing, (await province.OrdersAsync(id))[0].State);
        var cleanUp = Assert.Single(await province.OpenAsync(id));
        Assert.Equal((TaskKind.DeleteServer, true), (cleanUp.Task.Does, cleanUp.Task.CleansUp));

        var said = await province.SayAsync(open[0].Order.Id, []);
        Assert.True(said.IsDone, said.Refusal?.ToString());
        await province.DrainAsync();
        Assert.Equal(WorkOrderState.Failed, (await province.OrdersAsync(id))[0].State);
        Assert.All(await province.ResourcesAsync(id), r => Assert.Equal(ResourceState.Failed, r.State));
        Assert.Equal("workOrder.wrongState", (await province.SayAsync(open[0].Order.Id, [])).Refusal?.Code);
    }

    [Fact]
    public async Task Art20_Changes_by_hand_say_what_runs_afterwards()
    {
        await using var province = await Province.FoundAsync(Hands.Manual());
        var served = await ServedAsync(province, Servers(1), Volumes(1), Addresses(1));
        var changed = await province.ChangedAsync(
            served[0].To(Lifecycle.Size(8, 16)),
            served[1].To(new() { SizeGiB = 300 }),
            served[2].To(new() { BandwidthMbps = 20 })
        );
        var id = changed.Id;
        var order = (await province.OrdersAsync(id))[0].Id;
        var missing = await province.SayAsync(order, []);
        Assert.Equal(3, missing.Refusal!.Faults.Count);
        await province.AllByHandAsync(id);
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);

        var (server, volume, address) = (
            await province.FindAsync(served[0]),
            await province.FindAsync(served[1]),
            await province.FindAsync(served[2])
        );
        Assert.Equal((8, 300, 20), (server.Spec.Vcpus, volume.Spec.SizeGiB, address.Spec.BandwidthMbps));
        Assert.Equal(ResourceState.InService, server.State);
    }

    [Theory, OnBoth]
    public async Task Art21_A_deregistration_by_hand_needs_evidence_and_the_statement(Database on)
    {
        await using var province = await Province.FoundAsync(on, Hands.Manual());
        var served = await ServedAsync(province, Servers(1), Volumes(1), Addresses(1));
        var id = await province.BackingUpAsync();
        await province.DoAsync(province.Tenant, id, RequestAction.ConfirmBackup);
        var order = (await province.OrdersAsync(id))[0].Id;
        Assert.Equal("workOrder.notCleaned", (await province.SayAsync(order, [], "gone for good")).Refusal?.Code);
        await province.DoAsync(province.Tenant, id, RequestAction.ConfirmCleaned);

        Assert.Equal("workOrder.statementRequired", (await province.SayAsync(order, [])).Refusal?.Code);
        var open = await province.OpenAsync(id);
        Assert.Equal(
            "task.notByHand",
            (await province.SayAsync(open[^1].Task, new() { Evidence = "x" })).Refusal?.Code
        );
        var said = await province.SayAsync(order, [], "gone for good");
        Assert.True(said.IsDone, said.Refusal?.ToString());
        await province.DrainAsync();

        Assert.Equal(RequestState.Reclaimed, (await province.RequestAsync(id)).State);
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        Assert.All(await province.ResourcesAsync(served[0].Request), r => Assert.Equal(ResourceState.Ended, r.State));
    }

    [Fact]
    public async Task Withdrawal_has_what_was_made_removed_by_hand()
    {
        await using var province = await Province.FoundAsync(Hands.Manual());
        var id = await TestOrderedAsync(province, Servers(1), Volumes(1));
        await province.AllByHandAsync(id);

        await province.DoAsync(province.Tenant, id, RequestAction.Withdraw);
        await province.DrainAsync();
        Assert.Equal(
            ["DeleteServer", "DeleteVolume"],
            (await province.OpenAsync(id)).Select(o => $"{o.Task.InsteadOf}").Order()
        );
        await province.AllByHandAsync(id);

        Assert.All(await province.ResourcesAsync(id), r => Assert.Equal(ResourceState.Ended, r.State));
    }

    [Fact]
    public async Task Another_provider_does_not_see_the_task()
    {
        await using var province = await Province.FoundAsync(Hands.Manual());
        var id = await TestOrderedAsync(province, Servers(1));
        var task = (await province.OpenAsync(id))[0].Task;

        var said = await province.ChangeAsync(
            "task.complete",
            (t, c) => province.Get<CompleteTask>().ExecuteAsync(t, province.ProviderB, task.Id, new(), c)
        );

        Assert.Equal("task.notFound", said.Refusal?.Code);
    }

    internal static async Task<RequestId> TestOrderedAsync(Province province, params LineInput[] lines)
    {
        var id = await ProvisionTests.ApprovedAsync(province, "hand-a", lines);
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        return id;
    }

    /// <summary>In service since 12 October: made, tested and delivered by hand.</summary>
    internal static async Task<IReadOnlyList<Resource>> ServedAsync(Province province, params LineInput[] lines)
    {
        var id = await TestOrderedAsync(province, lines);
        await province.AllByHandAsync(id);
        province.At("2026-10-12 15:00");
        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "passed" });
        await province.DoAsync(province.Technical, id, RequestAction.Advise, new() { Lines = lines });
        await province.DoAsync(province.Technical, id, RequestAction.FileAdvice);
        await province.DoAsync(province.Technical, id, RequestAction.IssueDeliveryOrder);
        await province.AllByHandAsync(id);
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        return await province.ResourcesAsync(id);
    }
}

using CloudManager.Adapters.Sdk;
using CloudManager.Core.Audit;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>What a person of the provider says about a creation that was cut off and that the cloud shows nothing of.</summary>
public sealed class SettleTests
{
    private const string Seen = "looked at the hypervisors";

    [Theory]
    [InlineData("nothing was made, and it is made now", Cut.BeforeMaking, PersonsFinding.Absent)]
    [InlineData("the call is made again under the same key", Cut.BeforeMaking, PersonsFinding.Retry)]
    [InlineData("the same key makes no second one", Cut.AfterMaking, PersonsFinding.Retry)]
    public async Task What_is_not_there_is_made_again_under_its_key(string because, Cut cut, PersonsFinding finding)
    {
        await using var province = await CutOffAsync(Database.Sqlite, cut);
        var (id, task) = await WaitingAsync(province);

        var settled = await SettleAsync(province, province.ProviderA, task, new(finding, null, Seen));
        await province.DrainAsync();

        Assert.True(settled.IsDone, settled.Refusal?.ToString());
        Assert.Equal(TaskState.Ready, settled.Value.State);
        Assert.True(RequestState.Testing == (await province.RequestAsync(id)).State, because);
        Assert.Single(await province.ServersInAsync("mock-a"));
    }

    [Theory, OnBoth]
    public async Task What_was_found_is_adopted_and_the_order_goes_on(Database on)
    {
        await using var province = await CutOffAsync(on, Cut.AfterMaking);
        var (id, task) = await WaitingAsync(province);
        var made = Assert.Single(await province.ServersInAsync("mock-a")).Id;

        var settled = await SettleAsync(province, province.ProviderA, task, new(PersonsFinding.Found, made, Seen));
        await province.DrainAsync();

        Assert.True(settled.IsDone, settled.Refusal?.ToString());
        var server = Assert.Single(await province.ResourcesAsync(id));
        Assert.Equal((ResourceState.Testing, made), (server.State, server.NativeId));
        Assert.Single(await province.ServersInAsync("mock-a"));
        var noted = Assert.Single(await AuditAsync(province), e => e.Action == "task.settle");
        Assert.Equal(("provider-a", task.ToString()), (noted.Account, noted.SubjectId));
        Assert.Contains(Seen, noted.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_failed_fails_the_order_with_the_evidence_as_its_reason()
    {
        await using var province = await CutOffAsync(Database.Sqlite, Cut.BeforeMaking);
        var (id, task) = await WaitingAsync(province);

        await SettleAsync(province, province.ProviderA, task, new(PersonsFinding.Failed, null, "机房掉电"));
        await province.DrainAsync();

        Assert.Equal(OrderStanding.Failed, (await province.RequestAsync(id)).Order);
        var order = Assert.Single(await province.OrdersAsync(id));
        Assert.Equal((WorkOrderState.Failed, "机房掉电"), (order.State, order.Reason?.Zh));
        Assert.Equal(ResourceState.Failed, Assert.Single(await province.ResourcesAsync(id)).State);
    }

    [Fact]
    public async Task What_a_withdrawn_request_may_have_made_is_not_forgotten_but_found_and_removed()
    {
        await using var province = await CutOffAsync(Database.Sqlite, Cut.AfterMaking);
        var (id, task) = await WaitingAsync(province);
        await province.DoAsync(province.Tenant, id, RequestAction.Withdraw);
        await province.DrainAsync();
        Assert.Equal(WorkOrderState.Cancelling, (await province.OrdersAsync(id))[0].State);
        var made = Assert.Single(await province.ServersInAsync("mock-a")).Id;

        await SettleAsync(province, province.ProviderA, task, new(PersonsFinding.Found, made, Seen));
        await province.DrainAsync();

        Assert.Empty(await province.ServersInAsync("mock-a"));
        Assert.Equal(WorkOrderState.Cancelled, (await province.OrdersAsync(id))[0].State);
    }

    [Fact]
    public async Task What_a_failed_order_made_after_all_stands_in_the_books()
    {
        await using var province = await CutOffAsync(Database.Sqlite, Cut.AfterMaking);
        var (id, task) = await WaitingAsync(province);
        await FailAsync(province, Assert.Single(await province.OrdersAsync(id)));
        var made = Assert.Single(await province.ServersInAsync("mock-a")).Id;

        await SettleAsync(province, province.ProviderA, task, new(PersonsFinding.Found, made, Seen));
        await province.DrainAsync();

        var order = Assert.Single(await province.OrdersAsync(id));
        Assert.Equal(WorkOrderState.Failed, order.State);
        Assert.Equal([1], order.CompletedLines);
        Assert.Equal(made, Assert.Single(await province.ResourcesAsync(id)).NativeId);
    }

    [Fact]
    public async Task What_an_order_given_up_did_not_make_is_not_made_any_more()
    {
        await using var province = await CutOffAsync(Database.Sqlite, Cut.BeforeMaking);
        var (id, task) = await WaitingAsync(province);
        var order = Assert.Single(await province.OrdersAsync(id));
        await FailAsync(province, order);

        var settled = await SettleAsync(province, province.ProviderA, task, new(PersonsFinding.Absent, null, Seen));
        await province.DrainAsync();

        Assert.Equal(TaskState.Cancelled, settled.Value.State);
        Assert.Empty(await province.ServersInAsync("mock-a"));
        Assert.Equal(WorkOrderState.Failed, Assert.Single(await province.OrdersAsync(id)).State);
    }

    [Fact]
    public async Task Nobody_else_no_other_state_and_no_other_thing_is_let_through()
    {
        await using var province = await CutOffAsync(Database.Sqlite, Cut.BeforeMaking);
        var (_, task) = await WaitingAsync(province);
        var foreign = await province
            .Get<IPools>()
            .Open(new("mock-a"))
            .Volumes!.CreateAsync(new("d", 10, "ssd"), new("cm-t"), default);
        var stranger = await StrangerAsync(province);
        (string Code, Actor By, PersonsWord Word)[] refused =
        [
            ("task.notFound", province.ProviderB, new(PersonsFinding.Retry, null, Seen)),
            ("task.notFound", province.Tenant, new(PersonsFinding.Retry, null, Seen)),
            ("input.invalid", province.ProviderA, new(PersonsFinding.Retry, null, " ")),
            ("input.invalid", province.ProviderA, new(PersonsFinding.Found, null, Seen)),
            ("input.invalid", province.ProviderA, new(PersonsFinding.Absent, stranger, Seen)),
            ("task.notSeen", province.ProviderA, new(PersonsFinding.Found, new("nowhere"), Seen)),
            ("task.notSeen", province.ProviderA, new(PersonsFinding.Found, foreign.Id, Seen)),
            ("task.otherKey", province.ProviderA, new(PersonsFinding.Found, stranger, Seen)),
        ];
        foreach (var (code, by, word) in refused)
        {
            Assert.Equal(code, (await SettleAsync(province, by, task, word)).Refusal?.Code);
        }

        Assert.True(
            (await SettleAsync(province, province.ProviderA, task, new(PersonsFinding.Retry, null, Seen))).IsDone
        );
        var again = await SettleAsync(province, province.ProviderA, task, new(PersonsFinding.Retry, null, Seen));
        Assert.Equal("task.wrongState", again.Refusal?.Code);
    }

    [Fact]
    public async Task A_clean_up_that_needs_a_person_is_tried_again_or_done_but_never_given_up()
    {
        const string stuck = """{"faults": {"deleteServer": {"kind": "noCapacity", "probability": 1}}}""";
        await using var province = await CutOffAsync(Database.Sqlite, Cut.AfterMaking, stuck);
        var (id, task) = await WaitingAsync(province);
        var order = Assert.Single(await province.OrdersAsync(id));
        await province.DoAsync(province.Tenant, id, RequestAction.Withdraw);
        var made = Assert.Single(await province.ServersInAsync("mock-a")).Id;
        await SettleAsync(province, province.ProviderA, task, new(PersonsFinding.Found, made, Seen));
        await province.DrainAsync();
        var delete = Assert.Single(await TasksAsync(province, order.Id), t => t.Kind == TaskKind.DeleteServer);
        Assert.Equal(TaskState.NeedsPerson, delete.State);

        foreach (
            var word in (PersonsWord[])[new(PersonsFinding.Failed, null, Seen), new(PersonsFinding.Found, made, Seen)]
        )
        {
            var refused = await SettleAsync(province, province.ProviderA, delete.Id, word);
            Assert.Equal("task.outcomeNotFitting", refused.Refusal?.Code);
        }

        await SettleAsync(province, province.ProviderA, delete.Id, new(PersonsFinding.Retry, null, Seen));
        await province.DrainAsync();
        var tried = (await TasksAsync(province, order.Id)).Single(t => t.Id == delete.Id);
        Assert.Equal((TaskState.NeedsPerson, delete.Attempts + 1), (tried.State, tried.Attempts));
        await SettleAsync(province, province.ProviderA, delete.Id, new(PersonsFinding.Absent, null, Seen));
        await province.DrainAsync();

        Assert.Equal(WorkOrderState.Cancelled, (await province.OrdersAsync(id))[0].State);
        Assert.Equal(ResourceState.Failed, Assert.Single(await province.ResourcesAsync(id)).State);
    }

    private static Task<Province> CutOffAsync(Database on, Cut cut, string settings = "{}") =>
        Province.FoundAsync(
            on,
            Province.Mock("mock-a", "provider-a", settings: settings) with
            {
                Adapter = cut.ToString(),
            }
        );

    private static Task<Result<WorkOrder>> FailAsync(Province province, WorkOrder order) =>
        province.ChangeAsync(
            "workOrder.fail",
            (t, token) => province.Get<FulfilByHand>().FailAsync(t, province.ProviderA, order.Id, "断电", token)
        );

    /// <summary>An order whose only creation waits for a person.</summary>
    private static async Task<(RequestId Id, TaskId Task)> WaitingAsync(Province province)
    {
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(1));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        var order = Assert.Single(await province.OrdersAsync(id));
        var waiting = Assert.Single(await TasksAsync(province, order.Id), t => t.Kind == TaskKind.CreateServer);
        Assert.Equal(TaskState.NeedsPerson, waiting.State);
        Assert.NotNull(waiting.LastError);
        return (id, waiting.Id);
    }

    private static Task<IReadOnlyList<ProvisioningTask>> TasksAsync(Province province, WorkOrderId order) =>
        province.ReadAsync((t, token) => province.Get<ITaskStore>().OfOrderAsync(t, order, token));

    private static Task<Result<ProvisioningTask>> SettleAsync(
        Province province,
        Actor by,
        TaskId task,
        PersonsWord word
    ) =>
        province
            .Get<SettleTask>()
            .ExecuteAsync(
                (by, new Intent(by.Origin, "task.settle", new Subject("task", task.ToString()))),
                task,
                word,
                CancellationToken.None
            );

    private static async Task<IReadOnlyList<AuditEntry>> AuditAsync(Province province)
    {
        var page = new PageRequest(null, 500);
        var read = await province.ReadAsync(
            (t, token) =>
                province.Get<IAuditLog>().ListAsync(t, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, page, token)
        );
        return read.Items;
    }

    /// <summary>A server that somebody made under a key of their own.</summary>
    private static async Task<NativeId> StrangerAsync(Province province)
    {
        var spec = new ServerSpec
        {
            Name = "stranger",
            Flavour = "m2-4",
            Size = new(2, 4),
            Image = "kylin-v10-x86",
            SystemDiskGiB = 40,
        };
        var servers = province.Get<IPools>().Open(new("mock-a")).Servers!;
        await Assert.ThrowsAsync<AdapterException>(() => servers.CreateAsync(spec, new("other-key"), default));
        return (await servers.CreateAsync(spec, new("other-key"), default)).Id;
    }
}

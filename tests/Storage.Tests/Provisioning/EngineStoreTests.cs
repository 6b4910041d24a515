using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;
using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Provisioning;

/// <summary>Work orders, resources, tasks and their leases on both databases.</summary>
public sealed class EngineStoreTests
{
    private static readonly DateTimeOffset Now = OpenBooks.Start.ToUniversalTime();

    [Theory, OnBoth]
    public async Task A_work_order_is_kept_whole_and_ends(Database on)
    {
        await using var books = await RequestedAsync(on);
        var store = books.Get<IWorkOrderStore>();
        var order = Samples.Order(1);
        await books.KeepAsync((t, c) => store.AddAsync(t, order, c));
        OpenBooks.Same(order, await books.ReadAsync((t, c) => store.FindAsync(t, order.Id, c)));

        var failed = order with
        {
            State = WorkOrderState.Failed,
            EndedAt = Now,
            CompletedLines = [1],
            Reason = ("容量不足", "no room"),
            Evidence = "照片",
            IsOpen = false,
        };
        await books.KeepAsync((t, c) => store.SaveAsync(t, failed, c));
        OpenBooks.Same(failed, await books.ReadAsync((t, c) => store.FindAsync(t, order.Id, c)));
        OpenBooks.Same([failed], await books.ReadAsync((t, c) => store.OfRequestAsync(t, new(1), c)));
    }

    [Theory, OnBoth]
    public async Task Work_orders_page_newest_first_through_their_filters(Database on)
    {
        await using var books = await RequestedAsync(on);
        var store = books.Get<IWorkOrderStore>();
        for (var i = 1; i <= 5; i++)
        {
            var order = Samples.Order(i) with { Provider = i == 3 ? "provider-b" : "provider-a" };
            await books.KeepAsync((t, c) => store.AddAsync(t, order, c));
        }

        var own = new WorkOrderFilter { Provider = "provider-a", Request = new RequestId(1) };
        var page = await books.ReadAsync((t, c) => store.ListAsync(t, own, new PageRequest(null, 3), c));
        Assert.Equal([5, 4, 2], page.Items.Select(o => o.Id.Number));
        var rest = await books.ReadAsync((t, c) => store.ListAsync(t, own, new PageRequest(page.Next, 3), c));
        Assert.Equal([1], rest.Items.Select(o => o.Id.Number));
        Assert.Null(rest.Next);
    }

    [Theory, OnBoth]
    public async Task A_resource_is_kept_whole_and_enters_and_leaves_service(Database on)
    {
        await using var books = await OrderedAsync(on);
        var store = books.Get<IResourceStore>();
        var server = Samples.Resource(1);
        var volume = Samples.Resource(2) with { Kind = ItemKind.Volume, PartOf = new ResourceId(1) };
        await books.KeepAsync((t, c) => store.AddAsync(t, server, c));
        await books.KeepAsync((t, c) => store.AddAsync(t, volume, c));
        OpenBooks.Same([server, volume], await books.ReadAsync((t, c) => store.OfRequestAsync(t, new(1), c)));

        var serving = server with
        {
            State = ResourceState.InService,
            NativeId = new NativeId("i-1"),
            Addresses = ["10.0.0.4"],
            ServiceStart = new DateOnly(2026, 10, 12),
            ServiceEnd = new DateOnly(2027, 2, 28),
        };
        await books.KeepAsync((t, c) => store.SaveAsync(t, serving, c));
        OpenBooks.Same(serving, await books.ReadAsync((t, c) => store.FindAsync(t, new(1), c)));

        var filter = new ResourceFilter
        {
            Pool = new("mock-a"),
            State = ResourceState.InService,
            Tenant = "tenant-a",
        };
        var page = await books.ReadAsync((t, c) => store.ListAsync(t, filter, new PageRequest(null, 1), c));
        Assert.Equal((1, null), (Assert.Single(page.Items).Id.Number, page.Next));
    }

    [Theory, OnBoth]
    public async Task Two_workers_never_hold_one_task(Database on)
    {
        await using var books = await TasksAsync(on, count: 10);
        var leases = books.Get<ITaskLeases>();

        var taken = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => leases.TakeAsync(new("mock-a"), Lease($"owner-{i}", Now), 3, default))
        );

        var ids = taken.SelectMany(t => t).Select(t => t.Task.Id.Number).ToList();
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), ids.Order());
        Assert.All(taken.SelectMany(t => t), t => Assert.True(t.IsFresh));
        Assert.All(
            taken.SelectMany(t => t),
            t => Assert.Equal((TaskState.Calling, 1), (t.Task.State, t.Task.Attempts))
        );
    }

    [Theory, OnBoth]
    public async Task A_lease_that_ran_out_goes_to_another_worker_as_a_call_cut_off(Database on)
    {
        await using var books = await TasksAsync(on, count: 1);
        var leases = books.Get<ITaskLeases>();
        Assert.Single(await leases.TakeAsync(new("mock-a"), Lease("a", Now), 5, default));
        Assert.Empty(await leases.TakeAsync(new("mock-a"), Lease("b", Now.AddSeconds(30)), 5, default));
        Assert.Equal(Now.AddSeconds(30), await leases.NextDueAsync(new("mock-a"), default));

        await leases.RenewAsync(Lease("a", Now.AddSeconds(20)), default);
        Assert.Empty(await leases.TakeAsync(new("mock-a"), Lease("b", Now.AddSeconds(50)), 5, default));
        var over = Assert.Single(await leases.TakeAsync(new("mock-a"), Lease("b", Now.AddSeconds(51)), 5, default));

        Assert.False(over.IsFresh);
        Assert.Equal((TaskState.Calling, Now), (over.Task.State, over.Task.CalledAt));
        Assert.Equal(1, over.Resource?.Id.Number);
    }

    [Theory, OnBoth]
    public async Task A_task_done_unblocks_what_waits_for_it_and_gives_up_its_lease(Database on)
    {
        await using var books = await TasksAsync(on, count: 2);
        var store = books.Get<ITaskStore>();
        var waiting = Samples.Task(3, Now, 1, 2);
        await books.KeepAsync((t, c) => store.AddAsync(t, [waiting], c));
        var leases = books.Get<ITaskLeases>();
        var taken = await leases.TakeAsync(new("mock-a"), Lease("a", Now), 5, default);
        Assert.Equal([1, 2], taken.Select(t => t.Task.Id.Number));

        foreach (var task in taken.Select(t => t.Task))
        {
            Assert.Empty(await leases.TakeAsync(new("mock-a"), Lease("a", Now), 5, default));
            await books.KeepAsync((t, c) => store.SaveAsync(t, task with { State = TaskState.Done }, c));
        }

        var next = Assert.Single(await leases.TakeAsync(new("mock-a"), Lease("a", Now), 5, default));
        Assert.Equal(new Spec { Vcpus = 8, MemoryGiB = 16 }, next.Task.Wanted);
        var all = await books.ReadAsync((t, c) => store.OfOrderAsync(t, new WorkOrderId(1), c));
        Assert.Equal([TaskState.Done, TaskState.Done, TaskState.Calling], all.Select(t => t.State));
        Assert.Equal([0, 0, 0], all.Select(t => t.Blockers));
    }

    [Theory, OnBoth]
    public async Task A_failing_task_keeps_its_last_error_and_its_next_try(Database on)
    {
        await using var books = await TasksAsync(on, count: 1);
        var store = books.Get<ITaskStore>();
        var again = Samples.Task(1, Now.AddSeconds(5)) with { Attempts = 2, LastError = ("无应答", "no answer") };
        await books.KeepAsync((t, c) => store.SaveAsync(t, again, c));

        var all = await books.ReadAsync((t, c) => store.OfOrderAsync(t, new WorkOrderId(1), c));
        OpenBooks.Same([again], all);
        Assert.Null(await books.Get<ITaskLeases>().NextDueAsync(new("mock-b"), default));
    }

    [Theory, OnBoth]
    public async Task Only_where_no_second_process_can_be_at_work_a_start_frees_the_leases(Database on)
    {
        await using var books = await TasksAsync(on, count: 1);
        await books.Get<ITaskLeases>().TakeAsync(new("mock-a"), Lease("dead", Now), 5, default);

        await using var again = await books.AgainAsync();

        var taken = await again
            .Get<ITaskLeases>()
            .TakeAsync(new("mock-a"), Lease("new", Now.AddSeconds(1)), 5, default);
        Assert.Equal(on == Database.Sqlite ? 1 : 0, taken.Count);
    }

    private static Lease Lease(string owner, DateTimeOffset now) => new(owner, now, now.AddSeconds(30));

    private static async Task<OpenBooks> RequestedAsync(Database on)
    {
        var books = await OpenBooks.OnAsync(on);
        await books.KeepAsync((t, c) => books.Get<IRequestStore>().AddAsync(t, Samples.Request(1), c));
        return books;
    }

    private static async Task<OpenBooks> OrderedAsync(Database on)
    {
        var books = await RequestedAsync(on);
        await books.KeepAsync((t, c) => books.Get<IWorkOrderStore>().AddAsync(t, Samples.Order(1), c));
        return books;
    }

    private static async Task<OpenBooks> TasksAsync(Database on, int count)
    {
        var books = await OrderedAsync(on);
        await books.KeepAsync((t, c) => books.Get<IResourceStore>().AddAsync(t, Samples.Resource(1), c));
        var tasks = Enumerable.Range(1, count).Select(i => Samples.Task(i, Now)).ToList();
        await books.KeepAsync((t, c) => books.Get<ITaskStore>().AddAsync(t, tasks, c));
        return books;
    }
}

using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Inventory;
using CloudManager.Core.Inventory.Takeovers;
using CloudManager.Core.Kernel;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;
using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Inventory;

/// <summary>What listings showed, their runs, and the books as the inventory reads them, on both databases.</summary>
public sealed class InventoryStoreTests
{
    private static readonly DateTimeOffset Now = OpenBooks.Start.ToUniversalTime();

    [Theory, OnBoth]
    public async Task A_run_is_kept_whole_and_the_last_that_count_are_told_apart(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<IInventoryRuns>();
        InventoryRun[] runs =
        [
            Run(1),
            Run(2) with
            {
                Outcome = RunOutcome.Shrunk,
                Missing = 40,
                Reason = ("缺失过多", "too much is missing"),
            },
            Run(3) with
            {
                Mode = RunMode.Quick,
            },
            Run(4) with
            {
                Outcome = RunOutcome.BrokeOff,
            },
        ];
        foreach (var run in runs)
        {
            await books.KeepAsync((t, c) => store.SaveAsync(t, run, c));
        }

        OpenBooks.Same(runs[1], await books.ReadAsync((t, c) => store.FindAsync(t, new(2), c)));
        Assert.Equal((1, 3, 4), await LastAsync(books));
        var accepted = runs[1] with
        {
            Outcome = RunOutcome.Accepted,
            Accepted = new Acceptance("technical", Now, "机柜已迁走"),
        };
        await books.KeepAsync((t, c) => store.SaveAsync(t, accepted, c));
        OpenBooks.Same(accepted, await books.ReadAsync((t, c) => store.FindAsync(t, new(2), c)));
        Assert.Equal((2, 3, 4), await LastAsync(books));

        var page = await books.ReadAsync((t, c) => store.ListAsync(t, Pool, new PageRequest(null, 3), c));
        Assert.Equal([4, 3, 2], page.Items.Select(r => r.Id.Number));
        await books.KeepAsync((t, c) => store.ForgetAsync(t, Pool, Now.AddYears(1), c));
        page = await books.ReadAsync((t, c) => store.ListAsync(t, Pool, new PageRequest(null, 9), c));
        Assert.Equal([4, 3, 2], page.Items.Select(r => r.Id.Number));
    }

    [Theory, OnBoth]
    public async Task What_is_seen_again_keeps_its_first_sight_and_what_is_not_is_forgotten(Database on)
    {
        await using var books = await ServingAsync(on);
        var store = books.Get<IInventoryStore>();
        var volume = Thing("v-1") with { Kind = ItemKind.Volume, SizeGiB = 100, AttachedTo = new("i-1"), Type = "ssd" };
        await books.KeepAsync((t, c) => store.SeeAsync(t, Run(1), [Thing("i-1"), Thing("i-2"), volume], c));
        var grown = Thing("i-1") with { Vcpus = 16, Addresses = ["10.0.0.4", "fd00::4"], Key = "k-1" };
        await books.KeepAsync((t, c) => store.SeeAsync(t, Run(2), [grown, volume], c));

        var parts = await books.ReadAsync((t, c) => store.WithPartsAsync(t, Pool, new("i-1"), c));
        Assert.Equal(["i-1", "v-1"], parts.Select(p => p.Thing.Id.Value));
        OpenBooks.Same(grown, parts[0].Thing);
        Assert.Equal((Run(1).StartedAt, Run(2).StartedAt), (parts[0].FirstSeen, parts[0].LastSeen));
        Assert.Equal((new ResourceId(1), null), (parts[0].Resource, parts[1].Resource));
        Assert.Empty(await books.ReadAsync((t, c) => store.WithPartsAsync(t, Pool, new("i-9"), c)));

        Assert.Equal([("Server", 1, 2), ("Volume", 0, 1)], await ShortAsync(books, Run(2), new RunId(1)));
        await books.KeepAsync((t, c) => store.ForgetAsync(t, Run(2), null, c));
        var all = new InventoryFilter(Pool, null, null);
        var page = await books.ReadAsync((t, c) => store.ListAsync(t, all, new PageRequest(null, 1), c));
        var rest = await books.ReadAsync((t, c) => store.ListAsync(t, all, new PageRequest(page.Next, 9), c));
        Assert.Equal(["i-1", "v-1"], page.Items.Concat(rest.Items).Select(e => e.Thing.Id.Value));
        foreach (var (known, id) in ((bool, string)[])[(true, "i-1"), (false, "v-1")])
        {
            var some = new InventoryFilter(Pool, null, known);
            page = await books.ReadAsync((t, c) => store.ListAsync(t, some, new PageRequest(null, 9), c));
            Assert.Equal(id, Assert.Single(page.Items).Thing.Id.Value);
        }

        await books.KeepAsync((t, c) => store.ForgetAsync(t, Run(2), [new("i-1")], c));
        page = await books.ReadAsync((t, c) => store.ListAsync(t, all, new PageRequest(null, 9), c));
        Assert.Equal("v-1", Assert.Single(page.Items).Thing.Id.Value);
    }

    [Theory, OnBoth]
    public async Task The_books_are_what_a_first_run_is_held_against(Database on)
    {
        await using var books = await ServingAsync(on);
        Assert.Equal([("Server", 1, 1)], await ShortAsync(books, Run(1), null));
        var lookUps = books.Get<IInventoryBooks>();

        var missing = Assert.Single(await books.ReadAsync((t, c) => lookUps.NotSeenAsync(t, Run(1), (new(0), 10), c)));
        Assert.Equal((1, Now.AddHours(-1)), (missing.Resource.Id.Number, missing.OrderEndedAt));
        await books.KeepAsync((t, c) => books.Get<IInventoryStore>().SeeAsync(t, Run(1), [Thing("i-1")], c));
        Assert.Empty(await books.ReadAsync((t, c) => lookUps.NotSeenAsync(t, Run(1), (new(0), 10), c)));
        Assert.Equal([("Server", 0, 1)], await ShortAsync(books, Run(1), null));

        ResourceId[] ids = [new(1)];
        Assert.Empty(await books.ReadAsync((t, c) => lookUps.InWorkAsync(t, ids, Now, c)));
        Assert.Equal(ids, await books.ReadAsync((t, c) => lookUps.InWorkAsync(t, ids, Now.AddHours(-2), c)));
    }

    [Theory, OnBoth]
    public async Task Identifiers_and_keys_are_looked_up_and_a_takeover_names_its_paper(Database on)
    {
        await using var books = await ServingAsync(on);
        var lookUps = books.Get<IInventoryBooks>();
        var taken = new TakeoverRecord(new(1), new(1), new("i-1"), "旧门户", "函〔2026〕15号");
        var takeovers = books.Get<ITakeoverStore>();
        await books.KeepAsync((t, c) => takeovers.AddAsync(t, taken, c));
        var gone = Samples.Resource(2) with { NativeId = new("i-1"), State = ResourceState.Ended };
        await books.KeepAsync((t, c) => books.Get<IResourceStore>().AddAsync(t, gone, c));
        var tasks = new[] { Samples.Task(1, Now), Samples.Task(2, Now) with { State = TaskState.Done } };
        await books.KeepAsync((t, c) => books.Get<ITaskStore>().AddAsync(t, tasks, c));

        OpenBooks.Same([taken], await books.ReadAsync((t, c) => takeovers.OfRequestAsync(t, new(1), c)));
        var found = await books.ReadAsync((t, c) => lookUps.LookUpAsync(t, Pool, [new("i-1"), new("i-2")], c));
        Assert.Equal((1, "旧门户"), (Assert.Single(found).Value.Resource.Id.Number, found.Values.Single().TakenName));
        string[] keys = ["key-1", "key-2", "key-3"];
        Assert.Equal(["key-1"], await books.ReadAsync((t, c) => lookUps.InTheMakingAsync(t, keys, c)));
        var filter = new ResourceFilter { Pool = Pool, NativeId = new NativeId("i-1") };
        var named = await books.ReadAsync(
            (t, c) => books.Get<IResourceStore>().ListAsync(t, filter, new PageRequest(null, 9), c)
        );
        Assert.Equal([1, 2], named.Items.Select(r => r.Id.Number));
    }

    private static Core.Pools.PoolId Pool => new("mock-a");

    private static async Task<(long? Full, long? Complete, long? Latest)> LastAsync(OpenBooks books)
    {
        var last = await books.ReadAsync((t, c) => books.Get<IInventoryRuns>().LastAsync(t, Pool, c));
        return (last.Full?.Id.Number, last.Complete?.Id.Number, last.LatestFull?.Id.Number);
    }

    private static async Task<IEnumerable<(string, int, int)>> ShortAsync(
        OpenBooks books,
        InventoryRun run,
        RunId? baseline
    )
    {
        var all = await books.ReadAsync((t, c) => books.Get<IInventoryStore>().ShortfallAsync(t, run, baseline, c));
        return all.Select(s => (s.Kind.ToString(), s.Missing, s.Known)).Order();
    }

    /// <summary>Books with one server in service, whose order ended an hour ago.</summary>
    private static async Task<OpenBooks> ServingAsync(Database on)
    {
        var books = await OpenBooks.OnAsync(on);
        var order = Samples.Order(1) with { State = WorkOrderState.Completed, EndedAt = Now.AddHours(-1) };
        var server = Samples.Resource(1) with { State = ResourceState.InService, NativeId = new NativeId("i-1") };
        await books.KeepAsync((t, c) => books.Get<IRequestStore>().AddAsync(t, Samples.Request(1), c));
        await books.KeepAsync((t, c) => books.Get<IWorkOrderStore>().AddAsync(t, order, c));
        await books.KeepAsync((t, c) => books.Get<IResourceStore>().AddAsync(t, server, c));
        return books;
    }

    private static InventoryRun Run(long number) =>
        new()
        {
            Id = new(number),
            Pool = Pool,
            Mode = RunMode.Full,
            Outcome = RunOutcome.Completed,
            StartedAt = Now.AddMinutes(15 * number),
            EndedAt = Now.AddMinutes((15 * number) + 1),
            Counts = new ThingCounts(5, 4, 3, 2),
        };

    private static CloudThing Thing(string id) =>
        new()
        {
            Kind = ItemKind.Server,
            Id = new(id),
            Name = $"服务器 {id}",
            State = CloudState.Active,
            Vcpus = 4,
            MemoryGiB = 8,
            Addresses = ["10.0.0.4"],
        };
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Pools;

/// <summary>A pool takes orders only on the report of the conformance suite (art. 16).</summary>
public sealed class ActivatePoolTests
{
    private static readonly PoolId Id = new("pool-1");

    [Theory, OnBoth]
    public async Task Art16_a_pool_without_a_report_is_not_activated(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        Assert.Equal("pool.notConformant", (await ActivateAsync(books, new OnePool())).Refusal!.Code);
    }

    [Theory, OnBoth]
    public async Task Art16_a_passed_run_activates_the_pool_and_stands_as_its_evidence(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var pools = new OnePool();
        var run = await RanAsync(books, pools, ConformanceState.Passed);
        Assert.Equal(PoolStatus.Active, (await ActivateAsync(books, pools)).Value);
        var store = books.Get<IPoolStatusStore>();
        Assert.Equal($"{run.Id}", (await books.ReadAsync(store.EvidenceAsync))[Id]);
        Assert.Equal(PoolStatus.Active, (await books.ReadAsync(store.AllAsync))[Id]);
    }

    [Theory, OnBoth]
    public async Task Art16_the_latest_finished_run_decides_whatever_was_stopped_or_broke_since(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var pools = new OnePool();
        await RanAsync(books, pools, ConformanceState.Passed);
        await RanAsync(books, pools, ConformanceState.Stopped);
        await RanAsync(books, pools, ConformanceState.Broken);
        Assert.True((await ActivateAsync(books, pools)).IsDone);
        await RanAsync(books, pools, ConformanceState.Failed);
        Assert.Equal("pool.notConformant", (await ActivateAsync(books, pools)).Refusal!.Code);
    }

    [Theory, OnBoth]
    public async Task Art16_a_report_holds_only_for_the_adapter_cloud_settings_and_mapping_it_was_made_on(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var pools = new OnePool();
        await RanAsync(books, pools, ConformanceState.Passed);
        var pool = pools.Pool;
        (string Because, Pool Changed)[] changes =
        [
            ("another adapter", pool with { Adapter = "Other" }),
            ("another cloud", pool with { Settings = JsonElement.Parse("""{"authUrl":"http://b/v3"}""") }),
            ("another mapping", pool with { Mapping = pool.Mapping with { DefaultNetwork = "other" } }),
        ];
        foreach (var (because, changed) in changes)
        {
            pools.Pool = changed;
            var refusal = (await ActivateAsync(books, pools)).Refusal;
            Assert.True(refusal?.Code == "pool.notConformant", because);
        }

        pools.Pool = pool with { Limits = PoolLimits.Default with { Concurrency = 1 } };
        Assert.True((await ActivateAsync(books, pools)).IsDone);
        pools.CloudVersion = "2.1";
        Assert.Equal("pool.notConformant", (await ActivateAsync(books, pools)).Refusal!.Code);
    }

    [Theory, OnBoth]
    public async Task One_run_at_a_time_in_a_pool_and_its_report_reads_back(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var pools = new OnePool();
        var first = (await StartAsync(books, pools)).Value;
        Assert.Equal("conf-000001", $"{first.Id}");
        Assert.Equal("pool.conformanceRunning", (await StartAsync(books, pools)).Refusal!.Code);

        var store = books.Get<IConformanceStore>();
        var ended = first with
        {
            State = ConformanceState.Failed,
            Done = 59,
            Total = 59,
            Failed = 2,
            Check = "clean-up.leaves-nothing",
            EndedAt = first.StartedAt.AddMinutes(3),
            CloudVersion = "2.0",
        };
        await books.KeepAsync((t, c) => store.UpdateAsync(t, ended, """{"报告":1}""", c));
        var read = await books.ReadAsync((t, c) => store.FindAsync(t, first.Id, c));
        Assert.Equal(ended with { SeenAt = read!.SeenAt }, read);
        Assert.Equal("""{"报告":1}""", await books.ReadAsync((t, c) => store.ReportAsync(t, first.Id, c)));
        Assert.Null(await books.ReadAsync((t, c) => store.ReportAsync(t, new ConformanceId(9), c)));

        var second = (await StartAsync(books, pools)).Value;
        var newest = new ConformanceFilter(Id);
        var page = await books.ReadAsync((t, c) => store.ListAsync(t, newest, new PageRequest(null, 1), c));
        Assert.Equal(second.Id, Assert.Single(page.Items).Id);
        var left = new ConformanceFilter(null, ConformanceState.Failed, MayHaveLeft: true);
        page = await books.ReadAsync((t, c) => store.ListAsync(t, left, new PageRequest(page.Next, 5), c));
        Assert.Equal(first.Id, Assert.Single(page.Items).Id);
    }

    private static Task<Result<PoolStatus>> ActivateAsync(OpenBooks books, OnePool pools)
    {
        var set = new SetPoolStatus(pools, books.Get<IPoolStatusStore>());
        var activate = new ActivatePool(pools, books.Get<IConformanceStore>(), set);
        return books
            .Get<IBooks>()
            .ChangeAsync(Wants(), (t, c) => activate.ExecuteAsync(t, Id, c), CancellationToken.None);
    }

    private static Task<Result<ConformanceRun>> StartAsync(OpenBooks books, OnePool pools)
    {
        var start = new StartConformance(
            pools,
            books.Get<IConformanceStore>(),
            books.Get<ICounters>(),
            books.Get<MachineClock>(),
            books.Get<TimeProvider>()
        );
        return books
            .Get<IBooks>()
            .ChangeAsync(
                Wants(),
                (t, c) => start.ExecuteAsync(t, Id, "technical", "host/1", c),
                CancellationToken.None
            );
    }

    private static async Task<ConformanceRun> RanAsync(OpenBooks books, OnePool pools, ConformanceState state)
    {
        var run = (await StartAsync(books, pools)).Value;
        var ended = run with { State = state, EndedAt = run.StartedAt, CloudVersion = pools.CloudVersion };
        await books.KeepAsync((t, c) => books.Get<IConformanceStore>().UpdateAsync(t, ended, null, c));
        return ended;
    }

    private static Intent Wants() => new(Origin.Platform, "pool.activate", new Subject("pool", Id.Value));

    private sealed class OnePool : IPools
    {
        public string CloudVersion { get; set; } = "2.0";

        public Pool Pool { get; set; } =
            new()
            {
                Id = Id,
                Name = "资源池",
                Provider = "provider-a",
                Region = "430000",
                Kind = PoolKind.New,
                Adapter = "Some",
                Settings = JsonElement.Parse("""{"authUrl":"http://a/v3"}"""),
                Limits = PoolLimits.Default,
                Mapping = new PoolMapping(
                    [new FlavourRule([], new ServerSize(1, 1), "small")],
                    new Dictionary<string, string> { ["uos"] = "uos" },
                    new Dictionary<string, string>(),
                    "net"
                ),
            };

        public IReadOnlyList<Pool> Declared => [Pool];

        public bool TryFind(PoolId id, [NotNullWhen(true)] out Pool? pool)
        {
            pool = id == Pool.Id ? Pool : null;
            return pool is not null;
        }

        public ICloudAdapter Open(PoolId id) => new Silent(CloudVersion);

        public IReadOnlyList<PoolCapability> Capabilities(PoolId id) => [];
    }

    private sealed class Silent(string version) : ICloudAdapter
    {
        public AdapterInfo Info { get; } = new("Some", version, new CloudLimits());

        public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

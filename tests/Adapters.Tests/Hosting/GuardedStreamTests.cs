using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;
using NSubstitute;

namespace CloudManager.Adapters.Tests.Hosting;

public sealed class GuardedStreamTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly IInventory _inventory = Substitute.For<IInventory>();
    private int _opened;
    private bool _closed;

    [Fact]
    public async Task A_listing_comes_through_whole_and_counts_once()
    {
        await using var pool = Pool();
        Listing(_ => ServersAsync(3));
        Assert.Equal(3, (await pool.Adapter.Inventory!.ListServersAsync(None).ToListAsync(None)).Count);
        Assert.True(_closed);
        Assert.Equal(
            ["cloudmanager_adapter_calls_total{pool=\"p-1\",operation=\"listServers\",outcome=\"success\"} 1"],
            await pool.MetricsAsync("cloudmanager_adapter_calls_total{")
        );
        Assert.EndsWith(" 0", Assert.Single(await InFlightAsync(pool)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_that_fails_before_its_first_item_is_tried_again()
    {
        await using var pool = Pool();
        Listing(opened => ServersAsync(2, failAt: opened < 3 ? 0 : null));
        var list = pool.Adapter.Inventory!.ListServersAsync(None).ToListAsync(None).AsTask();
        await pool.AdvanceUntilAsync(list);
        Assert.Equal(2, (await list).Count);
        Assert.Equal(3, _opened);
    }

    [Fact]
    public async Task A_listing_that_breaks_off_is_never_repeated_and_never_looks_complete()
    {
        await using var pool = Pool();
        Listing(_ => ServersAsync(5, failAt: 2));
        var seen = 0;
        await Mock.MockPool.FailsAsync(
            FailureKind.Unavailable,
            async () =>
            {
                await foreach (var server in pool.Adapter.Inventory!.ListServersAsync(None))
                {
                    seen++;
                }
            }
        );
        Assert.Equal((2, 1), (seen, _opened));
        Assert.EndsWith(" 0", Assert.Single(await InFlightAsync(pool)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_fetch_is_limited_in_time_and_the_whole_listing_is_not()
    {
        await using var pool = Pool(retries: 0);
        var pages = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource()).ToList();
        Listing(_ => PagesAsync(pages));
        var list = pool.Adapter.Inventory!.ListServersAsync(None).ToListAsync(None).AsTask();
        foreach (var page in pages[..2])
        {
            pool.Machine.Advance(TimeSpan.FromSeconds(9));
            var asked = _opened;
            page.SetResult();
            await UntilAsync(() => _opened > asked);
        }

        var waited = await pool.AdvanceUntilAsync(list);
        Assert.True(waited >= TimeSpan.FromSeconds(10), $"{waited}");
        var failure = await Mock.MockPool.FailsAsync(FailureKind.Unavailable, () => list);
        Assert.Contains("'listServers'", failure.Message, StringComparison.Ordinal);

        // The adapter ignored its token; when it comes back at last, it is closed.
        Assert.False(_closed);
        pages[2].SetResult();
        await UntilAsync(() => _closed);
    }

    [Fact]
    public async Task Whoever_reads_a_listing_may_make_other_calls_in_between()
    {
        await using var pool = Pool(concurrency: 1);
        Listing(_ => ServersAsync(3));
        var calls = 0;
        await foreach (var server in pool.Adapter.Inventory!.ListServersAsync(None))
        {
            await pool.Adapter.CheckAsync(None);
            calls++;
        }

        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task A_reader_that_stops_early_closes_the_listing()
    {
        await using var pool = Pool();
        Listing(_ => ServersAsync(3));
        await foreach (var server in pool.Adapter.Inventory!.ListServersAsync(None))
        {
            break;
        }

        Assert.True(_closed);
        Assert.Contains("cancelled", Assert.Single(await CallsAsync(pool)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bug_in_a_listing_is_seen_as_unavailable()
    {
        await using var pool = Pool(retries: 0);
        Listing(_ => throw new FormatException());
        var failure = await Mock.MockPool.FailsAsync(
            FailureKind.Unavailable,
            () => pool.Adapter.Inventory!.ListServersAsync(None).ToListAsync(None).AsTask()
        );
        Assert.Equal("the adapter failed: FormatException", failure.Message);
    }

    private static Task<List<string>> InFlightAsync(GuardedPool pool) =>
        pool.MetricsAsync("cloudmanager_adapter_calls_in_flight{");

    private static Task<List<string>> CallsAsync(GuardedPool pool) =>
        pool.MetricsAsync("cloudmanager_adapter_calls_total{");

    private GuardedPool Pool(int retries = 3, int concurrency = 8)
    {
        var pool = new GuardedPool(new PoolLimits(concurrency, 1000, TimeSpan.FromSeconds(10), retries));
        pool.Cloud.Inventory = _inventory;
        return pool;
    }

    private void Listing(Func<int, IAsyncEnumerable<CloudServer>> open) =>
        _inventory.ListServersAsync(default).ReturnsForAnyArgs(_ => open(++_opened));

    private async IAsyncEnumerable<CloudServer> ServersAsync(int count, int? failAt = null)
    {
        try
        {
            for (var number = 0; number < count; number++)
            {
                await Task.Yield();
                if (number == failAt)
                {
                    throw new AdapterException(FailureKind.Unavailable, "broke off");
                }

                yield return Server(number);
            }
        }
        finally
        {
            _closed = true;
        }
    }

    private async IAsyncEnumerable<CloudServer> PagesAsync(List<TaskCompletionSource> pages)
    {
        try
        {
            for (var number = 0; number < pages.Count; number++)
            {
                await pages[number].Task;
                yield return Server(number);

                // The reader asks for the next page.
                _opened++;
            }
        }
        finally
        {
            _closed = true;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var round = 0; !condition() && round < 1_000_000; round++)
        {
            await Task.Yield();
        }

        Assert.True(condition());
    }

    private static CloudServer Server(int number) =>
        new()
        {
            Id = new NativeId($"srv-{number}"),
            Name = "web",
            State = CloudState.Active,
            Size = new ServerSize(1, 1),
        };
}

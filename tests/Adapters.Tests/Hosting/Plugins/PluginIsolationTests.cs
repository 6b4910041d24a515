using System.Diagnostics;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Hosting.Plugins;

/// <summary>Whatever a plug-in does, its pool says so and no other pool suffers.</summary>
public sealed class PluginIsolationTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly NativeId Any = new("srv-1");

    [Theory]
    [InlineData("validateThrows", "Validate threw FormatException")]
    [InlineData("validateNull", "Validate returned nothing")]
    [InlineData("validateHangs", "the check of the settings did not come back")]
    public async Task A_plug_in_that_cannot_check_settings_does_not_serve_that_pool(string mode, string expected)
    {
        await using var host = await PluginHost.UnrulyAsync(mode);
        Assert.Contains(expected, host.Malfunction, StringComparison.Ordinal);
        Assert.Throws<AdapterException>(() => host.Adapter);
        await host.NothingElseIsHarmedAsync();
    }

    [Theory]
    [InlineData("createThrows", "open threw FormatException")]
    [InlineData("createNull", "Create returned nothing")]
    [InlineData("infoThrows", "open threw FormatException")]
    [InlineData("infoNull", "Info returned nothing")]
    public async Task A_plug_in_that_cannot_make_its_adapter_is_told_in_words(string mode, string expected)
    {
        await using var host = await PluginHost.UnrulyAsync(mode);
        var failure = Assert.Throws<AdapterException>(() => host.Adapter);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, host.Malfunction, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", $"{failure}{host.Malfunction}", StringComparison.Ordinal);
        await host.NothingElseIsHarmedAsync();
    }

    [Theory]
    [InlineData("createHangs")]
    [InlineData("getterHangs")]
    public async Task A_plug_in_that_hangs_while_it_is_opened_holds_nobody_for_long(string mode)
    {
        await using var host = await PluginHost.UnrulyAsync(mode);
        var start = Stopwatch.GetTimestamp();
        Assert.Throws<AdapterException>(() => host.Adapter);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        await BecomesAsync(() => host.Malfunction?.Contains("open", StringComparison.Ordinal) is true);
        await host.NothingElseIsHarmedAsync();
    }

    [Theory]
    [InlineData("callThrows", "getServer threw FormatException")]
    [InlineData("nullTask", "getServer returned nothing")]
    [InlineData("nullAnswer", "getServer returned nothing")]
    [InlineData("hostileException", "getServer threw HostileException")]
    public async Task A_call_that_breaks_the_contract_is_shown_and_becomes_its_one_exception(
        string mode,
        string expected
    )
    {
        await using var host = await PluginHost.UnrulyAsync(mode);
        var failure = await FailsAsync(host.Adapter.Servers!.GetAsync(Any, None));
        Assert.Equal((FailureKind.Unavailable, $"the plug-in failed: {expected}"), (failure.Kind, failure.Message));
        Assert.Contains(expected, host.Malfunction, StringComparison.Ordinal);
        await host.NothingElseIsHarmedAsync();
    }

    [Fact]
    public async Task A_call_without_an_answer_may_not_return_null_either()
    {
        await using var host = await PluginHost.UnrulyAsync("nullTask");
        var failure = await FailsAsync(host.Adapter.Servers!.DeleteAsync(Any, None));
        Assert.Equal("the plug-in failed: deleteServer returned nothing", failure.Message);
    }

    [Theory]
    [InlineData("listNull", "listServers returned nothing", 0)]
    [InlineData("listThrows", "listServers threw FormatException", 0)]
    [InlineData("listBreaks", "listServers threw FormatException", 2)]
    [InlineData("listNullItem", "listServers returned nothing", 2)]
    public async Task A_listing_that_breaks_off_after_its_first_page_throws_what_came_is_kept(
        string mode,
        string expected,
        int before
    )
    {
        await using var host = await PluginHost.UnrulyAsync(mode);
        var seen = new List<string>();
        var failure = await FailsAsync(ReadAsync(host, seen));
        Assert.Equal($"the plug-in failed: {expected}", failure.Message);
        Assert.Equal(before, seen.Count);
        Assert.Contains(expected, host.Malfunction, StringComparison.Ordinal);
        await host.NothingElseIsHarmedAsync();
    }

    [Fact]
    public async Task A_listing_that_hangs_after_its_first_page_is_given_up()
    {
        await using var host = await PluginHost.UnrulyAsync("listHangs");
        var seen = new List<string>();
        var failure = await FailsAsync(ReadAsync(host, seen));
        Assert.Equal("'listServers' was not answered within 1 s.", failure.Message);
        Assert.Equal(2, seen.Count);
        await BecomesAsync(() => host.Malfunction?.Contains("1 call(s)", StringComparison.Ordinal) is true);
        await host.NothingElseIsHarmedAsync();
    }

    [Fact]
    public async Task A_long_listing_comes_whole_and_in_order()
    {
        await using var host = await PluginHost.UnrulyAsync("manyServers");
        var next = 0;
        await foreach (var server in host.Adapter.Inventory!.ListServersAsync(None))
        {
            Assert.Equal(next++, int.Parse(server.Id.Value[4..]));
        }

        Assert.Equal(100_000, next);
    }

    [Fact]
    public async Task A_listing_nobody_reads_to_its_end_leaves_nothing_behind()
    {
        await using var host = await PluginHost.UnrulyAsync("");
        await foreach (var server in host.Adapter.Inventory!.ListServersAsync(None))
        {
            Assert.Equal("srv-0", server.Id.Value);
            break;
        }

        Assert.Null(host.Malfunction);
    }

    [Theory]
    [InlineData("callHangs")]
    [InlineData("callHangsLater")]
    [InlineData("cancelHangs")]
    public async Task Calls_that_hang_are_given_up_counted_and_in_the_end_no_more_are_let_in(string mode)
    {
        await using var host = await PluginHost.UnrulyAsync(mode);
        var servers = host.Adapter.Servers!;
        foreach (
            var late in await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => FailsAsync(servers.GetAsync(Any, None))))
        )
        {
            Assert.Equal("'getServer' was not answered within 1 s.", late.Message);
        }

        await BecomesAsync(() => host.Malfunction?.Contains("closed: 3 call(s)", StringComparison.Ordinal) is true);
        var refused = await FailsAsync(servers.FindAsync(new OperationKey("k-1"), None));
        Assert.Equal(FailureKind.Throttled, refused.Kind);
        Assert.Contains("3 call(s) never came back (the last is getServer)", refused.Message, StringComparison.Ordinal);
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        await host.NothingElseIsHarmedAsync();
    }

    [Fact]
    public async Task A_person_reopens_the_pool_and_its_adapter_is_made_anew()
    {
        await using var host = await PluginHost.UnrulyAsync("callHangs");
        var hanging = Enumerable.Range(0, 3).Select(_ => FailsAsync(host.Adapter.Servers!.GetAsync(Any, None)));
        await Task.WhenAll(hanging);
        await BecomesAsync(() => host.Malfunction?.Contains("closed", StringComparison.Ordinal) is true);
        var former = host.Adapter;
        host.Pools.Reopen(PluginHost.Id);
        Assert.Null(host.Malfunction);
        Assert.NotSame(former, host.Adapter);
        Assert.Null(await host.Adapter.Servers!.FindAsync(new OperationKey("k-1"), None));
    }

    [Fact]
    public async Task A_call_that_comes_back_after_all_is_no_longer_counted()
    {
        await using var host = await PluginHost.UnrulyAsync("callForgetsItsToken");
        await FailsAsync(host.Adapter.Servers!.GetAsync(Any, None));
        await BecomesAsync(() => host.Malfunction?.Contains("1 call(s)", StringComparison.Ordinal) is true);
        await host.Adapter.Servers!.DeleteAsync(Any, None);
        await BecomesAsync(() => host.Malfunction is null);
    }

    [Fact]
    public async Task Calls_cancelled_by_their_callers_that_end_soon_are_not_held_against_the_plug_in()
    {
        await using var host = await PluginHost.UnrulyAsync("cancelThrows");
        var servers = host.Adapter.Servers!;
        using var caller = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var calls = Enumerable.Range(0, 6).Select(_ => servers.GetAsync(Any, caller.Token)).ToList();
        foreach (var call in calls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        // Longer than the grace of 200 ms: by now each would be counted.
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        Assert.Null(host.Malfunction);
    }

    [Theory]
    [InlineData("threadCrashes")]
    [InlineData("asyncVoidCrashes")]
    public async Task What_escapes_from_a_thread_of_the_plug_ins_own_ends_that_thread_alone(string mode)
    {
        await using var host = await PluginHost.UnrulyAsync(mode);
        await host.Adapter.CheckAsync(None);
        await BecomesAsync(() => host.Malfunction is not null);
        Assert.Contains(
            "a thread of the plug-in's own threw FormatException",
            host.Malfunction,
            StringComparison.Ordinal
        );
        await host.NothingElseIsHarmedAsync();
        host.Pools.Reopen(PluginHost.Id);
        Assert.Null(host.Malfunction);
    }

    [Fact]
    public async Task A_hanging_call_costs_no_thread_of_the_platform()
    {
        await using var host = await PluginHost.UnrulyAsync("callHangs");
        var servers = host.Adapter.Servers!;
        ThreadPool.GetMinThreads(out var least, out _);
        var calls = Enumerable.Range(0, least + 4).Select(_ => FailsAsync(servers.GetAsync(Any, None))).ToList();
        await Task.Run(() => { });
        Assert.All(calls, call => Assert.False(call.IsCompleted));
        await host.NothingElseIsHarmedAsync();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task A_plug_in_that_does_not_close_does_not_hold_the_host()
    {
        var host = await PluginHost.UnrulyAsync("disposeHangs");
        Assert.NotNull(host.Adapter);
        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static async Task ReadAsync(PluginHost host, List<string> seen)
    {
        await foreach (var server in host.Adapter.Inventory!.ListServersAsync(None))
        {
            seen.Add(server.Id.Value);
        }
    }

    private static Task<AdapterException> FailsAsync(Task call) => Assert.ThrowsAsync<AdapterException>(() => call);

    /// <summary>Waits for what a plug-in's threads bring about in real time.</summary>
    private static async Task BecomesAsync(Func<bool> isSo)
    {
        var start = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(15), "it never became so");
            await Task.Delay(20);
        }
    }
}

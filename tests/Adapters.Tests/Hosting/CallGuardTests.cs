using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;
using Microsoft.Extensions.Logging;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace CloudManager.Adapters.Tests.Hosting;

public sealed class CallGuardTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly NativeId Id = new("srv-1");
    private static readonly OperationKey Key = new("k-1");
    private static readonly CloudServer Server = new()
    {
        Id = Id,
        Name = "web-1",
        State = CloudState.Active,
        Size = new ServerSize(2, 4),
    };

    private readonly IServerService _servers = Substitute.For<IServerService>();

    [Fact]
    public async Task A_reading_call_is_tried_again_after_transient_failures_with_growing_pauses()
    {
        await using var pool = Pool(retries: 3);
        _servers.GetAsync(Id, default).ReturnsForAnyArgs(Fail, Fail, Fail, _ => Server);
        var call = pool.Adapter.Servers!.GetAsync(Id, None);
        var waited = await pool.AdvanceUntilAsync(call);

        Assert.Equal(Server, await call);
        await _servers.ReceivedWithAnyArgs(4).GetAsync(Id, default);
        Assert.InRange(waited, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(20));
        Assert.Equal(
            [
                "cloudmanager_adapter_calls_total{pool=\"p-1\",operation=\"getServer\",outcome=\"success\"} 1",
                "cloudmanager_adapter_calls_total{pool=\"p-1\",operation=\"getServer\",outcome=\"unavailable\"} 3",
            ],
            await pool.MetricsAsync("cloudmanager_adapter_calls_total{")
        );
        Assert.Equal(
            ["cloudmanager_adapter_retries_total{pool=\"p-1\",operation=\"getServer\"} 3"],
            await pool.MetricsAsync("cloudmanager_adapter_retries_total{")
        );
        Assert.Equal(
            ["cloudmanager_adapter_call_seconds_count{pool=\"p-1\",operation=\"getServer\"} 4"],
            await pool.MetricsAsync("cloudmanager_adapter_call_seconds_count{")
        );
        Assert.Equal(
            ["cloudmanager_adapter_calls_in_flight{pool=\"p-1\"} 0"],
            await pool.MetricsAsync("cloudmanager_adapter_calls_in_flight{")
        );
    }

    [Fact]
    public async Task Retries_end_at_the_pools_limit_and_the_failure_comes_through()
    {
        await using var pool = Pool(retries: 2);
        _servers.DeleteAsync(Id, default).ThrowsAsyncForAnyArgs(Failure(FailureKind.Unavailable));
        var call = pool.Adapter.Servers!.DeleteAsync(Id, None);
        await pool.AdvanceUntilAsync(call);
        await FailsAsync(FailureKind.Unavailable, () => call);
        await _servers.ReceivedWithAnyArgs(3).DeleteAsync(Id, default);
    }

    [Fact]
    public async Task A_pool_without_retries_tries_once()
    {
        await using var pool = Pool(retries: 0);
        _servers.GetAsync(Id, default).ReturnsForAnyArgs(Fail);
        await FailsAsync(FailureKind.Unavailable, () => pool.Adapter.Servers!.GetAsync(Id, None));
        await _servers.ReceivedWithAnyArgs(1).GetAsync(Id, default);
    }

    [Theory]
    [InlineData(FailureKind.NotFound)]
    [InlineData(FailureKind.Conflict)]
    [InlineData(FailureKind.QuotaExceeded)]
    [InlineData(FailureKind.NoCapacity)]
    [InlineData(FailureKind.InvalidRequest)]
    [InlineData(FailureKind.Unauthenticated)]
    [InlineData(FailureKind.Forbidden)]
    [InlineData(FailureKind.Unsupported)]
    public async Task What_does_not_pass_by_itself_is_not_tried_again(FailureKind kind)
    {
        await using var pool = Pool(retries: 3);
        var failure = Failure(kind);
        _servers.GetAsync(Id, default).ThrowsAsyncForAnyArgs(failure);
        var seen = await Assert.ThrowsAsync<AdapterException>(() => pool.Adapter.Servers!.GetAsync(Id, None));
        Assert.Same(failure, seen);
        await _servers.ReceivedWithAnyArgs(1).GetAsync(Id, default);
    }

    [Fact]
    public async Task A_create_with_an_uncertain_outcome_is_never_repeated()
    {
        await using var pool = Pool(retries: 3);
        _servers.CreateAsync(null!, Key, default).ThrowsAsyncForAnyArgs(Failure(FailureKind.Unavailable));
        await FailsAsync(FailureKind.Unavailable, () => CreateAsync(pool));
        await _servers.ReceivedWithAnyArgs(1).CreateAsync(null!, Key, default);
    }

    [Fact]
    public async Task A_reboot_with_an_uncertain_outcome_is_never_repeated()
    {
        await using var pool = Pool(retries: 3);
        pool.Cloud.Power = Substitute.For<IServerPower>();
        pool.Cloud.Power.RebootAsync(Id, default).ThrowsAsyncForAnyArgs(Failure(FailureKind.Unavailable));
        await FailsAsync(FailureKind.Unavailable, () => pool.Adapter.Power!.RebootAsync(Id, None));
        await pool.Cloud.Power.ReceivedWithAnyArgs(1).RebootAsync(Id, default);
    }

    [Fact]
    public async Task A_throttled_create_comes_again_exactly_when_the_cloud_said()
    {
        await using var pool = Pool(retries: 1);
        _servers
            .CreateAsync(null!, Key, default)
            .ReturnsForAnyArgs(
                _ =>
                    throw new AdapterException(FailureKind.Throttled, "later") { RetryAfter = TimeSpan.FromSeconds(7) },
                _ => Server
            );
        var call = CreateAsync(pool);
        pool.Machine.Advance(TimeSpan.FromMilliseconds(6_999));
        await _servers.ReceivedWithAnyArgs(1).CreateAsync(null!, Key, default);
        Assert.False(call.IsCompleted);
        pool.Machine.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Server, await call);
    }

    [Fact]
    public async Task A_cloud_that_wants_a_long_pause_is_left_to_the_caller()
    {
        await using var pool = Pool(retries: 3);
        var failure = new AdapterException(FailureKind.Throttled, "later") { RetryAfter = TimeSpan.FromHours(1) };
        _servers.GetAsync(Id, default).ThrowsAsyncForAnyArgs(failure);
        var seen = await FailsAsync(FailureKind.Throttled, () => pool.Adapter.Servers!.GetAsync(Id, None));
        Assert.Equal(TimeSpan.FromHours(1), seen.RetryAfter);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_unavailable_even_where_the_adapter_ignores_its_token()
    {
        await using var pool = Pool(retries: 0, timeout: TimeSpan.FromSeconds(5));
        _servers.GetAsync(Id, default).ReturnsForAnyArgs(new TaskCompletionSource<CloudServer>().Task);
        var call = pool.Adapter.Servers!.GetAsync(Id, None);
        pool.Machine.Advance(TimeSpan.FromMilliseconds(4_999));
        Assert.False(call.IsCompleted);
        Assert.Equal(
            ["cloudmanager_adapter_calls_in_flight{pool=\"p-1\"} 1"],
            await pool.MetricsAsync("cloudmanager_adapter_calls_in_flight{")
        );
        pool.Machine.Advance(TimeSpan.FromMilliseconds(1));
        var failure = await FailsAsync(FailureKind.Unavailable, () => call);
        Assert.Equal("'getServer' was not answered within 5 s.", failure.Message);
    }

    [Fact]
    public async Task Only_so_many_calls_are_under_way_at_once()
    {
        await using var pool = Pool(concurrency: 2);
        var answers = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource<CloudServer>()).ToList();
        _servers.GetAsync(Id, default).ReturnsForAnyArgs(answers[0].Task, answers[1].Task, answers[2].Task);
        var calls = Enumerable.Range(0, 3).Select(_ => pool.Adapter.Servers!.GetAsync(Id, None)).ToList();
        await _servers.ReceivedWithAnyArgs(2).GetAsync(Id, default);

        answers[0].SetResult(Server);
        await calls[0];
        answers[2].SetResult(Server);
        await calls[2];
        answers[1].SetResult(Server);
        await calls[1];
        await _servers.ReceivedWithAnyArgs(3).GetAsync(Id, default);
    }

    [Fact]
    public async Task Only_so_many_calls_a_second_are_made()
    {
        await using var pool = Pool(rate: 10, concurrency: 256);
        _servers.GetAsync(Id, default).ReturnsForAnyArgs(Server);
        var calls = Enumerable.Range(0, 25).Select(_ => pool.Adapter.Servers!.GetAsync(Id, None)).ToList();
        await _servers.ReceivedWithAnyArgs(10).GetAsync(Id, default);

        // The first ten went at once; the other fifteen follow ten a second.
        var waited = await pool.AdvanceUntilAsync(Task.WhenAll(calls));
        Assert.True(waited >= TimeSpan.FromSeconds(1.5), $"{waited}");
        await _servers.ReceivedWithAnyArgs(25).GetAsync(Id, default);
    }

    [Fact]
    public async Task Whatever_else_an_adapter_throws_is_logged_and_seen_as_unavailable()
    {
        await using var pool = Pool(retries: 0);
        _servers.GetAsync(Id, default).ThrowsAsyncForAnyArgs(new FormatException("Bearer hunter2"));
        var failure = await FailsAsync(FailureKind.Unavailable, () => pool.Adapter.Servers!.GetAsync(Id, None));
        Assert.Equal("the adapter failed: FormatException", failure.Message);
        Assert.Null(failure.InnerException);
        Assert.Equal(LogLevel.Error, Assert.Single(pool.Log.ReceivedCalls()).GetArguments()[0]);

        _servers.FindAsync(Key, default).ThrowsForAnyArgs(new InvalidOperationException("thrown at once"));
        await FailsAsync(FailureKind.Unavailable, () => pool.Adapter.Servers!.FindAsync(Key, None));
        _servers.DeleteAsync(Id, default).ThrowsAsyncForAnyArgs(new TaskCanceledException("of its own"));
        await FailsAsync(FailureKind.Unavailable, () => pool.Adapter.Servers!.DeleteAsync(Id, None));
    }

    [Fact]
    public async Task The_callers_own_cancellation_stays_one()
    {
        await using var pool = Pool(retries: 3);
        using var cancel = new CancellationTokenSource();
        _servers.GetAsync(Id, default).ReturnsForAnyArgs(new TaskCompletionSource<CloudServer>().Task);
        var call = pool.Adapter.Servers!.GetAsync(Id, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(
            ["cloudmanager_adapter_calls_total{pool=\"p-1\",operation=\"getServer\",outcome=\"cancelled\"} 1"],
            await pool.MetricsAsync("cloudmanager_adapter_calls_total{")
        );
        Assert.Empty(pool.Log.ReceivedCalls());
    }

    private GuardedPool Pool(int retries = 3, int concurrency = 8, double rate = 1000, TimeSpan? timeout = null)
    {
        var pool = new GuardedPool(new PoolLimits(concurrency, rate, timeout ?? TimeSpan.FromMinutes(10), retries));
        pool.Cloud.Servers = _servers;
        return pool;
    }

    private static Task<CloudServer> CreateAsync(GuardedPool pool) =>
        pool.Adapter.Servers!.CreateAsync(Mock.MockPool.Server(), Key, None);

    private static Func<NSubstitute.Core.CallInfo, CloudServer> Fail => _ => throw Failure(FailureKind.Unavailable);

    private static AdapterException Failure(FailureKind kind) => new(kind, "failed");

    private static Task<AdapterException> FailsAsync(FailureKind kind, Func<Task> call) =>
        Mock.MockPool.FailsAsync(kind, call);
}

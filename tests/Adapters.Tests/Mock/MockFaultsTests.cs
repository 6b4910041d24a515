using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Mock;

public sealed class MockFaultsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static string Always(string operation, string kind) =>
        $$"""{"faults": {"{{operation}}": {"kind": "{{kind}}", "probability": 1} } }""";

    [Theory]
    [InlineData("the answer was lost", "timeoutAfterSuccess", FailureKind.Unavailable, 1)]
    [InlineData("the call never arrived", "timeoutBefore", FailureKind.Unavailable, 0)]
    [InlineData("the cloud was out of service", "unavailable", FailureKind.Unavailable, 0)]
    [InlineData("the cloud said later", "throttled", FailureKind.Throttled, 0)]
    [InlineData("the cloud is full", "noCapacity", FailureKind.NoCapacity, 0)]
    public async Task A_create_hit_by_a_fault_fails_and_has_or_has_not_happened(
        string because,
        string kind,
        FailureKind expected,
        int made
    )
    {
        await using var pool = new MockPool(Always("createServer", kind));
        var failure = await MockPool.FailsAsync(expected, () => pool.CreateServerAsync());
        Assert.Equal(kind == "throttled", failure.RetryAfter is not null);
        Assert.True((await pool.ServersAsync()).Count == made, because);
    }

    [Fact]
    public async Task A_slow_call_takes_its_machine_time_and_then_succeeds()
    {
        await using var pool = new MockPool(
            """{"slowMilliseconds": 700, "faults": {"createServer": [{"kind": "slow", "probability": 1}]}}"""
        );
        var call = pool.CreateServerAsync();
        pool.Business.Advance(TimeSpan.FromHours(1));
        pool.Machine.Advance(TimeSpan.FromMilliseconds(699));
        Assert.False(call.IsCompleted);
        pool.Machine.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(CloudState.Pending, (await call).State);
    }

    [Fact]
    public async Task The_star_serves_the_operations_without_rules_of_their_own()
    {
        await using var pool = new MockPool(
            """{"faults": {"*": {"kind": "unavailable", "probability": 1}, "createServer": [] } }"""
        );
        var server = await pool.CreateServerAsync();
        await MockPool.FailsAsync(FailureKind.Unavailable, () => pool.Adapter.Servers!.GetAsync(server.Id, None));
        await MockPool.FailsAsync(FailureKind.Unavailable, () => pool.Adapter.CheckAsync(None));
        await MockPool.FailsAsync(FailureKind.Unavailable, () => pool.Adapter.Capacity!.GetAsync(None));
        await MockPool.FailsAsync(FailureKind.Unavailable, () => pool.SamplesAsync(server.Id));
    }

    [Fact]
    public async Task A_listing_whose_answer_is_lost_breaks_off_half_way()
    {
        await using var pool = new MockPool(Always("listServers", "timeoutAfterSuccess"));
        foreach (var number in Enumerable.Range(1, 4))
        {
            await pool.CreateServerAsync($"k-{number}");
        }

        var seen = 0;
        await MockPool.FailsAsync(
            FailureKind.Unavailable,
            async () =>
            {
                await foreach (var server in pool.Adapter.Inventory!.ListServersAsync(None))
                {
                    seen++;
                }
            }
        );
        Assert.Equal(2, seen);
    }

    [Fact]
    public async Task Chance_follows_from_the_seed()
    {
        var first = await OutcomesAsync(7);
        Assert.Equal(first, await OutcomesAsync(7));
        Assert.NotEqual(first, await OutcomesAsync(8));
        Assert.InRange(first.Count(hit => hit), 30, 70);
    }

    [Fact]
    public async Task A_restart_does_not_replay_the_same_chance()
    {
        await using var pool = new MockPool(
            """{"seed": 7, "state": "s", "faults": {"check": {"kind": "unavailable", "probability": 0.5}}}"""
        );
        var before = await OutcomesAsync(pool.Adapter);
        await pool.RestartAsync();
        var after = await OutcomesAsync(pool.Adapter);
        await pool.RestartAsync();
        Assert.NotEqual(before, after);
        Assert.NotEqual(after, await OutcomesAsync(pool.Adapter));
    }

    private static async Task<List<bool>> OutcomesAsync(int seed)
    {
        await using var pool = new MockPool(
            $$"""{"seed": {{seed}}, "faults": {"check": {"kind": "unavailable", "probability": 0.5} } }"""
        );
        return await OutcomesAsync(pool.Adapter);
    }

    private static async Task<List<bool>> OutcomesAsync(ICloudAdapter adapter)
    {
        var outcomes = new List<bool>();
        for (var call = 0; call < 100; call++)
        {
            outcomes.Add(await Record.ExceptionAsync(() => adapter.CheckAsync(None)) is not null);
        }

        return outcomes;
    }
}

using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>When months go to the archive and when their samples are given up.</summary>
public sealed class KeepSamplesTests : IAsyncDisposable
{
    private static readonly DateTimeOffset October = new(2026, 10, 1, 0, 0, 0, China.Offset);
    private readonly FakeTimeProvider _clock = new(October);
    private readonly ScriptedPools _pools = new();
    private readonly Archived _store = Archived.Open();

    [Fact]
    public async Task A_month_waits_until_it_has_settled()
    {
        await MarkAsync("near", October.AddDays(20));
        await _store.SaveAsync(Archived.Autumn(2).Where(r => r.Slot < Slots.Of(October)));

        _clock.SetUtcNow(October.AddDays(3).AddSeconds(-1));
        Assert.Equal(["2026-08"], (await LookAsync()).Periods);
        _clock.SetUtcNow(October.AddDays(3));
        var look = await LookAsync();

        Assert.Equal((LookOutcome.Done, "2026-09"), (look.Outcome, Assert.Single(look.Periods)));
        Assert.Equal("2026-09: 3456 rows archived", look.Detail!.En);
        Assert.Equal(Look.Nothing, await LookAsync());
    }

    [Fact]
    public async Task A_month_waits_for_a_pool_that_is_behind_but_not_for_ever()
    {
        await MarkAsync("near", October.AddDays(20));
        await MarkAsync("far", October.AddDays(-9));
        _pools.Add("never", null);
        await _store.SaveAsync(Archived.Rows(1, new(2026, 9, 1), 1));

        _clock.SetUtcNow(October.AddDays(20));
        var waiting = await LookAsync();
        Assert.Empty(waiting.Periods);
        Assert.Equal("2026-09 waits for pools that are behind: far", waiting.Detail!.En);
        Assert.Empty(_store.Files);

        _clock.SetUtcNow(October.AddDays(40));
        Assert.Equal(["2026-09"], (await LookAsync()).Periods);
        Assert.Single(_store.Files);
    }

    [Fact]
    public async Task Samples_are_given_up_after_as_many_closed_months_as_the_policy_says()
    {
        var policy = new RetentionPolicy { Months = 2 };
        await _store.SaveAsync(Archived.Autumn(1));

        _clock.SetUtcNow(October.AddMonths(1).AddDays(-1));
        await LookAsync(policy);
        Assert.Equal(2, _store.Files.Count);

        _clock.SetUtcNow(October.AddMonths(1).AddDays(5));
        var look = await LookAsync(policy);

        Assert.Equal("2026-10: 288 rows archived; 2026-08: samples given up, daily summaries kept", look.Detail!.En);
        Assert.Equal(["2026-09-1.parquet", "2026-10-1.parquet"], _store.Files);
    }

    [Fact]
    public void Thirteen_months_are_kept_and_never_fewer_than_two()
    {
        Assert.Equal(new Month(2025, 9), new RetentionPolicy().FirstKept(new(2026, 10, 31)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetentionPolicy { Months = 1 });
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private Task<Look> LookAsync(RetentionPolicy? policy = null) =>
        new KeepSamples(_pools, _store.Samples, _store.Archive, policy ?? new(), _clock).LookAsync(default);

    private async Task MarkAsync(string pool, DateTimeOffset until)
    {
        _pools.Add(pool, null);
        var chunk = new SampleChunk
        {
            Pool = new PoolId(pool),
            Before = null,
            Mark = Slots.Of(until),
            Rows = default,
            SetAside = [],
        };
        Assert.True(await _store.Samples.SaveAsync(chunk, default));
    }
}

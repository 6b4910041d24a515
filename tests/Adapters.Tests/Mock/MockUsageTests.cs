using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Mock;

public sealed class MockUsageTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task The_nth_server_replays_the_nth_file_from_midnight_of_its_first_day()
    {
        using var traces = new TempFolder();
        traces.Write("b", string.Join('\n', Enumerable.Range(0, 288).Select(line => $"{line} 50 60")));
        traces.Write("a", string.Join('\n', Enumerable.Range(0, 288).Select(line => $"{1000 + line} 50 60")));
        await using var pool = new MockPool($$"""{"traces": "{{traces.Path}}"}""");
        var first = (await pool.CreateServerAsync("k-1")).Id;
        var second = (await pool.CreateServerAsync("k-2")).Id;
        var third = (await pool.CreateServerAsync("k-3")).Id;
        pool.Business.Advance(TimeSpan.FromDays(1));

        // Created at 10:02:30 in Shanghai: the first whole slot is 10:05, the file's line 121 (from 0).
        var samples = await pool.SamplesAsync(second);
        Assert.Equal(new DateTimeOffset(2026, 1, 15, 2, 5, 0, TimeSpan.Zero), samples[0].Slot);
        Assert.Equal((121f, 50f, 60f), (samples[0].CpuPercent, samples[0].MemoryPercent, samples[0].DiskPercent));
        Assert.Null(samples[0].NetworkInBytes);
        Assert.Equal(287, samples.Count);
        Assert.Equal(119f, samples[^1].CpuPercent);
        Assert.Equal(0f, samples.Single(sample => sample.Slot.Hour == 16 && sample.Slot.Minute == 0).CpuPercent);
        Assert.Equal(1121f, (await pool.SamplesAsync(first))[0].CpuPercent);
        Assert.Equal(1121f, (await pool.SamplesAsync(third))[0].CpuPercent);
    }

    [Fact]
    public async Task A_dash_is_not_measured_an_empty_line_is_no_sample_and_the_file_starts_again()
    {
        using var traces = new TempFolder();
        traces.Write("a", "1 - 3\n\n- - -\n4.5 150 0\n");
        await using var pool = new MockPool($$"""{"traces": "{{traces.Path}}"}""");
        pool.Business.SetUtcNow(new DateTimeOffset(2026, 1, 15, 16, 0, 0, TimeSpan.Zero));
        var id = (await pool.CreateServerAsync()).Id;
        pool.Business.Advance(TimeSpan.FromMinutes(25));
        var samples = await pool.SamplesAsync(id);

        Assert.Equal([0, 10, 15, 20], samples.Select(sample => sample.Slot.Minute));
        Assert.Equal([1f, null, 4.5f, 1f], samples.Select(sample => sample.CpuPercent));
        Assert.Equal([null, null, 150f, null], samples.Select(sample => sample.MemoryPercent));
        Assert.Equal([3f, null, 0f, 3f], samples.Select(sample => sample.DiskPercent));
    }

    [Fact]
    public async Task A_trace_that_cannot_be_read_is_named_with_its_line()
    {
        using var traces = new TempFolder();
        traces.Write("a.txt", "1 2 3\n1 2\n");
        await using var pool = new MockPool($$"""{"traces": "{{traces.Path}}"}""");
        var id = (await pool.CreateServerAsync()).Id;
        var failure = await MockPool.FailsAsync(FailureKind.InvalidRequest, () => pool.SamplesAsync(id));
        Assert.Contains("Line 2 of 'a.txt'", failure.Message, StringComparison.Ordinal);

        Assert.Throws<AdapterException>(() => new MockPool("""{"traces": "nowhere"}"""));
    }

    [Fact]
    public async Task Only_finished_slots_of_the_servers_life_within_the_range_are_read()
    {
        await using var pool = new MockPool();
        var id = (await pool.CreateServerAsync()).Id;
        pool.Business.Advance(TimeSpan.FromHours(2));
        var from = new DateTimeOffset(2026, 1, 15, 2, 30, 0, TimeSpan.Zero);
        var batches = await pool
            .Adapter.Usage!.ReadAsync([id, new NativeId("unknown")], from, from.AddMinutes(15), None)
            .ToListAsync(None);
        Assert.Equal([30, 35, 40], batches.SelectMany(batch => batch).Select(sample => sample.Slot.Minute));

        // Now is 12:02:30: the last finished slot is 11:55.
        Assert.Equal(new DateTimeOffset(2026, 1, 15, 3, 55, 0, TimeSpan.Zero), (await pool.SamplesAsync(id))[^1].Slot);
    }

    [Fact]
    public async Task Profiles_follow_from_the_seed_and_differ_in_kind()
    {
        await using var pool = new MockPool("""{"seed": 3}""");
        await using var same = new MockPool("""{"seed": 3}""", "mock-u");
        await using var other = new MockPool("""{"seed": 4}""");
        var week = await WeekAsync(pool);
        Assert.Equal(week.Select(Values), (await WeekAsync(same)).Select(Values));
        Assert.NotEqual(week.Select(Values), (await WeekAsync(other)).Select(Values));

        var peaks = week.GroupBy(sample => sample.Server)
            .Select(samples => samples.Max(sample => sample.CpuPercent!.Value))
            .ToList();
        Assert.Equal(60, peaks.Count);
        Assert.Contains(peaks, peak => peak < 3);
        Assert.Contains(peaks, peak => peak is > 5 and < 25);
        Assert.Contains(peaks, peak => peak is > 35 and < 70);
        Assert.Contains(peaks, peak => peak > 80);
        Assert.All(week, sample => Assert.InRange(sample.CpuPercent!.Value, 0, 100));
        Assert.All(week, sample => Assert.True(sample.NetworkInBytes > 0 && sample.NetworkOutBytes > 0));
    }

    [Fact]
    public async Task Half_the_cores_are_twice_as_busy()
    {
        await using var pool = new MockPool();
        var id = (await pool.CreateServerAsync(flavour: "m8-64")).Id;
        pool.Business.Advance(TimeSpan.FromDays(7));
        await pool.Adapter.Resizing!.ResizeAsync(id, "m16-64", new ServerSize(16, 64), None);
        pool.Business.Advance(TimeSpan.FromDays(7));
        var samples = await pool.SamplesAsync(id);
        var before = samples.Take(2016).Average(sample => sample.CpuPercent!.Value);
        var after = samples.Skip(2016).Average(sample => sample.CpuPercent!.Value);
        Assert.InRange(before / after, 1.95, 2.05);
    }

    [Fact]
    public async Task A_stopped_server_is_not_measured_and_a_deleted_one_stays_readable()
    {
        await using var pool = new MockPool("""{"state": "s"}""");
        var id = (await pool.CreateServerAsync()).Id;
        pool.Business.Advance(TimeSpan.FromHours(1));
        await pool.Adapter.Power!.StopAsync(id, None);
        pool.Business.Advance(TimeSpan.FromHours(1));
        await pool.Adapter.Power!.StartAsync(id, None);
        pool.Business.Advance(TimeSpan.FromHours(1));
        await pool.Adapter.Servers!.DeleteAsync(id, None);
        pool.Business.Advance(TimeSpan.FromHours(1));

        // 10:05–11:00 (12 slots), then 12:05–12:55 (11 slots): the slot of the deletion was never finished.
        var samples = await pool.SamplesAsync(id);
        Assert.Equal(23, samples.Count);
        await pool.RestartAsync();
        Assert.Equal(samples, await pool.SamplesAsync(id));
        pool.Business.Advance(TimeSpan.FromDays(40));
        await pool.RestartAsync();
        Assert.Equal(samples, await pool.SamplesAsync(id));
        await pool.RestartAsync();
        Assert.Empty(await pool.SamplesAsync(id));
    }

    [Fact]
    public async Task Many_servers_come_in_batches_and_nothing_is_lost_between_them()
    {
        await using var pool = new MockPool();
        var ids = new List<NativeId>();
        foreach (var number in Enumerable.Range(1, 20))
        {
            ids.Add((await pool.CreateServerAsync($"k-{number}")).Id);
        }

        pool.Business.Advance(TimeSpan.FromDays(1));
        var samples = await pool.SamplesAsync([.. ids]);
        Assert.Equal(20 * 287, samples.Count);
        Assert.Equal(samples.Count, samples.Select(sample => (sample.Server, sample.Slot)).Distinct().Count());
    }

    private static (float?, float?, float?, float?, float?) Values(UsageSample sample) =>
        (sample.CpuPercent, sample.MemoryPercent, sample.DiskPercent, sample.NetworkInBytes, sample.NetworkOutBytes);

    private static async Task<List<UsageSample>> WeekAsync(MockPool pool)
    {
        var ids = new List<NativeId>();
        foreach (var number in Enumerable.Range(1, 60))
        {
            ids.Add((await pool.CreateServerAsync($"k-{number}")).Id);
        }

        pool.Business.Advance(TimeSpan.FromDays(7));
        return await pool.SamplesAsync([.. ids]);
    }
}

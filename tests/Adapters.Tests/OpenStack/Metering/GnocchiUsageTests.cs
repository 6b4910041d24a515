using System.Text.Json;
using CloudManager.Adapters.OpenStack;
using CloudManager.Adapters.OpenStack.Metering;
using CloudManager.Adapters.Sdk;
using Microsoft.Extensions.Time.Testing;
using static CloudManager.Adapters.Tests.OpenStack.Metering.RecordedGnocchi;

namespace CloudManager.Adapters.Tests.OpenStack.Metering;

public sealed class GnocchiUsageTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Processor_time_is_percent_of_the_cores()
    {
        var seen = await ReadAsync(new RecordedGnocchi(), A);

        // 300 s of processor time in 300 s on 2 cores; then 600 s.
        Assert.Equal([50f, 50f, 100f], [seen[(A, 1)].CpuPercent, seen[(A, 2)].CpuPercent, seen[(A, 3)].CpuPercent]);
    }

    [Fact]
    public async Task A_guest_that_was_restarted_has_no_processor_time_in_that_slot()
    {
        var seen = await ReadAsync(new RecordedGnocchi(), A);

        Assert.Null(seen[(A, 4)].CpuPercent);
        Assert.Equal(25f, seen[(A, 4)].MemoryPercent);
        Assert.Equal(50f, seen[(A, 5)].CpuPercent);
    }

    [Fact]
    public async Task Polls_more_frequent_than_slots_are_found_and_counted()
    {
        var seen = await ReadAsync(new RecordedGnocchi(), A, B);

        // 30 s every 60 s on one core; nobody knows since when in the first slot that was polled at all.
        Assert.DoesNotContain((B, 0), seen.Keys);
        Assert.All(Enumerable.Range(1, 5), slot => Assert.Equal(50f, seen[(B, slot)].CpuPercent));
        Assert.Equal(50f, seen[(A, 1)].CpuPercent);
    }

    [Fact]
    public async Task What_nobody_measured_is_null_and_not_zero()
    {
        var seen = await ReadAsync(new RecordedGnocchi(), A, B);

        Assert.Null(seen[(A, 2)].MemoryPercent);
        Assert.Equal(50f, seen[(A, 3)].MemoryPercent);
        Assert.All(
            Enumerable.Range(1, 5),
            slot =>
            {
                var b = seen[(B, slot)];
                Assert.Equal(
                    (null, null, null, null),
                    (b.MemoryPercent, b.DiskPercent, b.NetworkInBytes, b.NetworkOutBytes)
                );
            }
        );
    }

    [Fact]
    public async Task Disks_and_interfaces_of_a_server_are_taken_together()
    {
        var seen = await ReadAsync(new RecordedGnocchi(), A);

        Assert.Equal(
            (50f, 3000f, 10f),
            (seen[(A, 1)].DiskPercent, seen[(A, 1)].NetworkInBytes, seen[(A, 1)].NetworkOutBytes)
        );
    }

    [Fact]
    public async Task Series_kept_by_the_minute_are_brought_to_slots()
    {
        var gnocchi = new RecordedGnocchi();
        var seen = await ReadAsync(gnocchi, A, C);

        Assert.Equal(25f, seen[(C, 1)].CpuPercent);
        Assert.Equal(50f, seen[(A, 1)].CpuPercent);
        Assert.Contains(gnocchi.Calls, c => c is { Granularity: 60, Servers: [C] });
    }

    [Fact]
    public async Task What_is_kept_more_coarsely_is_not_made_up_and_said()
    {
        var gnocchi = new RecordedGnocchi { IsCoarse = true };
        var usage = Usage(gnocchi);
        var first = await ReadAsync(usage, A, C);
        gnocchi.Calls.Clear();
        await ReadAsync(usage, A, C);

        Assert.DoesNotContain(first.Keys, key => key.Server == C);
        Assert.Equal(50f, first[(A, 1)].CpuPercent);
        Assert.Equal("usage", Assert.Single(usage.Notes).Capability);
        Assert.DoesNotContain(gnocchi.Calls, c => c.Measure == Measure.Cpu && c.Servers.Contains(C));
    }

    [Fact]
    public async Task A_server_that_Gnocchi_does_not_know_has_no_samples()
    {
        var gnocchi = new RecordedGnocchi();

        Assert.Empty(await ReadAsync(gnocchi, "d0000000-0000-4000-8000-000000000004"));
        Assert.Empty(gnocchi.Calls);
    }

    [Fact]
    public async Task A_slot_that_is_hardly_over_is_left_for_later()
    {
        var usage = Usage(new RecordedGnocchi(), Start.AddMinutes(21));

        var seen = await ReadAsync(usage, B);

        Assert.Equal([1, 2], seen.Keys.Select(k => k.Slot).Order());
    }

    [Fact]
    public async Task A_slot_whose_pace_the_next_one_tells_is_held_back_for_an_hour_at_most()
    {
        var soon = await ReadAsync(Usage(new RecordedGnocchi { Slots = 2 }, Start.AddMinutes(13)), B);
        var late = await ReadAsync(Usage(new RecordedGnocchi { Slots = 2 }, Start.AddMinutes(60)), A);

        Assert.Empty(soon);
        Assert.Equal((null, 25f), (late[(A, 1)].CpuPercent, late[(A, 1)].MemoryPercent));
    }

    [Fact]
    public async Task Only_slots_that_were_asked_for_come_back()
    {
        var usage = Usage(new RecordedGnocchi());
        var samples = await AllAsync(usage.ReadAsync([new(B)], Start.AddMinutes(1), Start.AddMinutes(11), default));

        Assert.Equal([Start.AddMinutes(5), Start.AddMinutes(10)], samples.Select(s => s.Slot));
    }

    [Fact]
    public async Task A_server_resized_on_the_way_is_measured_by_the_size_it_had()
    {
        InstanceRevision[] history =
        [
            new()
            {
                Id = A,
                FlavourId = "2c4g",
                From = Start.AddMinutes(-60),
            },
            new()
            {
                Id = A,
                FlavourId = "4c8g",
                From = Start.AddMinutes(10),
            },
        ];
        var gnocchi = new RecordedGnocchi { HistoryOfA = history };

        var seen = await ReadAsync(gnocchi, A);

        Assert.Equal((50f, 25f, 50f), (seen[(A, 1)].CpuPercent, seen[(A, 2)].CpuPercent, seen[(A, 3)].CpuPercent));
        Assert.Equal(gnocchi.FlavoursAsked.Distinct(), gnocchi.FlavoursAsked);
    }

    [Fact]
    public async Task The_flavour_of_a_first_notification_is_known_by_its_name()
    {
        InstanceRevision[] history =
        [
            new()
            {
                Id = A,
                FlavourId = "3",
                FlavourName = "2C4G",
                From = Start.AddMinutes(16),
            },
            new()
            {
                Id = A,
                FlavourId = "2c4g",
                FlavourName = "2C4G",
                From = Start.AddMinutes(17),
            },
        ];
        var gnocchi = new RecordedGnocchi { HistoryOfA = history };

        var seen = await ReadAsync(gnocchi, A);

        Assert.Equal((50f, 100f), (seen[(A, 1)].CpuPercent, seen[(A, 3)].CpuPercent));
        Assert.DoesNotContain("3", gnocchi.FlavoursAsked);
    }

    [Fact]
    public void A_call_asks_for_many_servers_by_id()
    {
        var call = new AggregateCall(Measure.Cpu, [A, B], SlotWindow.Between(Start, Start.AddMinutes(30)), 300);

        Assert.Equal(
            $$$"""{"resource_type":"instance","search":{"in":{"id":["{{{A}}}","{{{B}}}"]}},"operations":["metric",["cpu","rate:mean"],["cpu","mean"]]}""",
            JsonSerializer.Serialize(call.Body)
        );
        Assert.Equal(new AggregateRange(300, "2026-11-23T06:00:00", "2026-11-23T06:30:00"), call.Range);
        Assert.Equal(["id"], call.Measure.GroupBy);
    }

    [Fact]
    public void A_finer_granularity_is_resampled_by_Gnocchi()
    {
        var call = new AggregateCall(Measure.Disk, [A], SlotWindow.Between(Start, Start.AddMinutes(30)), 60);

        Assert.Equal(
            """["resample","mean",300,["metric",["disk.device.usage","mean"],["disk.device.capacity","mean"]]]""",
            JsonSerializer.Serialize(call.Body.Operations)
        );
        Assert.Equal(["instance_id", "id"], call.Measure.GroupBy);
    }

    [Fact]
    public void What_Gnocchi_records_of_a_resize_is_read()
    {
        var history = Read<List<InstanceRevision>>("instances-history");

        Assert.Equal([(A, "2c4g"), (A, "4c8g")], history.Select(h => (h.Id, h.FlavourId)));
        Assert.True(history[0].From < history[1].From);
    }

    private static GnocchiUsage Usage(IGnocchi gnocchi, DateTimeOffset? now = null) =>
        new(gnocchi, new MeteringSettings(), new FakeTimeProvider(now ?? Start.AddHours(1)));

    private static Task<Dictionary<(string Server, int Slot), UsageSample>> ReadAsync(
        IGnocchi gnocchi,
        params string[] servers
    ) => ReadAsync(Usage(gnocchi), servers);

    private static async Task<Dictionary<(string Server, int Slot), UsageSample>> ReadAsync(
        GnocchiUsage usage,
        params string[] servers
    )
    {
        var ids = servers.Select(s => new NativeId(s)).ToList();
        var samples = await AllAsync(usage.ReadAsync(ids, Start, Start.AddMinutes(30), CancellationToken.None));
        return samples.ToDictionary(s => (s.Server.Value, (int)((s.Slot - Start).TotalMinutes / 5)));
    }

    private static async Task<List<UsageSample>> AllAsync(IAsyncEnumerable<IReadOnlyList<UsageSample>> batches)
    {
        var all = new List<UsageSample>();
        await foreach (var batch in batches)
        {
            all.AddRange(batch);
        }

        return all;
    }
}

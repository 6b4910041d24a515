using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Tests.OpenStack;

namespace CloudManager.Adapters.Huawei.Tests;

/// <summary>Use is read with the fewest calls there can be, in the contract's units, and what is missing stays so.</summary>
public sealed class UsageTests
{
    private const string Batch = $"POST /V1.0/{ScriptedCloud.Project}/batch-query-metric-data";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("one slot: 500 metrics a call", 1_000, 5, 10)]
    [InlineData("an odd number of servers", 101, 5, 2)]
    [InlineData("an hour: 250 metrics a call", 100, 60, 2)]
    [InlineData("a day: 10 metrics a call", 10, 1_440, 5)]
    public async Task As_few_calls_are_made_as_the_bounds_allow(string because, int servers, int minutes, int calls)
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Batch, request => Answer(request, (_, _, _) => 5));

        var read = await ReadAsync(cloud, Ids(servers), Noon.AddMinutes(-minutes), Noon);

        Assert.Equal(servers * minutes / 5, read.Count);
        Assert.True(calls == cloud.Sent(Batch).Count, $"{because}: {cloud.Sent(Batch).Count} calls");
        Assert.All(cloud.Sent(Batch), Bounded);
    }

    [Fact]
    public async Task More_than_a_day_is_read_day_by_day()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Batch, request => Answer(request, (_, _, _) => 5));

        var read = await ReadAsync(cloud, Ids(2), Noon.AddHours(-49), Noon);

        Assert.Equal(2 * 49 * 12, read.Count);
        Assert.All(cloud.Sent(Batch), Bounded);
    }

    [Fact]
    public async Task Values_come_in_the_contracts_units()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(
            Batch,
            request =>
                Answer(
                    request,
                    (space, metric, _) =>
                        (space, metric) switch
                        {
                            ("SYS.ECS", "cpu_util") => 12.5,
                            ("AGT.ECS", "mem_usedPercent") => 40,
                            ("AGT.ECS", "disk_usedPercent") => 60,
                            ("SYS.ECS", "network_incoming_bytes_aggregate_rate") => 10,
                            ("SYS.ECS", "network_outgoing_bytes_aggregate_rate") => 20,
                            _ => null,
                        }
                )
        );

        var sample = Assert.Single(await ReadAsync(cloud, Ids(1), Noon.AddMinutes(-5), Noon));

        Assert.Equal(new UsageSample(Ids(1)[0], Noon.AddMinutes(-5), 12.5f, 40, 60, 3_000, 6_000), sample);
        Assert.Single(cloud.Sent(Batch));
    }

    [Fact]
    public async Task A_server_without_agent_is_asked_for_what_its_tools_tell()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(
            Batch,
            request =>
                Answer(
                    request,
                    (space, metric, server) =>
                        metric is "mem_util" && server.EndsWith('1') ? 33
                        : space == "AGT.ECS" && server.EndsWith('2') ? 44
                        : metric == "cpu_util" ? 1
                        : null
                )
        );

        var read = await ReadAsync(cloud, Ids(4), Noon.AddMinutes(-5), Noon);

        Assert.Equal([null, 33f, 44f, null], read.OrderBy(it => it.Server.Value).Select(it => it.MemoryPercent));
        Assert.All(read, it => Assert.Null(it.NetworkInBytes));
        Assert.Equal(2, cloud.Sent(Batch).Count);
        Assert.Equal(6, Metrics(cloud.Sent(Batch)[1]).Count);
    }

    [Fact]
    public async Task A_server_nobody_measured_has_no_sample()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Batch, request => Answer(request, (_, _, _) => null));

        Assert.Empty(await ReadAsync(cloud, Ids(3), Noon.AddMinutes(-30), Noon));
    }

    [Fact]
    public async Task A_slot_that_is_not_over_is_not_asked_for()
    {
        await using var cloud = new ScriptedCloud();

        Assert.Empty(await ReadAsync(cloud, Ids(3), cloud.Clock.GetUtcNow().AddMinutes(-5), cloud.Clock.GetUtcNow()));
        Assert.Empty(cloud.Calls);
    }

    [Fact]
    public async Task Throttling_comes_out_with_its_pause()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Batch, new WireAnswer(429, "{}") { Headers = [("Retry-After", "15")] });

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            ReadAsync(cloud, Ids(1), Noon.AddMinutes(-5), Noon)
        );

        Assert.Equal((FailureKind.Throttled, 15), (failure.Kind, failure.RetryAfter!.Value.TotalSeconds));
    }

    private static NativeId[] Ids(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new NativeId($"00000000-0000-0000-0000-{i:d12}"))];

    private static async Task<List<UsageSample>> ReadAsync(
        ScriptedCloud cloud,
        NativeId[] servers,
        DateTimeOffset from,
        DateTimeOffset until
    ) =>
        [
            .. await cloud
                .Adapter.Usage!.ReadAsync(servers, from, until, None)
                .SelectMany(batch => batch)
                .ToListAsync(None),
        ];

    private static List<JsonElement> Metrics(WireRequest request) =>
        [.. JsonDocument.Parse(request.Body).RootElement.GetProperty("metrics").EnumerateArray()];

    private static void Bounded(WireRequest request)
    {
        var body = JsonDocument.Parse(request.Body).RootElement;
        var span = body.GetProperty("to").GetInt64() - body.GetProperty("from").GetInt64();
        var metrics = body.GetProperty("metrics").GetArrayLength();
        Assert.Equal("300", body.GetProperty("period").GetString());
        Assert.InRange(metrics, 1, 500);
        Assert.InRange(metrics * Math.Ceiling(span / 300_000.0), 1, 3_000);
        Assert.InRange(span, 1, 86_400_000);
    }

    private static WireAnswer Answer(WireRequest request, Func<string, string, string, double?> value)
    {
        var body = JsonDocument.Parse(request.Body).RootElement;
        var (from, to) = (body.GetProperty("from").GetInt64(), body.GetProperty("to").GetInt64());
        var series = body.GetProperty("metrics")
            .EnumerateArray()
            .Select(metric =>
            {
                var space = metric.GetProperty("namespace").GetString()!;
                var name = metric.GetProperty("metric_name").GetString()!;
                var server = metric.GetProperty("dimensions")[0].GetProperty("value").GetString()!;
                var points = value(space, name, server) is { } average
                    ? Enumerable
                        .Range(0, (int)Math.Ceiling((to - from) / 300_000.0))
                        .Select(i => new { average, timestamp = from + (i * 300_000L) })
                    : [];
                return new
                {
                    @namespace = space,
                    metric_name = name,
                    dimensions = metric.GetProperty("dimensions"),
                    unit = "%",
                    datapoints = points,
                };
            });
        return Recorded.Ok(JsonSerializer.Serialize(new { metrics = series }));
    }
}

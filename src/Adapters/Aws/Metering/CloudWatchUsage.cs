using System.Globalization;
using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Metering;

/// <summary>
/// Measured use from CloudWatch: five metrics of a hundred servers in one call, which is the most that it takes. CPU and
/// network EC2 measures itself; memory and disk come from the CloudWatch agent, where it runs, and are null elsewhere.
/// </summary>
internal sealed class CloudWatchUsage(CloudWatchCalls calls, TimeProvider machineTime) : IUsageSource
{
    /// <summary>The most queries a call takes.</summary>
    public const int MostQueries = 500;

    /// <summary>The most values a call answers.</summary>
    public const int MostPoints = 100_800;

    /// <summary>Basic monitoring shows a slot some minutes after its end.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);

    /// <summary>For so long after its end a slot of which a part is missing waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private static int MostServers => MostQueries / Measure.All.Count;

    private static int MostSlots => MostPoints / (MostServers * Measure.All.Count);

    public async IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var now = machineTime.GetUtcNow();
        var asked = SlotWindow.Between(from, until);
        var window = asked with { Past = Math.Min(asked.Past, SlotWindow.Of(now - Settling)) };
        var patience = SlotWindow.Of(now - Patience);
        foreach (var some in servers.Distinct().Chunk(MostServers))
        {
            for (var first = window.First; first < window.Past; first += MostSlots)
            {
                var part = new SlotWindow(first, Math.Min(window.Past, first + MostSlots));
                var grid = new UsageGrid(some, part);
                await FillAsync(grid, some, part, cancellationToken);
                foreach (var batch in grid.Batches(patience))
                {
                    yield return batch;
                }
            }
        }
    }

    private async Task FillAsync(UsageGrid grid, NativeId[] servers, SlotWindow window, CancellationToken token)
    {
        var form = Form(servers, window);
        var results = Pages.EachAsync(
            "GetMetricData",
            next =>
                calls.AskAsync(
                    next is null ? form : new Dictionary<string, string>(form) { ["NextToken"] = next },
                    token
                ),
            token
        );
        await foreach (var result in results)
        {
            var (server, measure) = Read(result.Id, servers.Length);
            foreach (var (at, value) in result.Points)
            {
                grid.Put(server, measure, at, value);
            }
        }
    }

    private static Dictionary<string, string> Form(NativeId[] servers, SlotWindow window)
    {
        var form = new Dictionary<string, string>
        {
            ["Action"] = "GetMetricData",
            ["Version"] = "2010-08-01",
            ["StartTime"] = SlotWindow.Time(window.First),
            ["EndTime"] = SlotWindow.Time(window.Past),
            ["ScanBy"] = "TimestampAscending",
        };
        var number = 0;
        foreach (var (server, id) in servers.Index())
        {
            foreach (var (index, measure) in Measure.All.Index())
            {
                var query = $"MetricDataQueries.member.{++number}";
                form[$"{query}.Id"] = $"s{server}m{index}";
                form[$"{query}.ReturnData"] = "true";
                form[$"{query}.MetricStat.Period"] = $"{SlotWindow.Seconds}";
                form[$"{query}.MetricStat.Stat"] = measure.Statistic;
                form[$"{query}.MetricStat.Metric.Namespace"] = measure.Namespace;
                form[$"{query}.MetricStat.Metric.MetricName"] = measure.Name;
                form[$"{query}.MetricStat.Metric.Dimensions.member.1.Name"] = "InstanceId";
                form[$"{query}.MetricStat.Metric.Dimensions.member.1.Value"] = id.Value;
            }
        }

        return form;
    }

    /// <summary>Whose and what a result is, by the id its query was given.</summary>
    private static (int Server, int Measure) Read(string id, int servers)
    {
        var parts = id.TrimStart('s').Split('m');
        return
            parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var server)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var measure)
            && server >= 0
            && server < servers
            && measure >= 0
            && measure < Measure.All.Count
            ? (server, measure)
            : throw new AdapterException(FailureKind.Unavailable, $"CloudWatch answered a query nobody asked: '{id}'.");
    }
}

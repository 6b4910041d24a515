using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Monitoring;

/// <summary>
/// Measured use from Cloud Eye, in percent of what is allocated as Cloud Eye has it, with as few calls as its bounds allow:
/// 500 metrics and 3,000 points each, at most a day. A point that is not there is null.
/// </summary>
internal sealed class CesUsage(HuaweiDoor door) : IUsageSource
{
    private const int MostMetrics = 500;
    private const int MostPoints = 3_000;
    private const string Server = "instance_id";

    /// <summary>Slots of a day: a longer span of five-minute points is cut without a word.</summary>
    private const int MostSlots = 86_400 / SlotWindow.Seconds;

    /// <summary>Servers held in memory at once.</summary>
    private const int MostServers = 1_000;

    /// <summary>How long after its end a slot may still change: points come late, and one asked for too early is missing.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(5);

    public async IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var asked = SlotWindow.Between(from, until);
        var past = Math.Min(asked.Past, SlotWindow.Of(door.MachineTime.GetUtcNow() - Settling));
        for (var first = asked.First; first < past; first += MostSlots)
        {
            var window = new SlotWindow(first, Math.Min(past, first + MostSlots));
            foreach (var chunk in servers.Chunk(MostServers))
            {
                var grid = new UsageGrid(chunk, window);
                await FillAsync(grid, cancellationToken);
                foreach (var batch in grid.Batches())
                {
                    yield return batch;
                }
            }
        }
    }

    private async Task FillAsync(UsageGrid grid, CancellationToken token)
    {
        await AskAsync(grid, Wanted(grid.Servers, Measures.Usual), token);
        var silent = grid.Servers.Where(server => grid.IsEmpty(grid.Memory, server) && grid.IsEmpty(grid.Disk, server));
        await AskAsync(grid, Wanted([.. silent], Measures.WithoutAgent), token);
    }

    private static List<AskedMetric> Wanted(IReadOnlyList<string> servers, IReadOnlyList<Measure> measures) =>
        [
            .. servers.SelectMany(server =>
                measures.Select(measure => new AskedMetric(
                    measure.Namespace,
                    measure.Metric,
                    [new MetricDimension(Server, server)]
                ))
            ),
        ];

    private async Task AskAsync(UsageGrid grid, List<AskedMetric> metrics, CancellationToken token)
    {
        var window = grid.Window;
        foreach (var part in metrics.Chunk(Math.Min(MostMetrics, Math.Max(1, MostPoints / window.Count))))
        {
            var request = new MetricsRequest(
                part,
                SlotWindow.Start(window.First).ToUnixTimeMilliseconds(),
                SlotWindow.Start(window.Past).ToUnixTimeMilliseconds() - 1
            );
            var answer = await door.AskAsync<ICesApi, MetricsAnswer>(
                CloudServices.Ces,
                (api, p) => api.ReadAsync(p, request, token),
                token
            );
            foreach (var series in answer.Metrics)
            {
                Keep(grid, series);
            }
        }
    }

    private static void Keep(UsageGrid grid, MetricSeries series)
    {
        var measure = Measures
            .Usual.Concat(Measures.WithoutAgent)
            .FirstOrDefault(it => it.Metric == series.MetricName && it.Namespace == (series.Namespace ?? it.Namespace));
        if (
            measure is null
            || series.Dimensions?.FirstOrDefault(dimension => dimension.Name == Server) is not { } server
        )
        {
            return;
        }

        foreach (var point in series.Datapoints ?? [])
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(point.Timestamp);
            if (point.Average is { } value && grid.Place(server.Value, at) is { } place)
            {
                measure.Column(grid)[place] = value * measure.Factor;
            }
        }
    }
}

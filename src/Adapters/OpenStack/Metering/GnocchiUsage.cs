using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Metering;

/// <summary>
/// Measured use from Gnocchi as Ceilometer fills it, in percent of the flavour, by a handful of calls for hundreds of
/// servers. A point that is missing, negative (the guest was restarted) or of a server without a known flavour is null.
/// </summary>
internal sealed class GnocchiUsage(IGnocchi gnocchi, MeteringSettings settings, TimeProvider machineTime) : IUsageSource
{
    /// <summary>How long after its end a slot may still change: polls come late and Gnocchi digests them in the background.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);
    private const int MostServers = 500;

    /// <summary>Slots of servers in one call: some 10 MB of JSON.</summary>
    private const int MostSlots = 100_000;
    private readonly Granularities _granularities = new(gnocchi, Preferred(settings));
    private readonly InstanceSizes _sizes = new(gnocchi);
    private readonly Pace _cpuPace = new();
    private readonly Pace _networkPace = new();

    public GnocchiUsage(CloudDoor door, MeteringSettings settings)
        : this(new GnocchiCalls(door), settings, door.MachineTime) { }

    /// <summary>What of the use cannot be told, as far as was found so far.</summary>
    public IReadOnlyList<CapabilityNote> Notes =>
        _granularities.FoundCoarse
            ? [new("usage", "some servers' metrics are archived more coarsely than five minutes and are not read")]
            : [];

    public async IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var asked = SlotWindow.Between(from, until);
        var settled = SlotWindow.Of(machineTime.GetUtcNow() - Settling);
        var window = asked with { Past = Math.Min(asked.Past, settled) };
        if (window.Count == 0)
        {
            yield break;
        }

        foreach (var chunk in servers.Chunk(Math.Clamp(MostSlots / window.Count, 1, MostServers)))
        {
            var grid = new UsageGrid(chunk, window);
            await FillAsync(grid, cancellationToken);
            foreach (var batch in grid.Batches())
            {
                yield return batch;
            }
        }
    }

    private static int Preferred(MeteringSettings settings) =>
        SlotWindow.Seconds % settings.GranularitySeconds == 0 ? settings.GranularitySeconds : SlotWindow.Seconds;

    private async Task FillAsync(UsageGrid grid, CancellationToken token)
    {
        var servers = grid.Servers;
        var sizes = await _sizes.ReadAsync(servers, grid.Window, token);
        if (sizes.Count == 0)
        {
            return;
        }

        string[] known = [.. sizes.Keys];
        var reading = new Reading(grid, known, sizes, token);
        await CountAsync(reading, Measure.Cpu, _cpuPace, grid.Cpu);
        await CountAsync(reading, Measure.Received, _networkPace, grid.Received);
        await CountAsync(reading, Measure.Sent, _networkPace, grid.Sent);
        await LevelAsync(reading, Measure.Memory, grid.Memory);
        await DiskAsync(reading);
        OfAllocated(reading);
    }

    /// <summary>A counter: what it moved by in the slot.</summary>
    private async Task CountAsync(Reading reading, Measure measure, Pace pace, double[] column)
    {
        // One slot more, for the step into the first.
        var window = reading.Grid.Window with
        {
            First = reading.Grid.Window.First - 1,
        };
        var groups = await _granularities.ReadAsync(measure, reading.Servers, window, reading.Token);
        var metric = measure.Series[0].Metric;
        foreach (var (server, metrics) in groups.SelectMany(group => Devices(group, measure)))
        {
            var rates = Series(metrics, metric, Measure.Rate);
            var polls = pace.PollsPerSlot(Told(rates, Series(metrics, metric, Measure.Mean)));
            foreach (var point in rates)
            {
                if (reading.Grid.Place(server, point.At) is { } place)
                {
                    // A restarted guest counts from zero again: what it used in this slot is unknown.
                    UsageGrid.Add(column, place, point.Value < 0 ? double.PositiveInfinity : point.Value * polls);
                }
            }
        }
    }

    private static List<double> Told(IReadOnlyList<GnocchiPoint> rates, IReadOnlyList<GnocchiPoint> means)
    {
        var told = new List<double>();
        var rate = 0;
        for (var i = 1; i < means.Count; i++)
        {
            while (rate < rates.Count && rates[rate].At < means[i].At)
            {
                rate++;
            }

            var areNeighbours = (means[i].At - means[i - 1].At).TotalSeconds is SlotWindow.Seconds;
            if (
                areNeighbours
                && rate < rates.Count
                && rates[rate].At == means[i].At
                && Pace.Told(means[i - 1].Value, means[i].Value, rates[rate].Value) is { } ratio
            )
            {
                told.Add(ratio);
            }
        }

        return told;
    }

    private async Task LevelAsync(Reading reading, Measure measure, double[] column)
    {
        foreach (
            var group in await _granularities.ReadAsync(measure, reading.Servers, reading.Grid.Window, reading.Token)
        )
        {
            foreach (var (server, metrics) in Devices(group, measure))
            {
                Keep(reading.Grid, server, column, Series(metrics, measure.Series[0].Metric, Measure.Mean));
            }
        }
    }

    /// <summary>Only disks whose use and capacity are both measured count.</summary>
    private async Task DiskAsync(Reading reading)
    {
        var measure = Measure.Disk;
        var (used, capacity) = (reading.Grid.Column(), reading.Grid.Column());
        foreach (
            var group in await _granularities.ReadAsync(measure, reading.Servers, reading.Grid.Window, reading.Token)
        )
        {
            foreach (var (server, metrics) in Devices(group, measure))
            {
                if (measure.Series.All(s => Series(metrics, s.Metric, s.Aggregation).Count > 0))
                {
                    Keep(reading.Grid, server, used, Series(metrics, measure.Series[0].Metric, Measure.Mean));
                    Keep(reading.Grid, server, capacity, Series(metrics, measure.Series[1].Metric, Measure.Mean));
                }
            }
        }

        for (var place = 0; place < used.Length; place++)
        {
            reading.Grid.Disk[place] = used[place] / capacity[place] * 100;
        }
    }

    private static void Keep(UsageGrid grid, string server, double[] column, IReadOnlyList<GnocchiPoint> points)
    {
        foreach (var point in points)
        {
            if (grid.Place(server, point.At) is { } place)
            {
                UsageGrid.Add(column, place, point.Value);
            }
        }
    }

    /// <summary>Nanoseconds and MiB become percent of what the server had in that slot.</summary>
    private static void OfAllocated(Reading reading)
    {
        var grid = reading.Grid;
        foreach (var server in reading.Servers)
        {
            for (var slot = grid.Window.First; slot < grid.Window.Past; slot++)
            {
                var at = SlotWindow.Start(slot);
                if (grid.Place(server, at) is { } place)
                {
                    var size = reading.Sizes[server].At(at);
                    grid.Cpu[place] *= size is { Vcpus: > 0 }
                        ? 100 / (SlotWindow.Seconds * 1e9 * size.Vcpus)
                        : double.NaN;
                    grid.Memory[place] *= size is { MemoryMiB: > 0 } ? 100.0 / size.MemoryMiB : double.NaN;
                }
            }
        }
    }

    /// <summary>A group's series, with the server they belong to.</summary>
    private static IEnumerable<(
        string Server,
        Dictionary<string, Dictionary<string, List<GnocchiPoint>>> Metrics
    )> Devices(AggregateGroup group, Measure measure) =>
        group.Group.GetValueOrDefault(measure.ServerAttribute) is { } server
            ? group.Measures.ByResource.Values.Select(metrics => (server, metrics))
            : [];

    private static IReadOnlyList<GnocchiPoint> Series(
        Dictionary<string, Dictionary<string, List<GnocchiPoint>>> metrics,
        string metric,
        string aggregation
    ) => metrics.GetValueOrDefault(metric)?.GetValueOrDefault(aggregation) ?? [];

    private sealed record Reading(
        UsageGrid Grid,
        IReadOnlyList<string> Servers,
        IReadOnlyDictionary<string, SizeHistory> Sizes,
        CancellationToken Token
    );
}

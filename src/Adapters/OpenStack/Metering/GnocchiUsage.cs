using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Metering;

/// <summary>
/// Measured use from Gnocchi as Ceilometer fills it, in percent of the flavour, by a handful of calls for hundreds of
/// servers. A point that is missing, negative (the guest was restarted), of a slot not polled
/// from its beginning, or of a server without a known flavour is null.
/// </summary>
internal sealed class GnocchiUsage(IGnocchi gnocchi, MeteringSettings settings, TimeProvider machineTime) : IUsageSource
{
    /// <summary>How long after its end a slot may still change: polls come late and Gnocchi digests them in the background.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);
    private const int MostServers = 500;

    /// <summary>Slots of servers in one call: some 10 MB of JSON.</summary>
    private const int MostSlots = 100_000;

    /// <summary>Three neighbours tell how often counters are polled: enough of them also where a single slot is asked for.</summary>
    private const int SlotsBefore = 3;

    /// <summary>A sample that would lack what the next slots tell is held back, shorter than the hour that is read again.</summary>
    private const int SlotsHeldBack = 9;
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
        var window = asked with { Past = Math.Min(asked.Past, Settled) };
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

    /// <summary>The first slot that is not over for long enough.</summary>
    private long Settled => SlotWindow.Of(machineTime.GetUtcNow() - Settling);

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
        var reading = new Reading(grid, known, sizes, token) { Patience = Settled - SlotsHeldBack };
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
        // Slots more: for the step into the first, and for what tells the pace.
        var window = reading.Grid.Window with
        {
            First = reading.Grid.Window.First - SlotsBefore,
        };
        var groups = await _granularities.ReadAsync(measure, reading.Servers, window, reading.Token);
        var metric = measure.Series[0].Metric;
        var counters = groups
            .SelectMany(group => Devices(group, measure))
            .Select(device => (device.Server, Counter: Read(device.Metrics, metric)))
            .Select(device => (device.Server, device.Counter, Told: device.Counter.Told()))
            .ToList();
        foreach (var (_, _, told) in counters)
        {
            pace.Learn(told);
        }

        foreach (var (server, counter, told) in counters)
        {
            foreach (var use in counter.Uses(pace.PollsPerSlot(told)))
            {
                reading.Put(server, column, use);
            }
        }
    }

    private static Counter Read(Dictionary<string, Dictionary<string, List<GnocchiPoint>>> metrics, string metric) =>
        new(Series(metrics, metric, Measure.Mean), Series(metrics, metric, Measure.Rate));

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
    )
    {
        /// <summary>The first slot that is still held back where a counter's pace is not known: what is older will not be asked for again.</summary>
        public required long Patience { get; init; }

        public void Put(string server, double[] column, CounterUse use)
        {
            if (Grid.Place(server, SlotWindow.Start(use.Slot)) is not { } place)
            {
                return;
            }

            // What one device used is unknown, so what all of them did is: infinity stays when others are added.
            UsageGrid.Add(column, place, double.IsNaN(use.Use) ? double.PositiveInfinity : use.Use);
            if (use.IsOpen && use.Slot >= Patience)
            {
                Grid.HoldBack(place);
            }
        }
    }
}

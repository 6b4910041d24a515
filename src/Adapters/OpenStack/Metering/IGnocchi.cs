namespace CloudManager.Adapters.OpenStack.Metering;

/// <summary>What is asked of Gnocchi and Nova to tell how much servers use.</summary>
internal interface IGnocchi
{
    /// <summary>The series; empty where nothing is measured; null where the granularity is missing.</summary>
    Task<IReadOnlyList<AggregateGroup>?> AggregateAsync(AggregateCall call, CancellationToken token);

    /// <summary>What the instances are now, or with their history; those Gnocchi does not know are left out.</summary>
    Task<IReadOnlyList<InstanceRevision>> InstancesAsync(
        IReadOnlyList<string> ids,
        bool history,
        CancellationToken token
    );

    /// <summary>The granularities that any archive policy keeps, in seconds.</summary>
    Task<IReadOnlyList<int>> GranularitiesAsync(CancellationToken token);

    /// <summary>A size by its id; null where Nova has none of it any more.</summary>
    Task<FlavourSize?> FlavourAsync(string id, CancellationToken token);
}

/// <summary>One call of the aggregates API.</summary>
/// <param name="Measure">What of the servers is read.</param>
/// <param name="Servers">Of which.</param>
/// <param name="Window">The slots.</param>
/// <param name="Granularity">How finely it is read, in seconds; finer than a slot is brought to slots by Gnocchi.</param>
internal sealed record AggregateCall(Measure Measure, IReadOnlyList<string> Servers, SlotWindow Window, int Granularity)
{
    public AggregateBody Body
    {
        get
        {
            object[] metrics =
            [
                "metric",
                .. Measure.Series.Select(series => new[] { series.Metric, series.Aggregation }),
            ];
            return new AggregateBody(
                Measure.ResourceType,
                new() { ["in"] = new Dictionary<string, object> { [Measure.ServerAttribute] = Servers } },
                Granularity == SlotWindow.Seconds ? metrics : ["resample", "mean", SlotWindow.Seconds, metrics]
            );
        }
    }

    public AggregateRange Range => new(Granularity, SlotWindow.Time(Window.First), SlotWindow.Time(Window.Past));
}

/// <summary>A metric and how it is aggregated, e.g. <c>cpu</c> by <c>rate:mean</c>.</summary>
internal readonly record struct MetricSeries(string Metric, string Aggregation);

/// <summary>What is read in one call: Ceilometer's layout of https://docs.openstack.org/ceilometer/latest/admin/telemetry-measurements.html.</summary>
internal sealed record Measure(string ResourceType, string ServerAttribute, IReadOnlyList<MetricSeries> Series)
{
    public const string Mean = "mean";
    public const string Rate = "rate:mean";

    /// <summary>Nanoseconds of processor time since the guest's start.</summary>
    public static Measure Cpu { get; } = new("instance", "id", [new("cpu", Rate), new("cpu", Mean)]);

    /// <summary>MiB in use; only where the guest has a balloon driver.</summary>
    public static Measure Memory { get; } = new("instance", "id", [new("memory.usage", Mean)]);

    /// <summary>Bytes by disk.</summary>
    public static Measure Disk { get; } =
        new("instance_disk", "instance_id", [new("disk.device.usage", Mean), new("disk.device.capacity", Mean)]);

    /// <summary>Bytes since the guest's start, by interface.</summary>
    public static Measure Received { get; } = Network("network.incoming.bytes");

    /// <summary>Bytes since the guest's start, by interface.</summary>
    public static Measure Sent { get; } = Network("network.outgoing.bytes");

    /// <summary>Devices are kept apart, so that one that came or went does not cut the others' series.</summary>
    public string[] GroupBy => ServerAttribute == "id" ? ["id"] : [ServerAttribute, "id"];

    private static Measure Network(string metric) =>
        new("instance_network_interface", "instance_id", [new(metric, Rate), new(metric, Mean)]);
}

using CloudManager.Core.Metering;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>The engine as those see it who watch over it.</summary>
internal sealed class PrometheusEngine(MetricsAddress address, EngineDoor door, Spool spool) : ISampleEngine
{
    public string Name { get; } = address.ToString();

    public long SpooledBytes => spool.Bytes;

    public long SpoolLimit { get; } = address.SpoolBytes;

    public Task CheckAsync(CancellationToken cancellationToken) => door.CheckAsync(cancellationToken);
}

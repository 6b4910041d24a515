using CloudManager.Adapters.Hosting.Plugins;
using CloudManager.Core.Kernel;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace CloudManager.Adapters.Hosting;

/// <summary>What pools are opened with.</summary>
/// <param name="BaseDirectory">The folder that relative paths in a pool's settings start from: the host's data folder.</param>
/// <param name="BusinessTime">Business time, for adapters that simulate a cloud.</param>
/// <param name="MachineClock">Machine time, for time-outs, rates and back-off.</param>
/// <param name="Loggers">Where an adapter's bugs are told.</param>
public sealed record HostingContext(
    string BaseDirectory,
    TimeProvider BusinessTime,
    MachineClock MachineClock,
    ILoggerFactory Loggers
)
{
    /// <summary>Where the figures of the calls are counted.</summary>
    public IMetricFactory Metrics { get; init; } = Prometheus.Metrics.DefaultFactory;

    /// <summary>How much plug-ins may do wrong.</summary>
    public WardLimits Ward { get; init; } = new();
}

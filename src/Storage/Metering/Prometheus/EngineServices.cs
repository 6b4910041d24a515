using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>Registers an engine that speaks the Prometheus protocol in the place of the embedded store.</summary>
public static class EngineServices
{
    /// <summary>The samples at an address; after <c>AddStorage</c>, whose embedded store is then never opened.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="dataFolder">The data folder, in which samples wait while the engine does not answer.</param>
    /// <param name="address">Where the engine is.</param>
    public static IServiceCollection AddMetricsEngine(
        this IServiceCollection services,
        string dataFolder,
        MetricsAddress address
    ) =>
        services
            .AddSingleton(address)
            .AddSingleton<EngineDoor>()
            .AddSingleton<EngineReader>()
            .AddSingleton<EngineWriter>()
            .AddSingleton<EngineMarks>()
            .AddSingleton(s => new Spool(
                Path.Combine(dataFolder, "spool"),
                address.SpoolBytes,
                s.GetRequiredService<MachineClock>(),
                s.GetRequiredService<ILogger<Spool>>()
            ))
            .AddSingleton<ISampleEngine, PrometheusEngine>()
            .AddSingleton<ISampleStore, EngineSamples>()
            .AddSingleton<ISampleArchive, EngineArchive>()
            .AddSingleton<IUsageSummaries, EngineSummaries>()
            .AddSingleton<IUsageCourse, EngineCourse>();
}

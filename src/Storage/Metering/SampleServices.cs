using CloudManager.Core.Kernel;
using CloudManager.Core.Kernel.Export;
using CloudManager.Core.Metering;
using CloudManager.Storage.Books;
using CloudManager.Storage.Export;
using CloudManager.Storage.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace CloudManager.Storage.Metering;

/// <summary>Registers the samples of one data folder, and how metering sees the servers in the books.</summary>
internal static class SampleServices
{
    public static IServiceCollection AddSamples(this IServiceCollection services, string dataFolder) =>
        services
            .AddSingleton<IMeteredServers, MeteredServers>()
            .AddSingleton(s => new MetricsFile(
                dataFolder,
                s.GetRequiredService<SqlDialect>(),
                s.GetRequiredService<MachineClock>()
            ))
            .AddSingleton<ISampleEngine, EmbeddedEngine>()
            .AddSingleton<ISampleStore, SampleStore>()
            .AddSingleton<ISampleArchive, SampleArchive>()
            .AddSingleton<IUsageSummaries, UsageSummaries>()
            .AddSingleton<IUsageCourse, UsageCourse>()
            .AddSingleton<IParquetFiles, ParquetFiles>();
}

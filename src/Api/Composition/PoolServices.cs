using CloudManager.Adapters.Hosting;
using CloudManager.Adapters.Hosting.Declaration;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.OpenStack;
using CloudManager.Adapters.Sdk;
using CloudManager.Api.Pools;
using CloudManager.Api.Workers;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Scheduler;

namespace CloudManager.Api.Composition;

/// <summary>The declared pools, the built-in adapters, and a worker for each pool.</summary>
internal static class PoolServices
{
    private static readonly IReadOnlyList<IAdapterFactory> BuiltIn =
    [
        new MockAdapterFactory(),
        new OpenStackAdapterFactory(),
    ];

    /// <exception cref="AdaptersFileException">The file has faults: all of them are listed.</exception>
    public static Task<DeclaredAdapters> ReadAsync(string path, CancellationToken cancellationToken) =>
        AdaptersFile.LoadAsync(path, BuiltIn, cancellationToken);

    public static IServiceCollection AddPools(
        this IServiceCollection services,
        DeclaredAdapters declared,
        string dataFolder
    ) =>
        services
            .AddSingleton<IPools>(s => new HostedPools(
                declared.Pools,
                declared.Factories,
                new HostingContext(
                    Path.GetFullPath(dataFolder),
                    s.GetRequiredService<TimeProvider>(),
                    s.GetRequiredService<MachineClock>(),
                    s.GetRequiredService<ILoggerFactory>()
                )
            ))
            .AddSingleton<IPoolReopening>(s => (HostedPools)s.GetRequiredService<IPools>())
            .AddSingleton<IProvisioningQueue, ProvisioningQueue>()
            .AddHostedService<PoolWorkers>()
            .AddSingleton(s => new ConformanceRuns(
                s.GetRequiredService<IBooks>(),
                s.GetRequiredService<IConformanceStore>(),
                s.GetRequiredService<IPools>(),
                (s.GetRequiredService<MachineClock>(), s.GetRequiredService<TimeProvider>()),
                s.GetRequiredService<ILogger<ConformanceRuns>>()
            ))
            .AddHostedService(s => s.GetRequiredService<ConformanceRuns>());
}

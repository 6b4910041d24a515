using CloudManager.Adapters.Hosting;
using CloudManager.Adapters.Hosting.Declaration;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.OpenInterface;
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
        new OpenInterfaceAdapterFactory(),
    ];

    /// <exception cref="AdaptersFileException">The file has faults: all of them are listed.</exception>
    public static Task<IReadOnlyList<Pool>> ReadAsync(string path, CancellationToken cancellationToken) =>
        AdaptersFile.LoadAsync(path, BuiltIn, cancellationToken);

    /// <summary>The upper installations that may use a pool through the open interface.</summary>
    /// <exception cref="AdaptersFileException">A key cannot be read.</exception>
    public static Task<IReadOnlyList<OpenClient>> ReadClientsAsync(string path, CancellationToken cancellationToken) =>
        OpenClients.LoadAsync(path, cancellationToken);

    public static IServiceCollection AddPools(
        this IServiceCollection services,
        IReadOnlyList<Pool> pools,
        string dataFolder
    ) =>
        services
            .AddSingleton<IPools>(s => new HostedPools(
                pools,
                BuiltIn,
                new HostingContext(
                    Path.GetFullPath(dataFolder),
                    s.GetRequiredService<TimeProvider>(),
                    s.GetRequiredService<MachineClock>(),
                    s.GetRequiredService<ILoggerFactory>()
                )
            ))
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

using CloudManager.Adapters.Aws;
using CloudManager.Adapters.Hosting;
using CloudManager.Adapters.Hosting.Declaration;
using CloudManager.Adapters.Huawei;
using CloudManager.Adapters.Manual;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.OpenInterface;
using CloudManager.Adapters.OpenStack;
using CloudManager.Adapters.Relay;
using CloudManager.Adapters.Sdk;
using CloudManager.Api.Agents;
using CloudManager.Api.Pools;
using CloudManager.Api.Workers;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Scheduler;

namespace CloudManager.Api.Composition;

/// <summary>The declared pools, the built-in adapters, and a worker for each pool.</summary>
internal static class PoolServices
{
    /// <param name="relays">Where adapters and endpoints of pools behind agents meet: one for each host.</param>
    private static IReadOnlyList<IAdapterFactory> BuiltIn(PoolRelays relays) =>
        [
            new MockAdapterFactory(),
            new OpenStackAdapterFactory(),
            new ManualAdapterFactory(),
            new HuaweiAdapterFactory(),
            new AwsAdapterFactory(),
            new OpenInterfaceAdapterFactory(),
            new AgentAdapterFactory(relays),
        ];

    /// <exception cref="AdaptersFileException">The file has faults: all of them are listed.</exception>
    public static async Task<DeclaredAdapters> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var declared = await AdaptersFile.LoadAsync(path, BuiltIn(new PoolRelays()), cancellationToken);
        return declared with { Clients = await OpenClients.LoadAsync(path, cancellationToken) };
    }

    public static IServiceCollection AddPools(
        this IServiceCollection services,
        DeclaredAdapters declared,
        string dataFolder
    ) =>
        services
            .AddAgents(declared.Pools)
            .AddSingleton<IPools>(s => new HostedPools(
                declared.Pools,
                Own(declared.Factories, s.GetRequiredService<PoolRelays>()),
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

    /// <summary>The adapters with this host's own relays: two hosts of one process share none.</summary>
    private static IReadOnlyList<IAdapterFactory> Own(IReadOnlyList<IAdapterFactory> declared, PoolRelays relays) =>
        [.. declared.Select(factory => factory is AgentAdapterFactory ? new AgentAdapterFactory(relays) : factory)];
}

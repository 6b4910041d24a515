using CloudManager.Api.Web;

namespace CloudManager.Api.Metering;

/// <summary>Registers what the host serves of metering.</summary>
internal static class MeteringStations
{
    public static IServiceCollection AddMeteringStations(this IServiceCollection services) =>
        services
            .AddSingleton<Exports>()
            .AddHostedService<MeteringWatcher>()
            .AddSingleton<IStation, HandInSamplesApi>()
            .AddSingleton<IStation, UtilisationApi>()
            .AddSingleton<IStation, SamplesApi>()
            .AddSingleton<IStation, CollectionApi>()
            .AddSingleton<IStation, CoverageApi>();
}

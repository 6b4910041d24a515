using CloudManager.Api.Demo;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Composition;

/// <summary>What fills empty books.</summary>
internal static class SeedServices
{
    public static IServiceCollection AddSeed(this IServiceCollection services) =>
        services
            .AddSingleton<FirstStart>()
            .AddSingleton<SeedProvince>()
            .AddSingleton<DemoAccounts>()
            .AddSingleton(s => new ProvinceRegister(
                s.GetRequiredService<RegisterOrganisation>(),
                s.GetRequiredService<RegisterSystem>(),
                s.GetRequiredService<PublishEdition>(),
                s.GetRequiredService<SignContract>(),
                s.GetRequiredService<SetPoolStatus>()
            )
            {
                Pools = s.GetRequiredService<IPools>(),
                BusinessTime = s.GetRequiredService<TimeProvider>(),
            });
}

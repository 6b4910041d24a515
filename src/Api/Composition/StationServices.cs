using CloudManager.Api.Audit;
using CloudManager.Api.Billing;
using CloudManager.Api.Catalogue;
using CloudManager.Api.Findings;
using CloudManager.Api.Forecasts;
using CloudManager.Api.Inventory;
using CloudManager.Api.Jobs;
using CloudManager.Api.Metering;
using CloudManager.Api.Organisations;
using CloudManager.Api.Pools;
using CloudManager.Api.Reports;
using CloudManager.Api.Requests;
using CloudManager.Api.Resources;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.WorkOrders;
using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Policies;
using CloudManager.Core.Findings.Trials;
using CloudManager.Core.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;

namespace CloudManager.Api.Composition;

/// <summary>The endpoints, station by station, and who may call them.</summary>
internal static class StationServices
{
    public static IServiceCollection AddStations(this IServiceCollection services) =>
        services
            .AddSingleton<Creations>()
            .AddSingleton<VerifyAudit>()
            .AddSingleton<PoolHealth>()
            .AddSingleton<MappingHealth>()
            .AddSingleton<PoolStanding>()
            .AddSingleton<CatalogueDesk>()
            .AddSingleton<IStation, SessionsApi>()
            .AddSingleton<IStation, OrganisationsApi>()
            .AddSingleton<IStation, AccountsApi>()
            .AddSingleton<IStation, NewAccountsApi>()
            .AddSingleton<IStation, SystemsApi>()
            .AddSingleton<IStation, NotificationsApi>()
            .AddSingleton<IStation, PoolsApi>()
            .AddSingleton<IStation, ConformanceApi>()
            .AddSingleton<IStation, CatalogueApi>()
            .AddSingleton<IStation, EditionsApi>()
            .AddSingleton<IStation, ContractsApi>()
            .AddSingleton<IStation, RequestsApi>()
            .AddSingleton<IStation, RequestStepsApi>()
            .AddSingleton<IStation, AdviceApi>()
            .AddSingleton<IStation, WorkOrdersApi>()
            .AddSingleton<IStation, ResourcesApi>()
            .AddSingleton<IStation, ConsoleApi>()
            .AddSingleton<IStation, TasksApi>()
            .AddFindings()
            .AddSingleton<IStation, InventoryApi>()
            .AddSingleton<IStation, TakeoversApi>()
            .AddSingleton<IStation, TakeoverImportApi>()
            .AddSingleton<IStation, HandInApi>()
            .AddSingleton<InventoryFigures>()
            .AddHostedService<InventoryWatcher>()
            .AddSingleton<IStation, JobsApi>()
            .AddMeteringStations()
            .AddSingleton<IStation, BillsApi>()
            .AddSingleton<IStation, ReportsApi>()
            .AddSizes()
            .AddSingleton<IStation, AuditApi>();

    private static IServiceCollection AddFindings(this IServiceCollection services) =>
        services
            .AddSingleton<IStation, FindingsApi>()
            .AddSingleton<IStation, FindingStepsApi>()
            .AddSingleton<IStation, TrialsApi>()
            .AddSingleton(s => new TrialRuns(
                s.GetRequiredService<IBooks>(),
                s.GetRequiredService<ITrialStore>(),
                s.GetRequiredService<TryPolicy>(),
                (s.GetRequiredService<MachineClock>(), s.GetRequiredService<TimeProvider>()),
                s.GetRequiredService<ILogger<TrialRuns>>()
            ))
            .AddHostedService(s => s.GetRequiredService<TrialRuns>())
            .AddSingleton<IStation>(s => new PoliciesApi(
                s.GetRequiredService<IBooks>(),
                (s.GetRequiredService<IPolicies>(), s.GetRequiredService<IPolicyStore>()),
                s.GetRequiredService<PolicyDesk>(),
                s.GetRequiredService<Creations>(),
                s.GetRequiredService<TimeProvider>()
            ));

    /// <summary>Plans, forecasts and circulars.</summary>
    private static IServiceCollection AddSizes(this IServiceCollection services) =>
        services
            .AddSingleton<SystemDoor>()
            .AddSingleton<IStation, SystemPlansApi>()
            .AddSingleton<IStation, PlansApi>()
            .AddSingleton<IStation, ForecastsApi>()
            .AddSingleton<IStation, CircularsApi>();

    public static IServiceCollection AddTrust(this IServiceCollection services)
    {
        services
            .AddSingleton<Passwords>()
            .AddSingleton<SignIn>()
            .AddSingleton<ChangePassword>()
            .AddSingleton<GuardAccount>()
            .AddSingleton<SessionReader>()
            .AddSingleton<AccessGate>();
        // The framework wants keys for cookies, which there are none of: it must not write any to a home folder.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services
            .AddAuthentication(TokenHandler.Name)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.Name, null);
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }
}

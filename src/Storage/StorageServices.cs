using CloudManager.Core.Audit;
using CloudManager.Core.Billing;
using CloudManager.Core.Calendar;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Findings.Trials;
using CloudManager.Core.Findings.SizePlans;
using CloudManager.Core.Forecasts;
using CloudManager.Core.Inventory;
using CloudManager.Core.Inventory.Takeovers;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Reports;
using CloudManager.Core.Reports.Circulars;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;
using CloudManager.Storage.Audit;
using CloudManager.Storage.Billing;
using CloudManager.Storage.Books;
using CloudManager.Storage.Calendar;
using CloudManager.Storage.Catalogue;
using CloudManager.Storage.Findings;
using CloudManager.Storage.Forecasts;
using CloudManager.Storage.Inventory;
using CloudManager.Storage.Metering;
using CloudManager.Storage.Organisations;
using CloudManager.Storage.Pools;
using CloudManager.Storage.Provisioning;
using CloudManager.Storage.Reports;
using CloudManager.Storage.Requests;
using CloudManager.Storage.Resources;
using CloudManager.Storage.WorkOrders;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudManager.Storage;

/// <summary>Registers the stores over the books of one data folder, or of a PostgreSQL server.</summary>
public static class StorageServices
{
    /// <summary>
    /// Opens the books, brings them to the newest shape, and registers every store. Asks the container for the business
    /// <see cref="TimeProvider"/>.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="dataFolder">The data folder; made if it is not there.</param>
    /// <param name="connectionString">The PostgreSQL connection string; null: SQLite in the data folder.</param>
    /// <exception cref="FormatException">It is no connection string that names a host and a database.</exception>
    public static IServiceCollection AddStorage(
        this IServiceCollection services,
        string dataFolder,
        string? connectionString = null
    ) => services.AddStorage(dataFolder, BooksAddress.Of(dataFolder, connectionString));

    /// <summary>The same, with the books at an address known already.</summary>
    public static IServiceCollection AddStorage(
        this IServiceCollection services,
        string dataFolder,
        BooksAddress address
    )
    {
        Directory.CreateDirectory(dataFolder);
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        return services
            .AddSingleton(address)
            .AddSingleton(address.Dialect)
            .AddSingleton<SqlBooks>()
            .AddSingleton<IBooks>(s => s.GetRequiredService<SqlBooks>())
            .AddSingleton<IBooksOpening, BooksOpening>()
            .AddSingleton(s => s.GetRequiredService<IBooksOpening>().Installation)
            .AddSingleton<ICounters, Counters>()
            .AddSingleton<INotifications, Notifications>()
            .AddSingleton<IOnceStore, OnceStore>()
            .AddSingleton<IJobPeriods, JobPeriods>()
            .AddSingleton<IJobLooks, JobLooks>()
            .AddSingleton<IAuditLog, AuditLog>()
            .AddOrganisations()
            .AddSingleton<ICatalogueStore, CatalogueStore>()
            .AddSingleton<IContractStore, ContractStore>()
            .AddPools()
            .AddSingleton<IRequestStore, RequestStore>()
            .AddSingleton<IOpenRequests, RequestStore>()
            .AddSingleton<IReminders, Reminders>()
            .AddSingleton<IWorkOrderStore, WorkOrderStore>()
            .AddSingleton<IResourceStore, ResourceStore>()
            .AddReports()
            .AddSingleton<IRequestCounts, RequestCountsReader>()
            .AddSingleton<IResourceCounts, ResourceCountsReader>()
            .AddSingleton<ITaskStore, TaskStore>()
            .AddSingleton<ITaskLeases, TaskLeases>()
            .AddInventory()
            .AddSamples(dataFolder)
            .AddBillingStores()
            .AddSingleton<IHolidays>(s =>
                HolidayFolder.Open(
                    Path.Combine(dataFolder, "holidays"),
                    s.GetRequiredService<MachineClock>(),
                    s.GetRequiredService<ILogger<HolidayFolder>>()
                )
            );
    }

    private static IServiceCollection AddReports(this IServiceCollection services) =>
        services
            .AddSingleton<IReportStore, ReportStore>()
            .AddSingleton<ICircularStore, CircularStore>()
            .AddSingleton<IPossibleSavings, PossibleSavings>()
            .AddSingleton<IAllocations, Allocations>();

    private static IServiceCollection AddInventory(this IServiceCollection services) =>
        services
            .AddFindings()
            .AddSingleton<IInventoryStore, InventoryStore>()
            .AddSingleton<IInventoryRuns, InventoryRuns>()
            .AddSingleton<IInventoryBooks, InventoryBooks>()
            .AddSingleton<ITakeoverStore, TakeoverStore>();

    private static IServiceCollection AddFindings(this IServiceCollection services) =>
        services
            .AddSingleton<IFindingStore, FindingStore>()
            .AddSingleton<IJudgedResources, JudgedResources>()
            .AddSingleton<IJudgedCounts, JudgedResources>()
            .AddSingleton<ITrialStore, TrialStore>()
            .AddSingleton<IJudgingProgress, JudgingProgressStore>()
            .AddSingleton<PolicyStore>()
            .AddSingleton<IPolicies>(s => s.GetRequiredService<PolicyStore>())
            .AddSingleton<IPolicyStore>(s => s.GetRequiredService<PolicyStore>());

    private static IServiceCollection AddBillingStores(this IServiceCollection services) =>
        services
            .AddSingleton<IServiceIntervalStore, ServiceIntervalStore>()
            .AddSingleton<ILateServices, LateServices>()
            .AddSingleton<IBillWriter, BillWriter>()
            .AddSingleton<IBillReader, BillReader>();

    private static IServiceCollection AddPools(this IServiceCollection services) =>
        services
            .AddSingleton<IPoolStatusStore, PoolStatusStore>()
            .AddSingleton<IConformanceStore, ConformanceStore>()
            .AddSingleton<IClientThings, ClientThingStore>();

    private static IServiceCollection AddOrganisations(this IServiceCollection services) =>
        services
            .AddSingleton<OrganisationStore>()
            .AddSingleton<IOrganisationStore>(s => s.GetRequiredService<OrganisationStore>())
            .AddSingleton<IRegionStore>(s => s.GetRequiredService<OrganisationStore>())
            .AddSingleton<IAccountStore, AccountStore>()
            .AddSingleton<ISessionStore, SessionStore>()
            .AddSingleton<ISystemStore, SystemStore>();
}

/// <summary>The opening of the books: to be done once, before anything is read or written.</summary>
public interface IBooksOpening
{
    /// <summary>The name of this installation, known once the books are open.</summary>
    Installation Installation { get; }

    /// <summary>Migrates under the writers' lock and reads the installation's name.</summary>
    /// <exception cref="BooksUnreachableException">The server does not answer, or does not let us in.</exception>
    Task OpenAsync(CancellationToken cancellationToken);
}

using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Inventory;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;
using CloudManager.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CloudManager.Bench.Inventory;

/// <summary>Books that hold so many servers of one pool in service, on SQLite in a folder of their own.</summary>
internal sealed class SeededPool : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudmanager-bench-").FullName;
    private readonly ServiceProvider _services;

    private SeededPool() =>
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new MachineClock(TimeProvider.System))
            .AddStorage(_folder)
            .BuildServiceProvider();

    public static async Task<SeededPool> OpenAsync(IReadOnlyList<NativeId> servers)
    {
        var pool = new SeededPool();
        await pool.Get<IBooksOpening>().OpenAsync(CancellationToken.None);
        await pool.Get<IBooks>().KeepAsync(Origin.Platform, (t, token) => pool.SeedAsync(t, servers, token), default);
        return pool;
    }

    /// <summary>The run over this cloud.</summary>
    public async Task<InventoryRun> SyncAsync(IWatchedCloud cloud)
    {
        var books = Get<IBooks>();
        var counters = Get<ICounters>();
        var desk = new InventoryDesk(
            Get<IInventoryStore>(),
            Get<IInventoryRuns>(),
            Get<IInventoryBooks>(),
            Get<IFindingStore>(),
            counters
        );
        var note = new NoteFindings(desk.Findings, counters, TimeProvider.System);
        var policy = new InventoryPolicy();
        var sync = new SyncPool(
            cloud,
            books,
            new ListPool(books, new CompareBatch(desk, note), policy),
            new ProveGone(books, desk, note),
            new SyncTerms(desk, policy, TimeProvider.System)
        );
        return (await sync.ExecuteAsync(cloud.Declared[0], CancellationToken.None))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    private async Task<Done> SeedAsync(
        ITransaction transaction,
        IReadOnlyList<NativeId> servers,
        CancellationToken token
    )
    {
        var before = TimeProvider.System.GetUtcNow().AddDays(-1);
        await Get<IRegionStore>().AddAsync(transaction, new Region("430000", "湖南省", null), token);
        await Get<IRequestStore>().AddAsync(transaction, RequestOf(before), token);
        var order = OrderOf(before);
        await Get<IWorkOrderStore>().AddAsync(transaction, order, token);
        for (var number = 1; number <= servers.Count; number++)
        {
            var resource = new Resource
            {
                Id = new(number),
                Kind = ItemKind.Server,
                Tenant = order.Tenant,
                System = order.System,
                Region = order.Region,
                Pool = order.Pool,
                Provider = order.Provider,
                Item = "ecs-general",
                Spec = new Spec
                {
                    Vcpus = 4,
                    MemoryGiB = 8,
                    Image = "kylin-v10-x86",
                    SizeGiB = 40,
                },
                State = ResourceState.InService,
                Request = order.Request,
                Line = 1,
                WorkOrder = order.Id,
                NativeId = servers[number - 1],
                CreatedAt = before,
            };
            await Get<IResourceStore>().AddAsync(transaction, resource, token);
        }

        return Done.Now;
    }

    private static ServiceRequest RequestOf(DateTimeOffset at) =>
        new()
        {
            Id = new(1),
            Type = RequestType.Provision,
            State = RequestState.InService,
            Tenant = "tenant-a",
            Region = "430000",
            System = "hr-portal",
            Reason = "bench",
            Lines = [],
            CreatedAt = at,
            History = [new HistoryEntry(at, "tenant-a", "tenant-a", RequestAction.Create, null)],
        };

    private static WorkOrder OrderOf(DateTimeOffset at) =>
        new()
        {
            Id = new(1),
            Kind = WorkOrderKind.Delivery,
            State = WorkOrderState.Completed,
            Request = new(1),
            Tenant = "tenant-a",
            System = "hr-portal",
            Region = "430000",
            Pool = new PoolId("generated"),
            Provider = "provider-a",
            Lines = [],
            IssuedAt = at,
            IssuedBy = "technical",
            EndedAt = at,
        };
}

using System.Text.Json;
using CloudManager.Adapters.Hosting;
using CloudManager.Adapters.Manual;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Api.Composition;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Storage;
using CloudManager.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Journey.Tests.Support;

/// <summary>A small province on real books in a temporary folder and on real mock pools, without the API.</summary>
internal sealed class Province : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TestDatabase _database;
    private readonly HostedPools? _own;

    private Province(TestDatabase database, Func<Province, HostedPools> pools, Province? first)
    {
        _database = database;
        Clock = first?.Clock ?? Clock;
        var hosted = pools(this);
        _own = first is null ? hosted : null;
        var machine = new MachineClock(TimeProvider.System);
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(machine)
            .AddStorage(database.Folder, database.ConnectionString)
            .AddCore()
            .AddSingleton<IPools>(new RegardedPools(hosted));
        _services = services.BuildServiceProvider();
    }

    /// <summary>Wednesday 30 September 2026, 10:00 in China.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 9, 30, 10, 0, 0, China.Offset));

    public Actor Tenant { get; } = Acting("tenant-a", OrganisationKind.Tenant);
    public Actor OtherTenant { get; } = Acting("tenant-b", OrganisationKind.Tenant);
    public Actor Authority { get; } = Acting("authority", OrganisationKind.Authority);
    public Actor Technical { get; } = Acting("technical", OrganisationKind.TechnicalDepartment);
    public Actor ProviderA { get; } = Acting("provider-a", OrganisationKind.Provider);
    public Actor ProviderB { get; } = Acting("provider-b", OrganisationKind.Provider);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static Task<Province> FoundAsync(params Pool[] pools) => FoundAsync(Database.Sqlite, pools);

    /// <summary>The same on the books of this database.</summary>
    public static async Task<Province> FoundAsync(Database on, params Pool[] pools)
    {
        var province = new Province(await TestDatabase.CreateAsync(on), p => p.Host(pools), first: null);
        await province.Get<IBooksOpening>().OpenAsync(CancellationToken.None);
        var founded = await province.ChangeAsync("province.found", province.SeedAsync);
        Assert.True(founded.IsDone, founded.Refusal?.ToString());
        return province;
    }

    /// <summary>From now on the pool is of another kind.</summary>
    public void Regard(string pool, PoolKind kind) => ((RegardedPools)Get<IPools>()).Regard(new(pool), kind);

    /// <summary>The same province as another process has it: the same books and the same clouds.</summary>
    public async Task<Province> AgainAsync()
    {
        var again = new Province(_database, _ => _own!, first: this);
        await again.Get<IBooksOpening>().OpenAsync(CancellationToken.None);
        return again;
    }

    /// <summary>A mock pool with its faults, if any.</summary>
    public static Pool Mock(string id, string provider, PoolKind kind = PoolKind.New, string settings = "{}") =>
        new()
        {
            Id = new(id),
            Name = id,
            Provider = provider,
            Region = "430000",
            Kind = kind,
            Adapter = "Mock",
            Settings = JsonDocument.Parse(settings).RootElement,
            Limits = PoolLimits.Default with { RequestsPerSecond = 10_000 },
            Mapping = new PoolMapping(
                [
                    new FlavourRule([], new ServerSize(2, 4), "m2-4"),
                    new FlavourRule([], new ServerSize(4, 8), "m4-8"),
                    new FlavourRule([], new ServerSize(8, 16), "m8-16"),
                ],
                new Dictionary<string, string> { ["kylin-v10-x86"] = "kylin-v10-x86" },
                new Dictionary<string, string> { ["vol-ssd"] = "ssd" },
                null
            ),
        };

    public Task<Result<T>> ChangeAsync<T>(string action, Func<ITransaction, CancellationToken, Task<Result<T>>> work) =>
        Get<IBooks>().ChangeAsync(new Intent(Origin.Platform, action, new("test", "")), work, CancellationToken.None);

    public Task<T> ReadAsync<T>(Func<ITransaction, CancellationToken, Task<T>> work) =>
        Get<IBooks>().ReadAsync(work, CancellationToken.None);

    public Task<Result<ServiceRequest>> CreateAsync(string pool, params LineInput[] lines) =>
        ChangeAsync(
            "request.create",
            (transaction, token) =>
                Get<CreateRequest>()
                    .ExecuteAsync(
                        transaction,
                        Tenant,
                        new RequestInput(RequestType.Provision, "hr-portal", new PoolId(pool), "for testing", lines),
                        token
                    )
        );

    public Task<Result<ServiceRequest>> ActAsync(
        Actor by,
        RequestId id,
        RequestAction action,
        ActionInput? input = null
    ) =>
        ChangeAsync(
            $"request.{action}",
            (transaction, token) =>
                Get<ActOnRequest>()
                    .ExecuteAsync(transaction, by, (id, null), (action, input ?? ActionInput.Nothing), token)
        );

    /// <summary>The same, which must be done.</summary>
    public async Task<ServiceRequest> DoAsync(Actor by, RequestId id, RequestAction action, ActionInput? input = null)
    {
        var result = await ActAsync(by, id, action, input);
        Assert.True(result.IsDone, $"{action}: {result.Refusal} {string.Join("; ", result.Refusal?.Faults ?? [])}");
        return result.Value;
    }

    public Task<ServiceRequest> RequestAsync(RequestId id) =>
        ReadAsync(async (t, token) => (await Get<IRequestStore>().FindAsync(t, id, token))!);

    public Task<IReadOnlyList<Resource>> ResourcesAsync(RequestId id) =>
        ReadAsync((t, token) => Get<IResourceStore>().OfRequestAsync(t, id, token));

    /// <summary>Lets the workers of all pools do what is due within 30 seconds.</summary>
    public async Task DrainAsync()
    {
        var before = -1L;
        while (before != await EndedTasksAsync())
        {
            before = await EndedTasksAsync();
            foreach (var pool in Get<IPools>().Declared)
            {
                await WorkerOf(pool).DrainAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
            }
        }
    }

    public async Task<IReadOnlyList<CloudServer>> ServersInAsync(string pool)
    {
        var servers = new List<CloudServer>();
        await foreach (var server in Get<IPools>().Open(new(pool)).Inventory!.ListServersAsync(CancellationToken.None))
        {
            servers.Add(server);
        }

        return servers;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_own is not null)
        {
            await _own.DisposeAsync();
            await _database.DisposeAsync();
        }
    }

    private HostedPools Host(Pool[] pools)
    {
        var machine = new MachineClock(TimeProvider.System);
        var context = new HostingContext(_database.Folder, Clock, machine, NullLoggerFactory.Instance);
        return new HostedPools(
            pools,
            [new MockAdapterFactory(), new ManualAdapterFactory(), .. ConfirmingFactory.All, .. CutOffFactory.All],
            context
        );
    }

    private PoolWorker WorkerOf(Pool pool) =>
        new(pool, Get<ITaskLeases>(), Get<WorkTask>(), Get<MachineClock>(), $"tests-{GetHashCode()}")
        {
            OnBug = (leased, bug) => throw new InvalidOperationException($"{leased.Task.Id} {leased.Task.Kind}", bug),
        };

    private async Task<long> EndedTasksAsync()
    {
        var ended = 0L;
        for (var i = 1L; i < 200; i++)
        {
            var id = new Core.WorkOrders.WorkOrderId(i);
            var tasks = await ReadAsync((t, token) => Get<ITaskStore>().OfOrderAsync(t, id, token));
            ended += tasks.Count(t => t.IsEnded) * 1_000 + tasks.Count;
            if (tasks.Count == 0)
            {
                break;
            }
        }

        return ended;
    }

    private async Task<Result<Done>> SeedAsync(ITransaction transaction, CancellationToken token)
    {
        await Get<IRegionStore>().AddAsync(transaction, new Region("430000", "湖南省", null), token);
        foreach (var actor in (Actor[])[Tenant, OtherTenant, Authority, Technical, ProviderA, ProviderB])
        {
            await Get<RegisterOrganisation>().ExecuteAsync(transaction, actor.Organisation!, token);
        }

        var system = new InformationSystem
        {
            Code = "hr-portal",
            Name = "人社门户",
            Tenant = "tenant-a",
            ProtectionLevel = 3,
        };
        await Get<RegisterSystem>().ExecuteAsync(transaction, system, classified: false, token);
        await Get<PublishEdition>().ExecuteAsync(transaction, SampleTerms.Edition, token);
        foreach (var provider in (string[])["provider-a", "provider-b"])
        {
            var contract = SampleTerms.Contract(provider);
            var signed = await Get<SignContract>().ExecuteAsync(transaction, contract, Clock.Today(), token);
            Assert.True(signed.IsDone, signed.Refusal?.ToString());
        }

        foreach (var pool in Get<IPools>().Declared)
        {
            await Get<SetPoolStatus>()
                .ExecuteAsync(transaction, pool.Id, PoolStatus.Active, SetPoolStatus.Seeded, token);
        }

        return Done.Now;
    }

    private static Actor Acting(string code, OrganisationKind kind) =>
        new(code, new Organisation(code, code, kind, "430000"), [Role.Officer], new Origin(code, code, null, null))
        {
            SeesAllRegions = true,
        };
}

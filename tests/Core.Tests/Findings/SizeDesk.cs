using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Billing;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using CloudManager.Core.Tests.Reports;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Core.Tests.Findings;

/// <summary>A pool with sizes, a price list, a contract and weeks as told: where right sizes are found.</summary>
internal sealed class SizeDesk : IDisposable
{
    public const string Provider = "provider-a";

    private static readonly CatalogueItem Item = new()
    {
        Code = "ecs",
        Name = "云服务器",
        NameEn = "server",
        Category = "compute",
        Kind = ItemKind.Server,
        Components = [new("vcpu", "元/核/月", 100m), new("memory", "元/GB/月", 100m), new("storage", "元/GB/月", 100m)],
        Limits = new SpecLimits { Vcpus = [1, 16], MemoryGiB = [1, 64] },
    };

    private readonly MemoryBooks _books = new();

    public SizeDesk()
    {
        Pools = new OnePool(this);
        Terms = new ReadSizeTerms(
            _books,
            Catalogue,
            new MonthlyPrices(new ReadTariffs(Catalogue, Catalogue)),
            Pools,
            new FakeTimeProvider(China.StartOf(Today))
        );
        Right = new RightSizes(Terms, Weeks);
    }

    public static DateOnly Today { get; } = new(2026, 6, 1);

    public RightSizes Right { get; }

    public ReadSizeTerms Terms { get; }

    public IPools Pools { get; }

    public StoredTerms Catalogue { get; } = new();

    public ToldWeeks Weeks { get; } = new();

    public PoolKind Kind { get; set; } = PoolKind.New;

    public PoolCapability? Resizing { get; set; } = new(Capabilities.Resizing, true, null);

    public static Resource Server(int number, int vcpus, int memory, string system = "hr-portal") =>
        new()
        {
            Id = new(number),
            Kind = ItemKind.Server,
            Tenant = "tenant-a",
            System = system,
            Region = "430000",
            Pool = new("pool-a"),
            Provider = Provider,
            Item = "ecs",
            Spec = new()
            {
                Vcpus = vcpus,
                MemoryGiB = memory,
                Image = "kylin",
                SizeGiB = 100,
            },
            State = ResourceState.InService,
            Request = new(1),
            Line = 1,
            WorkOrder = new(1),
            CreatedAt = China.StartOf(Today.AddDays(-100)),
            ServiceStart = Today.AddDays(-90),
        };

    /// <summary>Four weeks measured without a gap.</summary>
    public static MeasuredServerUse Used(Resource server, double cpu, double memory, double max = 79)
    {
        var window = new DayWindow(server.Id, Today.AddDays(-28), Today);
        return new(
            server,
            new(
                window,
                new(window.Slots, cpu, cpu, Math.Max(cpu, max)),
                new(window.Slots, memory, memory, Math.Max(memory, max)),
                MetricUse.None
            )
        );
    }

    public async Task<Recommendation?> OfAsync(MeasuredServerUse server) =>
        (await Right.OfAsync([server], new PolicyNumbers(), TestContext.Current.CancellationToken)).GetValueOrDefault(
            server.Server.Id
        );

    public void Dispose() => _books.Dispose();

    /// <summary>Weeks that are flat unless told; it notes whom it was asked about.</summary>
    internal sealed class ToldWeeks : IUsageCourse
    {
        public Dictionary<ResourceId, (Func<int, double?> Cpu, Func<int, double?> Memory)> Told { get; } = [];

        public List<ResourceId> Asked { get; } = [];

        public Task<IReadOnlyList<DayUse>> DaysAsync(
            IReadOnlyList<DayWindow> windows,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlyList<WeekUse>> WeeksAsync(
            IReadOnlyList<DayWindow> windows,
            CancellationToken cancellationToken
        )
        {
            Asked.AddRange(windows.Select(w => w.Resource));
            return Task.FromResult<IReadOnlyList<WeekUse>>([.. windows.Select(Of)]);
        }

        private WeekUse Of(DayWindow window)
        {
            var (cpu, memory) = Told.GetValueOrDefault(window.Resource, (_ => 5, _ => 5));
            var hours = Enumerable.Range(0, WeekUse.Hours).ToList();
            return new(window.Resource, [.. hours.Select(cpu)], [.. hours.Select(memory)]);
        }
    }

    /// <summary>One edition, and the contracts that are put there.</summary>
    internal sealed class StoredTerms : ICatalogueStore, IContractStore
    {
        private readonly CatalogueEdition _edition = new("2026", new(2026, 1, 1), null, [Item]);

        public List<Contract> Contracts { get; } =
        [
            new()
            {
                Number = "c-1",
                Provider = Provider,
                From = new(2026, 1, 1),
                Until = new(2027, 1, 1),
                Prices = [new("ecs", "vcpu", 30.125m), new("ecs", "memory", 10.555m), new("ecs", "storage", 0.5m)],
            },
        ];

        public Task<CatalogueEdition?> InForceAsync(ITransaction transaction, DateOnly day, CancellationToken token) =>
            Task.FromResult<CatalogueEdition?>(_edition);

        public Task<CatalogueEdition?> FindAsync(ITransaction transaction, string code, CancellationToken token) =>
            Task.FromResult<CatalogueEdition?>(_edition);

        Task<IReadOnlyList<CatalogueEdition>> ICatalogueStore.AllAsync(
            ITransaction transaction,
            CancellationToken cancellationToken
        ) => Task.FromResult<IReadOnlyList<CatalogueEdition>>([_edition]);

        Task<Contract?> IContractStore.FindAsync(ITransaction transaction, string number, CancellationToken token) =>
            Task.FromResult(Contracts.Find(c => c.Number == number));

        public Task<IReadOnlyList<Contract>> LiveAsync(
            ITransaction transaction,
            DateOnly day,
            CancellationToken token
        ) => Task.FromResult<IReadOnlyList<Contract>>([.. Contracts.Where(c => c.IsLiveOn(day))]);

        public Task<IReadOnlyList<Contract>> AllAsync(ITransaction transaction, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Contract>>(Contracts);

        public Task AddAsync(ITransaction transaction, CatalogueEdition edition, CancellationToken token) =>
            throw new NotSupportedException();

        public Task AddAsync(ITransaction transaction, Contract contract, CancellationToken token) =>
            throw new NotSupportedException();
    }

    private sealed class OnePool(SizeDesk desk) : IPools
    {
        private static readonly (int, int)[] Sizes = [(2, 4), (4, 8), (2, 16), (8, 16), (8, 32), (16, 64)];

        public IReadOnlyList<Pool> Declared =>
            [
                new()
                {
                    Id = new("pool-a"),
                    Name = "资源池甲",
                    Provider = Provider,
                    Region = "430000",
                    Kind = desk.Kind,
                    Adapter = "Mock",
                    Settings = JsonElement.Parse("{}"),
                    Limits = PoolLimits.Default,
                    Mapping = new(
                        [.. Sizes.Select(s => new FlavourRule([], new(s.Item1, s.Item2), $"{s}"))],
                        new Dictionary<string, string>(),
                        new Dictionary<string, string>(),
                        null
                    ),
                },
            ];

        public bool TryFind(PoolId id, [NotNullWhen(true)] out Pool? pool)
        {
            pool = Declared.FirstOrDefault(p => p.Id == id);
            return pool is not null;
        }

        public ICloudAdapter Open(PoolId id) => throw new NotSupportedException();

        public IReadOnlyList<PoolCapability> Capabilities(PoolId id) => desk.Resizing is { } one ? [one] : [];
    }
}

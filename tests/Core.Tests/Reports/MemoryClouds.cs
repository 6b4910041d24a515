using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Core.Reports;

namespace CloudManager.Core.Tests.Reports;

/// <summary>Declared pools that answer as they are told to.</summary>
internal sealed class MemoryPools : IPools
{
    private readonly Dictionary<PoolId, Func<ICloudAdapter>> _adapters = [];
    private readonly List<Pool> _declared = [];

    public IReadOnlyList<Pool> Declared => _declared;

    public MemoryPools Add(string id, Func<ICloudAdapter> adapter)
    {
        _declared.Add(
            new()
            {
                Id = new(id),
                Name = $"资源池 {id}",
                Provider = "provider-a",
                Region = "430000",
                Kind = PoolKind.New,
                Adapter = "Memory",
                Settings = JsonElement.Parse("{}"),
                Limits = PoolLimits.Default,
                Mapping = new([], new Dictionary<string, string>(), new Dictionary<string, string>(), null),
            }
        );
        _adapters[new(id)] = adapter;
        return this;
    }

    public bool TryFind(PoolId id, [NotNullWhen(true)] out Pool? pool)
    {
        pool = _declared.Find(p => p.Id == id);
        return pool is not null;
    }

    public ICloudAdapter Open(PoolId id) => _adapters[id]();

    public IReadOnlyList<PoolCapability> Capabilities(PoolId id) => [];
}

/// <summary>A cloud with or without capacity and usage.</summary>
internal sealed class MemoryCloud(PoolCapacity? capacity, bool measures = true) : ICloudAdapter
{
    public AdapterInfo Info { get; } = new("Memory", "", new CloudLimits());

    public IUsageSource? Usage { get; } = measures ? new NoSamples() : null;

    public ICapacitySource? Capacity { get; } = capacity is null ? null : new Source(capacity);

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Source(PoolCapacity capacity) : ICapacitySource
    {
        public Task<PoolCapacity> GetAsync(CancellationToken cancellationToken) => Task.FromResult(capacity);
    }

    private sealed class NoSamples : IUsageSource
    {
        public IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
            IReadOnlyList<NativeId> servers,
            DateTimeOffset from,
            DateTimeOffset until,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }
}

/// <summary>Utilisation as it is told; it notes what it was asked, and can be interrupted.</summary>
internal sealed class MemoryUse : IUtilisation
{
    public Dictionary<UtilisationBy, List<UtilisationRow>> Rows { get; } = [];

    public List<UtilisationQuery> Asked { get; } = [];

    /// <summary>What happens while it is being read; once.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public async Task<IReadOnlyList<UtilisationRow>> ReadAsync(
        UtilisationQuery query,
        CancellationToken cancellationToken
    )
    {
        Asked.Add(query);
        if (Meanwhile is { } meanwhile)
        {
            Meanwhile = null;
            await meanwhile();
        }

        return Rows.GetValueOrDefault(query.By, []);
    }

    public async Task<IReadOnlyList<IReadOnlyList<UtilisationRow>>> ReadAsync(
        UtilisationQuery query,
        IReadOnlyList<UtilisationBy> keys,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<IReadOnlyList<UtilisationRow>>();
        foreach (var by in keys)
        {
            rows.Add(await ReadAsync(query with { By = by }, cancellationToken));
        }

        return rows;
    }

    public static UtilisationRow Row(string key, UtilisationBy by, double? mean, double coverage, int leftOut = 0)
    {
        var metric = new Utilisation(mean, mean, mean, coverage);
        return new()
        {
            Pool = by == UtilisationBy.Pool ? new PoolId(key) : null,
            System = by == UtilisationBy.System ? key : null,
            Tenant = by == UtilisationBy.Tenant ? key : "tenant-a",
            Resources = 4,
            LeftOut = leftOut,
            Vcpus = 16,
            MemoryGiB = 64,
            Cpu = metric,
            Memory = metric,
            Disk = metric with { Mean = null, P95 = null, Max = null, Coverage = 0 },
        };
    }
}

/// <summary>Bills with their lines, one of either a page.</summary>
internal sealed class MemoryBills : IBills
{
    public List<(Bill Bill, IReadOnlyList<BillLine> Lines)> All { get; } = [];

    public void Add(string month, string tenant, params (BillLineKind Kind, decimal Amount)[] lines)
    {
        Assert.True(Month.TryParse(month, out var of));
        var bill = new Bill
        {
            Month = of,
            Tenant = tenant,
            Provider = "provider-a",
            State = BillState.Closed,
            Total = lines.Sum(l => l.Amount),
            LineCount = lines.Length,
        };
        All.Add((bill, [.. lines.Select((l, i) => Line(bill, i + 1, l.Kind, l.Amount))]));
    }

    public Task<Page<Bill>> ListAsync(
        ITransaction transaction,
        BillFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    ) => Task.FromResult(Cut([.. All.Select(b => b.Bill).Where(b => b.Month == filter.Month)], page));

    public Task<Page<BillLine>> LinesAsync(
        ITransaction transaction,
        Bill bill,
        PageRequest page,
        CancellationToken cancellationToken
    ) => Task.FromResult(Cut(All.Single(b => b.Bill.Id == bill.Id).Lines, page));

    private static Page<T> Cut<T>(IReadOnlyList<T> all, PageRequest page)
    {
        var start = page.After is null ? 0 : int.Parse(page.After) + 1;
        return new([.. all.Skip(start).Take(1)], start + 1 < all.Count ? $"{start}" : null);
    }

    private static BillLine Line(Bill bill, int number, BillLineKind kind, decimal amount) =>
        new()
        {
            Id = $"{bill.Id}.{number}",
            Kind = kind,
            Resource = new(number),
            System = "sys-a",
            Item = "ecs-general",
            Edition = "2026",
            Contract = "C-1",
            Component = "vcpu",
            Unit = "元/核/月",
            Quantity = 1,
            UnitPrice = 1,
            From = bill.Month.First,
            Until = bill.Month.End,
            Days = bill.Month.Days,
            DaysInMonth = bill.Month.Days,
            Amount = amount,
            StartedBy = "req-000001",
            ServicePeriod = "2027",
        };
}

/// <summary>Counts of nothing, but for what a test puts in.</summary>
internal sealed class MemoryCounts : IRequestCounts, IResourceCounts
{
    public List<StepTally> Tallies { get; } = [];
    public List<Miss> Misses { get; } = [];
    public Dictionary<string, long> Servers { get; } = [];
    public List<AlikeResources> Entered { get; } = [];
    public List<AlikeResources> Ended { get; } = [];
    public Dictionary<string, long> Changed { get; } = [];

    public Task<IReadOnlyList<RequestCounts>> ByTypeAsync(
        ITransaction transaction,
        MonthSpan span,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<RequestCounts>>([]);

    public Task<IReadOnlyList<StepTally>> DeadlinesAsync(
        ITransaction transaction,
        MonthSpan span,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<StepTally>>(Tallies);

    public IAsyncEnumerable<Miss> MissedAsync(
        ITransaction transaction,
        MonthSpan span,
        CancellationToken cancellationToken
    ) => Misses.ToAsyncEnumerable();

    public Task<IReadOnlyDictionary<string, long>> ServersAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyDictionary<string, long>>(Servers);

    public Task<IReadOnlyList<AlikeResources>> EnteredAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<AlikeResources>>(Entered);

    public Task<IReadOnlyList<AlikeResources>> EndedAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<AlikeResources>>(Ended);

    public Task<IReadOnlyDictionary<string, long>> ChangedAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyDictionary<string, long>>(Changed);
}

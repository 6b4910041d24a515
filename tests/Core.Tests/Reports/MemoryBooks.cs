using System.Collections.Concurrent;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Reports;

namespace CloudManager.Core.Tests.Reports;

/// <summary>Books in memory: writers take turns, nothing is rolled back because nothing here is refused.</summary>
internal sealed class MemoryBooks : IBooks, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public ConcurrentQueue<Trace> Traces { get; } = new();

    public Task<Result<T>> ChangeAsync<T>(
        Intent intent,
        Func<ITransaction, CancellationToken, Task<Result<T>>> work,
        CancellationToken cancellationToken
    ) => KeepAsync(intent.By, work, cancellationToken);

    public Task<T> ReadAsync<T>(
        Func<ITransaction, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    ) => work(new Transaction(this), cancellationToken);

    public async Task<T> KeepAsync<T>(
        Origin origin,
        Func<ITransaction, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work(new Transaction(this), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Transaction(MemoryBooks books) : ITransaction
    {
        public void Record(Trace trace) => books.Traces.Enqueue(trace);
    }
}

/// <summary>What jobs have done.</summary>
internal sealed class MemoryPeriods(Month first) : IJobPeriods
{
    private readonly HashSet<(string Job, string Period)> _done = [];

    public Task<Month> FirstMonthAsync(ITransaction transaction, CancellationToken cancellationToken) =>
        Task.FromResult(first);

    public Task<IReadOnlySet<string>> DoneAsync(
        ITransaction transaction,
        string job,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlySet<string>>(Of(job).ToHashSet());

    public Task AddAsync(
        ITransaction transaction,
        (string Job, string Period) key,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        Close(key.Job, key.Period);
        return Task.CompletedTask;
    }

    public void Close(string job, string period) => Assert.True(_done.Add((job, period)), $"{job} {period} twice");

    public IEnumerable<string> Of(string job) => _done.Where(d => d.Job == job).Select(d => d.Period).Order();
}

/// <summary>Reports on file.</summary>
internal sealed class MemoryReports : IReportStore
{
    public SortedDictionary<string, FrozenReport> Filed { get; } = new(StringComparer.Ordinal);

    public Task<FrozenReport?> FindAsync(ITransaction transaction, string id, CancellationToken cancellationToken) =>
        Task.FromResult(Filed.GetValueOrDefault(id));

    public Task<Page<ReportHead>> ListAsync(
        ITransaction transaction,
        ReportFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    ) => Task.FromResult(new Page<ReportHead>([.. Filed.Values.Select(r => r.Head)], null));

    public Task AddAsync(ITransaction transaction, FrozenReport report, CancellationToken cancellationToken)
    {
        Filed.Add(report.Head.Id, report);
        return Task.CompletedTask;
    }
}

/// <summary>The register of a small province, and the boxes of its organisations.</summary>
internal sealed class MemoryRegister : IOrganisationStore, IRegionStore, ISystemStore, INotifications
{
    private static readonly Organisation[] All =
    [
        new("authority", "省数据局", OrganisationKind.Authority, "430000"),
        new("changsha", "长沙市数据局", OrganisationKind.Authority, "430100"),
        new("provider-a", "示例云服务商甲", OrganisationKind.Provider, "430000"),
        new("technical", "大数据中心", OrganisationKind.TechnicalDepartment, "430000"),
        new("tenant-a", "省人力资源和社会保障厅", OrganisationKind.Tenant, "430000"),
    ];

    public List<Notification> Told { get; } = [];

    public Task<Organisation?> FindAsync(ITransaction transaction, string code, CancellationToken cancellationToken) =>
        Task.FromResult(Array.Find(All, o => o.Code == code));

    public Task<IReadOnlyList<Organisation>> OfKindAsync(
        ITransaction transaction,
        OrganisationKind kind,
        string region,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<Organisation>>([.. All.Where(o => o.Kind == kind && o.Region == region)]);

    /// <summary>Two at a time, so that names are read over pages.</summary>
    public Task<Page<Organisation>> ListAsync(
        ITransaction transaction,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var rest = All.Where(o => string.CompareOrdinal(o.Code, page.After) > 0).ToList();
        return Task.FromResult(new Page<Organisation>([.. rest.Take(2)], rest.Count > 2 ? rest[1].Code : null));
    }

    public Task<IReadOnlyList<Region>> AllAsync(ITransaction transaction, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Region>>([new("430000", "湖南省", null), new("430100", "长沙市", "430000")]);

    public Task TellAsync(ITransaction transaction, Notification notification, CancellationToken cancellationToken)
    {
        Told.Add(notification);
        return Task.CompletedTask;
    }

    Task<InformationSystem?> ISystemStore.FindAsync(
        ITransaction transaction,
        string code,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<InformationSystem?>(
            new()
            {
                Code = code,
                Name = $"系统 {code}",
                Tenant = "tenant-a",
                ProtectionLevel = 2,
            }
        );

    public Task AddAsync(ITransaction transaction, Organisation organisation, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task AddAsync(ITransaction transaction, Region region, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task AddAsync(ITransaction transaction, InformationSystem system, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Page<InformationSystem>> ListAsync(
        ITransaction transaction,
        string? tenant,
        PageRequest page,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    Task<Page<Notification>> INotifications.ListAsync(
        ITransaction transaction,
        string organisation,
        PageRequest page,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();
}

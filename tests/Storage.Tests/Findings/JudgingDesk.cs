using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;
using CloudManager.Storage.Tests.Metering;
using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Storage.Tests.Findings;

/// <summary>The job that judges use, over real books and a script of what servers do.</summary>
internal sealed class JudgingDesk : IAsyncDisposable
{
    /// <summary>A Monday; the books are opened in the month of <see cref="OpenBooks.Start"/>.</summary>
    public static readonly DateOnly Week = new(2026, 10, 5);
    private readonly FakeTimeProvider _clock = new(OpenBooks.Start);
    private long _numbers;
    private long _findings = 1_000_000;

    private JudgingDesk(OpenBooks books) => Books = books;

    public OpenBooks Books { get; }

    public ScriptedUse Use { get; } = new();

    public ScriptedPools Pools { get; } = new();

    public int PageSize { get; init; } = 2_000;

    public static async Task<JudgingDesk> OnAsync(Database on, int pageSize = 2_000)
    {
        var desk = new JudgingDesk(await OpenBooks.OnAsync(on)) { PageSize = pageSize };
        foreach (var tenant in (string[])["tenant-a", "tenant-b"])
        {
            await desk.Books.KeepAsync(
                (t, c) =>
                    desk
                        .Books.Get<ISystemStore>()
                        .AddAsync(
                            t,
                            new InformationSystem
                            {
                                Code = $"{tenant}-system",
                                Name = $"{tenant} 的系统",
                                Tenant = tenant,
                                ProtectionLevel = 2,
                            },
                            c
                        )
            );
        }

        await desk.Books.KeepAsync((t, c) => desk.Books.Get<IRequestStore>().AddAsync(t, Samples.Request(1), c));
        await desk.Books.KeepAsync((t, c) => desk.Books.Get<IWorkOrderStore>().AddAsync(t, Samples.Order(1), c));
        return desk;
    }

    public JudgePool JudgePool()
    {
        var desk = BooksOf();
        var (resources, advise) = (Books.Get<IJudgedResources>(), new AdviseVerdicts(Use));
        var judges = new Judges(
            new JudgeServers(resources, Use, advise),
            new JudgeThings(resources, advise),
            new JudgeSystems(Books.Get<IBooks>(), Books.Get<IResourceStore>(), advise)
        );
        return new JudgePool(desk, judges, Keep()) { PageSize = PageSize };
    }

    /// <summary>Looks on the day at 04:00.</summary>
    public Task<Look> LookAsync(DateOnly day)
    {
        _clock.SetUtcNow(China.StartOf(day).AddHours(4));
        var job = new JudgeUse(
            BooksOf(),
            JudgePool(),
            Keep(),
            new CollectedPools(Pools, Books.Get<ISampleStore>()),
            (Books.Get<IJobPeriods>(), _clock)
        );
        return job.LookAsync(CancellationToken.None);
    }

    /// <summary>A server in service since long, of 4 cores and 8 GiB unless it is said otherwise.</summary>
    public async Task<Resource> ServerAsync(
        Func<DateOnly, ScriptedDay?> does,
        Func<Resource, Resource>? like = null,
        string tenant = "tenant-a"
    )
    {
        var server = Samples.Resource(++_numbers) with
        {
            Tenant = tenant,
            System = $"{tenant}-system",
            State = ResourceState.InService,
            ServiceStart = new DateOnly(2026, 1, 1),
        };
        server = like?.Invoke(server) ?? server;
        Use.Does(server.Id, does);
        await Books.KeepAsync((t, c) => Books.Get<IResourceStore>().AddAsync(t, server, c));
        return server;
    }

    /// <summary>A finding of the inventory about the resource.</summary>
    public Task InventoryAsync(
        Resource resource,
        FindingDetail detail,
        DateTimeOffset since,
        SubjectFacts? cloud = null
    ) =>
        Books.KeepAsync(
            (t, c) =>
                Books
                    .Get<IFindingStore>()
                    .SaveAsync(
                        t,
                        new Finding
                        {
                            Id = new(++_findings),
                            Kind = detail is FindingDetail.Unattached or FindingDetail.Unbound
                                ? FindingKind.Orphan
                                : FindingKind.Drift,
                            Detail = detail,
                            Subject = FindingSubject.Of(resource.Kind, resource.Id.ToString(), resource.Pool, "x"),
                            Scope = new(resource.Tenant, resource.Provider, resource.Region),
                            Evidence = new(new() { Vcpus = 4, MemoryGiB = 8 }, cloud ?? new() { State = "stopped" }),
                            State = FindingState.Open,
                            OpenedAt = since,
                            LastSeenAt = China.StartOf(Week.AddYears(1)),
                        },
                        c
                    )
        );

    public Task PolicyAsync(string region, int version, DateOnly from, PolicyNumbers numbers) =>
        Books.KeepAsync(
            (t, c) =>
                Books
                    .Get<IPolicyStore>()
                    .SaveAsync(
                        t,
                        new MonitoringPolicy
                        {
                            Region = region,
                            Version = version,
                            State = PolicyState.Approved,
                            EffectiveFrom = from,
                            Document = new("文号", "标题"),
                            Numbers = numbers,
                        },
                        c
                    )
        );

    /// <summary>The findings of use, oldest first.</summary>
    public async Task<IReadOnlyList<Finding>> FindingsAsync(FindingFilter? filter = null)
    {
        var page = await Books.ReadAsync(
            (t, c) => Books.Get<IFindingStore>().ListAsync(t, filter ?? new(), new PageRequest(null, 500), c)
        );
        return [.. page.Items.Where(f => f.Policy is not null).Reverse()];
    }

    public async Task<IReadOnlyList<Finding>> OpenAsync() =>
        await FindingsAsync(new FindingFilter { State = FindingState.Open });

    public ValueTask DisposeAsync() => Books.DisposeAsync();

    private KeepVerdicts Keep() => new(Books.Get<IFindingStore>(), Books.Get<ICounters>(), _clock);

    private JudgingBooks BooksOf() =>
        new(
            Books.Get<IBooks>(),
            Books.Get<IPolicies>(),
            Books.Get<IJudgedResources>(),
            Books.Get<IJudgingProgress>(),
            Books.Get<IFindingStore>()
        );
}

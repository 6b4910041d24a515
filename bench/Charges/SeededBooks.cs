using System.Diagnostics;
using CloudManager.Core.Billing;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CloudManager.Bench.Charges;

/// <summary>How one side did: lines and their sum, the seconds it took and the processor's, and the most memory seen.</summary>
internal sealed record Figure(
    long Lines,
    long Fen,
    (double Wall, double Cpu) Seconds,
    double HeapMiB,
    double WorkingSetMiB
);

/// <summary>Books with so many servers in service in September 2026, of 50 tenants on two providers.</summary>
internal sealed class SeededBooks : IAsyncDisposable
{
    private const int Tenants = 50;
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudmanager-bench-").FullName;
    private readonly SetClock _clock = new();
    private readonly ServiceProvider _services;

    private SeededBooks() =>
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton(new MachineClock(TimeProvider.System))
            .AddStorage(_folder)
            .AddSingleton<ReadTariffs>()
            .AddSingleton<CorrectClosedMonths>()
            .AddSingleton<BillDesk>()
            .AddSingleton<WriteBills>()
            .AddSingleton<TellUnpriced>()
            .AddSingleton<CloseMonth>()
            .BuildServiceProvider();

    /// <summary>The size of the books on disk.</summary>
    public double SizeMiB => new FileInfo(Path.Combine(_folder, "books.db")).Length / 1_048_576.0;

    public static async Task<SeededBooks> OpenAsync(int resources)
    {
        var books = new SeededBooks();
        await books._services.GetRequiredService<IBooksOpening>().OpenAsync(CancellationToken.None);
        await books
            ._services.GetRequiredService<IBooks>()
            .KeepAsync(Origin.Platform, books.RegisterAsync, CancellationToken.None);
        await books.SeedAsync(resources);
        return books;
    }

    /// <summary>Closes September through the job.</summary>
    public async Task<Figure> CloseAsync()
    {
        _clock.Now = new DateTimeOffset(2026, 10, 1, 2, 0, 0, China.Offset);
        GC.Collect();
        using var memory = new MemoryWatch();
        var watch = Watch.Start();
        var look = await _services.GetRequiredService<CloseMonth>().LookAsync(CancellationToken.None);
        var seconds = watch.Seconds;
        if (look is not { Outcome: LookOutcome.Done, Periods: ["2026-09"] })
        {
            throw new InvalidOperationException($"{look}");
        }

        var (lines, fen) = await SumAsync("select sum(line_count), sum(total_fen) from bill");
        var (heap, workingSet) = memory.Most;
        return new Figure(lines, fen, seconds, heap, workingSet);
    }

    /// <summary>The bare aggregation: the same columns, prices and rounding, and nothing written.</summary>
    public async Task<Figure> AggregateAsync()
    {
        var watch = Watch.Start();
        var (lines, fen) = await SumAsync(
            """
            select sum(n), sum(fen) from (
                select i.tenant, i.provider, p.component, count(*) as n, sum(cast(round(
                    case p.component when 'vcpu' then i.vcpus when 'memory' then i.memory_gib else i.size_gib end
                    * p.price * (julianday(min(coalesce(i.until_day, '2026-10-01'), '2026-10-01'))
                    - julianday(max(i.from_day, '2026-09-01'))) / 30 / 100.0) as integer)) as fen
                from service_interval i
                join (select json_extract(v.value, '$.item') as item, json_extract(v.value, '$.component') as component,
                    cast(round(json_extract(v.value, '$.price') * 10000) as integer) as price, c.provider as provider
                    from contract c, json_each(c.body, '$.prices') v) p
                    on p.provider = i.provider and p.item = i.item
                where i.from_day < '2026-10-01' and (i.until_day is null or i.until_day > '2026-09-01')
                group by i.tenant, i.provider, p.component)
            """
        );
        return new Figure(lines, fen, watch.Seconds, 0, 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Done> RegisterAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var organisations = _services.GetRequiredService<IOrganisationStore>();
        var province = new Region("430000", "湖南省", null);
        await _services.GetRequiredService<IRegionStore>().AddAsync(transaction, province, cancellationToken);
        for (var n = 1; n <= Tenants; n++)
        {
            var tenant = new Organisation($"tenant-{n:D3}", $"tenant {n}", OrganisationKind.Tenant, province.Code);
            await organisations.AddAsync(transaction, tenant, cancellationToken);
        }

        await SellAsync(transaction, cancellationToken);
        return Done.Now;
    }

    /// <summary>One item by three components, and a contract of each provider that prices them.</summary>
    private async Task SellAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var organisations = _services.GetRequiredService<IOrganisationStore>();
        string[] components = ["vcpu", "memory", "storage"];
        var edition = new CatalogueEdition(
            "2026",
            new DateOnly(2026, 1, 1),
            null,
            [
                new CatalogueItem
                {
                    Code = "ecs-general",
                    Name = "通用型云服务器",
                    NameEn = "General server",
                    Category = "compute",
                    Kind = ItemKind.Server,
                    Components = [.. components.Select(c => new PriceComponent(c, PublishEdition.Units[c], 45m))],
                },
            ]
        );
        await _services.GetRequiredService<ICatalogueStore>().AddAsync(transaction, edition, cancellationToken);
        foreach (var provider in (string[])["provider-a", "provider-b"])
        {
            var code = new Organisation(provider, provider, OrganisationKind.Provider, "430000");
            await organisations.AddAsync(transaction, code, cancellationToken);
            var contract = new Contract
            {
                Number = $"XZY-2025-{provider}",
                Provider = provider,
                From = new DateOnly(2025, 9, 1),
                Until = new DateOnly(2028, 9, 1),
                Prices =
                [
                    new ContractPrice("ecs-general", "vcpu", 39.6675m),
                    new ContractPrice("ecs-general", "memory", 20.4160m),
                    new ContractPrice("ecs-general", "storage", 0.3862m),
                ],
            };
            await _services.GetRequiredService<IContractStore>().AddAsync(transaction, contract, cancellationToken);
        }
    }

    /// <summary>Every seventh began within the month, every eleventh ended within it.</summary>
    private async Task SeedAsync(int resources)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            with recursive n (i) as (select 1 union all select i + 1 from n where i < @resources)
            insert into service_interval (tenant, provider, resource, ordinal, system, region, pool, item, vcpus,
                memory_gib, size_gib, from_day, until_day, started_by, ended_by, changed_at)
            select printf('tenant-%03d', 1 + i % 50), case when i % 100 < 50 then 'provider-a' else 'provider-b' end, i, 1,
                printf('system-%05d', i / 20), '430000', 'mock-a', 'ecs-general', 2 << (i % 5), 4 << (i % 5), 40 + i % 10,
                case when i % 7 = 0 then date('2026-09-01', (i % 29) || ' days') else '2026-03-02' end,
                case when i % 11 = 0 then '2026-09-30' end, i / 4 + 1, case when i % 11 = 0 then i / 4 + 2 end, 0
            from n order by 1, 2, 3
            """;
        command.Parameters.AddWithValue("resources", resources);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<(long One, long Other)> SumAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "books.db")}");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Business time that is set by hand.</summary>
    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 9, 30, 12, 0, 0, China.Offset);

        public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
    }
}

/// <summary>Takes the time on the wall and on the processor: other programs on the machine lengthen only the first.</summary>
internal readonly record struct Watch(long Began, TimeSpan Cpu)
{
    public (double Wall, double Cpu) Seconds =>
        (Stopwatch.GetElapsedTime(Began).TotalSeconds, (Environment.CpuUsage.TotalTime - Cpu).TotalSeconds);

    public static Watch Start() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
}

/// <summary>Looks at the memory of this process every 10 ms.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private const double MiB = 1_048_576.0;
    private readonly Timer _timer;
    private long _heap;
    private long _workingSet;

    public MemoryWatch() => _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(10));

    /// <summary>The most seen, in MiB.</summary>
    public (double Heap, double WorkingSet) Most
    {
        get
        {
            Look();
            return (_heap / MiB, _workingSet / MiB);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        _heap = Math.Max(_heap, GC.GetTotalMemory(forceFullCollection: false));
        _workingSet = Math.Max(_workingSet, Environment.WorkingSet);
    }
}

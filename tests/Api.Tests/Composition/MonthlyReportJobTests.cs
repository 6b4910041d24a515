using System.Diagnostics.CodeAnalysis;
using CloudManager.Adapters.Sdk;
using CloudManager.Api.Composition;
using CloudManager.Api.Tests.Support;
using CloudManager.Core.Audit;
using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Reports;
using CloudManager.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Api.Tests.Composition;

/// <summary>The monthly report's job as the host composes it, on real books; nobody measured and nothing was billed.</summary>
public sealed class MonthlyReportJobTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-09-10T09:00:00+08:00"));
    private ServiceProvider? _services;

    private IBooks Books => Get<IBooks>();

    public async ValueTask InitializeAsync()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton(new MachineClock(TimeProvider.System))
            .AddStorage(_folder.Path)
            .AddCore()
            .AddSingleton<IPools, NoPools>()
            .AddSingleton<IUtilisation, NothingMeasured>()
            .AddSingleton<IBills, NothingBilled>()
            .BuildServiceProvider();
        await Get<IBooksOpening>().OpenAsync(CancellationToken.None);
        await KeepAsync(
            async (transaction, token) =>
            {
                await Get<IRegionStore>().AddAsync(transaction, new("430000", "湖南省", null), token);
                var organisations = Get<IOrganisationStore>();
                foreach (
                    var kind in (OrganisationKind[])[OrganisationKind.Authority, OrganisationKind.TechnicalDepartment]
                )
                {
                    await organisations.AddAsync(transaction, new($"{kind}", $"{kind}", kind, "430000"), token);
                }
            }
        );
        _clock.SetUtcNow(DateTimeOffset.Parse("2026-10-01T03:00:00+08:00"));
    }

    public async ValueTask DisposeAsync()
    {
        await _services!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Art25_Waits_for_the_close_then_files_one_report_and_tells_of_it()
    {
        var waiting = await LookAsync();
        await KeepAsync(
            (transaction, token) =>
                Get<IJobPeriods>().AddAsync(transaction, ("close-month", "2026-09"), _clock.GetUtcNow(), token)
        );
        var written = await LookAsync();
        var filed = await FindAsync();
        _clock.Advance(TimeSpan.FromDays(3));
        var again = await LookAsync();

        Assert.Equal((LookOutcome.Blocked, 0), (waiting.Outcome, waiting.Periods.Count));
        Assert.Equal(["2026-09"], written.Periods);
        Assert.Equal((LookOutcome.Done, 0), (again.Outcome, again.Periods.Count));
        Assert.Equal("湖南省", ReportJson.Read(filed!.Body).Province);
        Assert.Equal(filed, await FindAsync());
        foreach (var told in (string[])["Authority", "TechnicalDepartment"])
        {
            var box = await Books.ReadAsync(
                (t, c) => Get<INotifications>().ListAsync(t, told, new(null, 10), c),
                CancellationToken.None
            );
            Assert.Equal(["monthly-2026-09"], box.Items.Select(n => n.Subject.Id));
        }

        Assert.Equal(1, await TracesAsync());
    }

    private T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    private Task<Look> LookAsync() => Get<WriteMonthlyReport>().LookAsync(CancellationToken.None);

    private Task<FrozenReport?> FindAsync() =>
        Books.ReadAsync((t, c) => Get<IReportStore>().FindAsync(t, "monthly-2026-09", c), CancellationToken.None);

    private Task<int> TracesAsync() =>
        Books.ReadAsync(
            async (transaction, token) =>
            {
                var all = Get<IAuditLog>().ReadAllAsync(transaction, token);
                return await all.CountAsync(e => e.Action.StartsWith("report.", StringComparison.Ordinal), token);
            },
            CancellationToken.None
        );

    private Task KeepAsync(Func<ITransaction, CancellationToken, Task> work) =>
        Books.KeepAsync(
            Origin.Platform,
            async (transaction, token) =>
            {
                await work(transaction, token);
                return Done.Now;
            },
            CancellationToken.None
        );

    private sealed class NoPools : IPools
    {
        public IReadOnlyList<Pool> Declared => [];

        public bool TryFind(PoolId id, [NotNullWhen(true)] out Pool? pool)
        {
            pool = null;
            return false;
        }

        public ICloudAdapter Open(PoolId id) => throw new AdapterException(FailureKind.NotFound, "no pool");

        public IReadOnlyList<PoolCapability> Capabilities(PoolId id) => [];
    }

    private sealed class NothingMeasured : IUtilisation
    {
        public Task<IReadOnlyList<UtilisationRow>> ReadAsync(
            UtilisationQuery query,
            CancellationToken cancellationToken
        ) => Task.FromResult<IReadOnlyList<UtilisationRow>>([]);

        public Task<IReadOnlyList<IReadOnlyList<UtilisationRow>>> ReadAsync(
            UtilisationQuery query,
            IReadOnlyList<UtilisationBy> keys,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult<IReadOnlyList<IReadOnlyList<UtilisationRow>>>([
                .. keys.Select(_ => Array.Empty<UtilisationRow>()),
            ]);
    }

    private sealed class NothingBilled : IBills
    {
        public Task<Page<Bill>> ListAsync(
            ITransaction transaction,
            BillFilter filter,
            PageRequest page,
            CancellationToken cancellationToken
        ) => Task.FromResult(new Page<Bill>([], null));

        public Task<Page<BillLine>> LinesAsync(
            ITransaction transaction,
            Bill bill,
            PageRequest page,
            CancellationToken cancellationToken
        ) => Task.FromResult(new Page<BillLine>([], null));
    }
}

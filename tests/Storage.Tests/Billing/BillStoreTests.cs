using CloudManager.Core.Billing;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;
using CloudManager.Storage.Billing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudManager.Storage.Tests.Billing;

/// <summary>Service intervals and closed bills as the books keep them.</summary>
public sealed class BillStoreTests : IAsyncLifetime
{
    private static readonly BillKey Key = new("tenant-a", "provider-a");
    private static readonly Month September = new(2026, 9);
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;
    private readonly ServiceProvider _services;

    public BillStoreTests() =>
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new MachineClock(TimeProvider.System))
            .AddStorage(_folder)
            .BuildServiceProvider();

    public async ValueTask InitializeAsync() =>
        await _services.GetRequiredService<IBooksOpening>().OpenAsync(CancellationToken.None);

    [Fact]
    public async Task A_history_is_read_as_it_was_written_and_written_again_as_it_changed()
    {
        var running = Interval(7, 1, "2026-09-12") with { Quantities = new(2, 4, 40, null) };
        await SaveAsync(7, running);
        Assert.Equal([running], await HistoryAsync(7));

        var ended = running with { Until = Day("2026-10-05"), EndedBy = new(2) };
        var next = Interval(7, 2, "2026-10-05") with { Quantities = new(4, 8, 40, 10), StartedBy = new(2) };
        await SaveAsync(7, ended, next);
        Assert.Equal([ended, next], await HistoryAsync(7));
        Assert.Empty(await HistoryAsync(8));
    }

    [Theory]
    [InlineData("runs on", "2026-01-01", null, true)]
    [InlineData("began on the last day", "2026-09-30", null, true)]
    [InlineData("began after it", "2026-10-01", null, false)]
    [InlineData("ended on the first day, which is not charged", "2026-01-01", "2026-09-01", false)]
    [InlineData("ended on the second", "2026-01-01", "2026-09-02", true)]
    [InlineData("0 days in it, which may be charged once", "2026-09-15", "2026-09-15", true)]
    [InlineData("0 days before it", "2026-08-31", "2026-08-31", false)]
    public async Task The_intervals_that_touch_a_month_are_read(
        string because,
        string from,
        string? until,
        bool touches
    )
    {
        await SaveAsync(7, Interval(7, 1, from) with { Until = until is null ? null : Day(until) });

        Assert.True(touches == (await StreamAsync(null)).Count > 0, because);
    }

    [Fact]
    public async Task Intervals_come_in_order_and_no_batch_ends_within_a_resource()
    {
        for (var resource = 1; resource <= 700; resource++)
        {
            await SaveAsync(resource, Interval(resource, 1, "2026-01-01"), Interval(resource, 2, "2026-09-10"));
        }

        var batches = await StreamAsync(null);

        Assert.True(batches.Count > 1);
        Assert.Equal(
            Enumerable.Range(1, 700).SelectMany(r => (string[])[$"{r}.1", $"{r}.2"]),
            batches.SelectMany(b => b).Select(i => $"{i.Resource.Number}.{i.Ordinal}")
        );
        Assert.All(batches, b => Assert.Equal(2, b[^1].Ordinal));
        Assert.Equal(699, (await StreamAsync(new ResourceId(699)))[0][0].Resource.Number);
    }

    [Fact]
    public async Task A_late_resource_is_noted_once_with_its_earliest_day_until_a_close_forgets_it()
    {
        var late = _services.GetRequiredService<ILateServices>();
        foreach (var day in (string[])["2026-09-12", "2026-08-01", "2026-10-01"])
        {
            await KeepAsync((t, token) => late.NoteAsync(t, new LateService(Key, new(7), Day(day)), token));
        }

        Assert.Equal([Key], await ReadAsync((t, token) => late.KeysAsync(t, token)));
        var noted = Assert.Single(await ReadAsync((t, token) => late.OfAsync(t, Key, default, token)));
        Assert.Equal(Day("2026-08-01"), noted.From);
        Assert.Empty(await ReadAsync((t, token) => late.OfAsync(t, Key, new(7), token)));
        await KeepAsync(late.ClearAsync);
        Assert.Empty(await ReadAsync((t, token) => late.KeysAsync(t, token)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task A_closed_bill_pages_through_usage_and_corrections_without_loss_or_doubles(int limit)
    {
        var bill = await CloseAsync();
        var walked = new List<BillLine>();
        for (string? after = null; ; )
        {
            var page = await ReadAsync((t, token) => Reader.LinesAsync(t, bill, new PageRequest(after, limit), token));
            Assert.InRange(page.Items.Count, 1, limit);
            walked.AddRange(page.Items);
            after = page.Next;
            if (after is null)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(1, 5).Select(n => $"2026-09.tenant-a.provider-a.{n}"), walked.Select(l => l.Id));
        Assert.Equal([51.72m, 10m, 51.72m, 10m, -3.5m], walked.Select(l => l.Amount));
        Assert.Equal(
            ["res-000007", "res-000007", "res-000009", "res-000009", "res-000007"],
            walked.Select(l => $"{l.Resource}")
        );
        Assert.Equal((Day("2026-09-12"), Day("2026-10-01"), 19), (walked[0].From, walked[0].Until, walked[0].Days));
        Assert.Equal(("req-000001", "req-000003"), (walked[0].StartedBy, walked[0].EndedBy));
        Assert.Equal(("late", "2026-08.tenant-a.provider-a.1"), (walked[4].Reason?.En, walked[4].Corrects));
    }

    [Fact]
    public async Task What_a_resource_was_charged_for_a_month_is_found_in_every_bill_that_speaks_of_it()
    {
        await CloseAsync();

        var september = await ReadAsync((t, token) => Reader.OfResourceAsync(t, September, Key, new(7), token));
        var august = await ReadAsync((t, token) => Reader.OfResourceAsync(t, new Month(2026, 8), Key, new(7), token));

        Assert.Equal([1, 2], september.Select(BillLines.NoOf));
        Assert.Equal(["2026-09.tenant-a.provider-a.5"], august.Select(l => l.Id));
    }

    [Fact]
    public async Task A_blocked_close_is_noted_once_per_month_and_set()
    {
        var writer = _services.GetRequiredService<IBillWriter>();
        var noted = new List<bool>();
        foreach (var (month, set) in ((int, string)[])[(9, "a"), (9, "a"), (9, "b"), (10, "a")])
        {
            await KeepAsync(
                async (t, token) => noted.Add(await writer.NoteBlockAsync(t, new(2026, month), set, token))
            );
        }

        Assert.Equal([true, false, true, true], noted);
    }

    [Fact]
    public void The_text_of_many_lines_is_read_as_it_was_written()
    {
        var rate = RateOf(int.MaxValue, "storage", long.MaxValue / 1_000_000_000_000);
        var charge = ChargeOf(rate) with { Quantity = 1_000_000, StartedBy = new(long.MaxValue) };
        var charges = Enumerable.Range(0, 40).Select(_ => charge).ToList();

        var text = UsageText.Write(charges, September);
        var read = UsageText.Read(text, September, new Dictionary<int, Rate> { [rate.Number] = rate }).ToList();

        Assert.Equal(charges, read.Select(r => r.Charge));
        Assert.All(read, r => Assert.Equal(charge.Fen, r.Fen));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private IBillReader Reader => _services.GetRequiredService<IBillReader>();

    private IServiceIntervalStore Intervals => _services.GetRequiredService<IServiceIntervalStore>();

    /// <summary>A bill of two resources with two lines each, and a correction of August.</summary>
    private async Task<Bill> CloseAsync()
    {
        var writer = _services.GetRequiredService<IBillWriter>();
        Rate[] rates = [RateOf(1, "storage", 8_167), RateOf(2, "instance", 157_895)];
        var charges = new[] { ChargeOf(rates[0]) with { Quantity = 100 }, ChargeOf(rates[1]) with { Quantity = 1 } };
        var bill = new Bill
        {
            Month = September,
            Tenant = Key.Tenant,
            Provider = Key.Provider,
            State = BillState.Closed,
            ClosedAt = China.StartOf(September.End),
            Total = 119.94m,
            LineCount = 5,
        };
        var correction = BillLines.Usage($"{bill.Id}.5", (new(7), "hr-portal"), charges[1], -350) with
        {
            Kind = BillLineKind.Adjustment,
            From = Day("2026-08-30"),
            Until = Day("2026-09-01"),
            Days = -2,
            Corrects = "2026-08.tenant-a.provider-a.1",
            Reason = ("迟", "late"),
        };
        await KeepAsync(
            async (t, token) =>
            {
                var uses = new[] { 7, 9 }.Select((r, n) => new BilledUse(1, (2 * n) + 1, UseOf(r, charges))).ToList();
                await writer.AddUsageAsync(t, September, uses, token);
                await writer.AddAdjustmentsAsync(t, 1, [correction], token);
                await writer.AddRatesAsync(t, September, rates, token);
                await writer.AddBillAsync(t, new ClosedBill(1, bill, "430000"), token);
            }
        );
        var listed = await ReadAsync(
            (t, token) => Reader.ListAsync(t, new BillFilter(), new PageRequest(null, 9), token)
        );
        Assert.Equal([bill], listed.Items);
        return bill;
    }

    private Task SaveAsync(int resource, params ServiceInterval[] history) =>
        KeepAsync((t, token) => Intervals.SaveAsync(t, ResourceOf(resource), history, DateTimeOffset.UnixEpoch, token));

    private Task<IReadOnlyList<ServiceInterval>> HistoryAsync(int resource) =>
        ReadAsync((t, token) => Intervals.OfAsync(t, Key, new(resource), token));

    private Task<List<IReadOnlyList<ServiceInterval>>> StreamAsync(ResourceId? from) =>
        ReadAsync(
            async (t, token) =>
            {
                var batches = new List<IReadOnlyList<ServiceInterval>>();
                var query = new IntervalQuery(September.First, September.End, Key, from);
                await foreach (var batch in Intervals.StreamAsync(t, query, token))
                {
                    batches.Add(batch);
                }

                return batches;
            }
        );

    private Task KeepAsync(Func<ITransaction, CancellationToken, Task> work) =>
        _services
            .GetRequiredService<IBooks>()
            .KeepAsync(
                Origin.Platform,
                async (t, token) =>
                {
                    await work(t, token);
                    return Done.Now;
                },
                CancellationToken.None
            );

    private Task<T> ReadAsync<T>(Func<ITransaction, CancellationToken, Task<T>> work) =>
        _services.GetRequiredService<IBooks>().ReadAsync(work, CancellationToken.None);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");

    private static ServiceInterval Interval(int resource, int ordinal, string from) =>
        new()
        {
            Resource = new(resource),
            Ordinal = ordinal,
            Tenant = Key.Tenant,
            Provider = Key.Provider,
            System = "hr-portal",
            Item = "vol-ssd",
            Quantities = new(null, null, 100, null),
            From = Day(from),
            StartedBy = new(1),
        };

    private static Rate RateOf(int number, string component, long price) =>
        new()
        {
            Number = number,
            Item = "vol-ssd",
            Edition = "2026",
            Contract = "c-1",
            Component = component,
            Unit = "元/GB/月",
            UnitPrice = price,
            Divisor = 30,
        };

    private static Charge ChargeOf(Rate rate) =>
        new()
        {
            Rate = rate,
            Quantity = 1,
            From = Day("2026-09-12"),
            Until = Day("2026-10-01"),
            StartedBy = new(1),
            EndedBy = new(3),
        };

    private static ResourceCharges UseOf(int resource, IReadOnlyList<Charge> charges) =>
        new(new(resource), Key, "hr-portal", charges, IsUnpriced: false);

    private static Resource ResourceOf(int number) =>
        new()
        {
            Id = new(number),
            Kind = ItemKind.Volume,
            Tenant = Key.Tenant,
            System = "hr-portal",
            Region = "430000",
            Pool = new("mock-a"),
            Provider = Key.Provider,
            Item = "vol-ssd",
            Spec = new Spec { SizeGiB = 100 },
            State = ResourceState.InService,
            Request = new(1),
            Line = 1,
            WorkOrder = new(1),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
}

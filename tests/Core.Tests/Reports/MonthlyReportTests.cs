using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Billing;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Metering;
using CloudManager.Core.Reports;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Tests.Reports;

public sealed class MonthlyReportTests : IDisposable
{
    private static readonly PoolCapacity Full = new(100, 40, 400, 100, null, null);
    private readonly ReportDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Says_for_which_month_of_which_province_it_is_and_when_it_was_made()
    {
        var report = await _desk.SeptemberAsync();

        Assert.Equal(("monthly-2026-09", "2026-09"), (report.Id, report.Period));
        Assert.Equal((new DateOnly(2026, 9, 1), new DateOnly(2026, 10, 1)), (report.From, report.Until));
        Assert.Equal(DateTimeOffset.Parse("2026-10-01T03:00:00+08:00"), report.CreatedAt);
        Assert.Equal(("湖南省", "ab12cd34"), (report.Province, report.Installation));
    }

    [Fact]
    public async Task A_pool_without_capacity_figures_has_none_and_the_reason()
    {
        _desk
            .Pools.Add("mock-a", () => new MemoryCloud(Full))
            .Add("mock-b", () => new MemoryCloud(null, measures: false))
            .Add("mock-c", () => throw new AdapterException(FailureKind.Unavailable, "no route"));
        _desk.Counts.Servers["mock-a"] = 7;

        var pools = (await _desk.SeptemberAsync()).Pools;

        Assert.Equal(new CapacityFigures(new(100, 40), new(400, 100), new(null, null)), pools[0].Capacity);
        Assert.Null(pools[0].CapacityMissing);
        Assert.Equal(7, pools[0].Servers);
        Assert.Null(pools[1].Capacity);
        Assert.Contains("no source", pools[1].CapacityMissing!.En, StringComparison.Ordinal);
        Assert.Null(pools[2].Capacity);
        Assert.Contains("unavailable", pools[2].CapacityMissing!.En, StringComparison.Ordinal);
        Assert.All(pools, p => Assert.Null(p.Use));
    }

    [Fact]
    public async Task A_pool_that_is_no_longer_declared_still_stands_in_the_report()
    {
        _desk.Pools.Add("mock-a", () => new MemoryCloud(Full));
        _desk.Counts.Servers["old"] = 3;
        _desk.Use.Rows[UtilisationBy.Pool] = [MemoryUse.Row("old", UtilisationBy.Pool, 12.5, 1)];

        var pools = (await _desk.SeptemberAsync()).Pools;

        Assert.Equal(["mock-a", "old"], pools.Select(p => p.Pool));
        Assert.Equal((3, 12.5, null), (pools[1].Servers, pools[1].Use!.Cpu.Mean, pools[1].Provider));
    }

    [Fact]
    public async Task Art22_Ranks_by_mean_cpu_and_never_ranks_missing_data_low()
    {
        var tenants = Enumerable
            .Range(1, 14)
            .Select(i => MemoryUse.Row($"t-{i:D2}", UtilisationBy.Tenant, i, 0.8))
            .Append(MemoryUse.Row("t-idle", UtilisationBy.Tenant, 0.1, 0.7999))
            .Append(MemoryUse.Row("t-dark", UtilisationBy.Tenant, null, 0));
        _desk.Use.Rows[UtilisationBy.Tenant] = [.. tenants];

        var ranking = (await _desk.SeptemberAsync()).Ranking.Tenants;

        Assert.Equal(Enumerable.Range(5, 10).Reverse().Select(i => $"t-{i:D2}"), ranking.Highest.Select(r => r.Code));
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"t-{i:D2}"), ranking.Lowest.Select(r => r.Code));
        Assert.Equal(["t-dark", "t-idle"], ranking.Insufficient.Select(r => r.Code));
    }

    [Fact]
    public async Task Names_are_those_of_the_register_and_codes_where_it_has_none()
    {
        _desk.Use.Rows[UtilisationBy.Tenant] =
        [
            MemoryUse.Row("tenant-a", UtilisationBy.Tenant, 5, 1),
            MemoryUse.Row("stranger", UtilisationBy.Tenant, 6, 1),
        ];
        _desk.Use.Rows[UtilisationBy.System] = [MemoryUse.Row("sys-a", UtilisationBy.System, 5, 1)];

        var ranking = (await _desk.SeptemberAsync()).Ranking;

        Assert.Equal(["stranger", "省人力资源和社会保障厅"], ranking.Tenants.Highest.Select(r => r.Name));
        var system = Assert.Single(ranking.Systems.Highest);
        Assert.Equal(("系统 sys-a", "省人力资源和社会保障厅"), (system.Name, system.Tenant!.Name));
    }

    [Theory]
    [InlineData("a float as it was measured", 6.763f, 6.763)]
    [InlineData("a float of nine digits", 12.3456783f, 12.345678)]
    [InlineData("a computed value", 1d / 3, 0.3333)]
    [InlineData("the noise of another order of adding up", 0.1 + 0.2, 0.3)]
    public async Task A_value_is_written_as_measured_or_to_four_decimals(string because, double value, double written)
    {
        _desk.Pools.Add("mock-a", () => new MemoryCloud(Full));
        _desk.Use.Rows[UtilisationBy.Pool] = [MemoryUse.Row("mock-a", UtilisationBy.Pool, value, 1)];

        var use = (await _desk.SeptemberAsync()).Pools[0].Use!;

        Assert.True(written == use.Cpu.P95, $"{because}: {use.Cpu.P95}");
        Assert.Null(use.Disk.Mean);
    }

    [Fact]
    public async Task Cost_is_that_of_the_months_bills_with_usage_and_adjustments_apart()
    {
        _desk.Bills.Add("2026-09", "tenant-a", (BillLineKind.Usage, 100.10m), (BillLineKind.Adjustment, -30.05m));
        _desk.Bills.Add("2026-09", "tenant-b", (BillLineKind.Usage, 7.01m), (BillLineKind.Deduction, -1m));
        _desk.Bills.Add("2026-09", "tenant-c");
        _desk.Bills.Add("2026-08", "tenant-a", (BillLineKind.Usage, 1_000_000m));

        var cost = (await _desk.SeptemberAsync()).Cost;

        Assert.Equal(3, cost.Bills);
        Assert.Equal(new CostSum(107.11m, -30.05m, -1m), cost.Total);
        Assert.Equal(_desk.Bills.All.Where(b => b.Bill.Month.Number == 9).Sum(b => b.Bill.Total), cost.Total.Total);
        Assert.Equal(["tenant-a", "tenant-b", "tenant-c"], cost.ByTenant.Select(c => c.Code));
        Assert.Equal([70.05m, 6.01m, 0m], cost.ByTenant.Select(c => c.Sum.Total));
        Assert.Equal(("provider-a", "示例云服务商甲"), (cost.ByProvider[0].Code, cost.ByProvider[0].Name));
    }

    [Fact]
    public async Task A_bill_whose_lines_do_not_make_its_total_stops_the_report()
    {
        _desk.Bills.Add("2026-09", "tenant-a", (BillLineKind.Usage, 100m));
        var (bill, lines) = _desk.Bills.All[0];
        _desk.Bills.All[0] = (bill with { Total = 99.99m }, lines);

        await Assert.ThrowsAsync<InvalidDataException>(_desk.SeptemberAsync);
    }

    [Fact]
    public async Task Changes_are_counted_with_their_sizes_by_pool()
    {
        var server = new Spec { Vcpus = 4, MemoryGiB = 16 };
        _desk.Counts.Entered.AddRange([
            new("mock-a", ItemKind.Server, server, 3),
            new("mock-a", ItemKind.Volume, new Spec { SizeGiB = 500 }, 2),
            new("mock-b", ItemKind.PublicAddress, new Spec { BandwidthMbps = 5 }, 1),
        ]);
        _desk.Counts.Ended.Add(new("mock-a", ItemKind.Server, server with { SizeGiB = 100 }, 1));
        _desk.Counts.Changed["mock-b"] = 2;

        var changes = (await _desk.SeptemberAsync()).Changes;

        Assert.Equal(new SizeFigures(5, 12, 48, 1120), changes.ByPool[0].Count.Entered);
        Assert.Equal(new SizeFigures(4, 8, 32, 1020), changes.ByPool[0].Count.Net);
        Assert.Equal(new ChangeCount(new(1, 0, 0, 0), SizeFigures.None, 2), changes.ByPool[1].Count);
        Assert.Equal(new SizeFigures(5, 8, 32, 1020), changes.Total.Net);
    }

    [Fact]
    public async Task Every_step_stands_with_who_answers_for_it_and_what_came_after_the_month_is_not_told()
    {
        var due = DateTimeOffset.Parse("2026-09-30T23:59:59+08:00");
        _desk.Counts.Tallies.Add(
            new("confirm", 3, 2, 0)
            {
                FellAway = 0,
                Running = 1,
                Overdue = 1,
            }
        );
        _desk.Counts.Misses.Add(new(new(7), "confirm", "tenant-a", due.AddDays(-9), due));
        _desk.Counts.Misses.Add(new(new(8), "accept", "tenant-a", due, due.AddSeconds(1)));

        var requests = (await _desk.SeptemberAsync()).Requests;

        Assert.Equal(
            ["accept", "review", "report", "grace", "execute", "confirm"],
            requests.Deadlines.Select(d => d.Step)
        );
        Assert.Equal(
            (3, 2, Party.Tenant),
            (requests.Deadlines[5].Kept, requests.Deadlines[5].Missed, requests.Deadlines[5].Responsible)
        );
        Assert.Equal((0, Party.Authority), (requests.Deadlines[0].Kept, requests.Deadlines[0].Responsible));
        Assert.Equal([due, null], requests.Missed.Select(m => m.ClosedAt));
        Assert.Equal(["req-000007", "req-000008"], requests.Missed.Select(m => m.Request));
    }

    [Fact]
    public async Task Notes_say_what_is_left_out()
    {
        _desk
            .Pools.Add("mock-a", () => new MemoryCloud(null, measures: false))
            .Add("mock-b", () => new MemoryCloud(Full));
        _desk.Use.Rows[UtilisationBy.Pool] = [MemoryUse.Row("mock-b", UtilisationBy.Pool, 5, 0.5, leftOut: 3)];
        _desk.Use.Rows[UtilisationBy.System] = [MemoryUse.Row("sys-a", UtilisationBy.System, 1, 0.2)];

        var notes = (await _desk.SeptemberAsync()).Notes.Select(n => n.En).ToList();

        Assert.Contains(notes, n => n.StartsWith("Pool mock-a has no capacity figures", StringComparison.Ordinal));
        Assert.Contains(notes, n => n.StartsWith("Pool mock-a does not measure", StringComparison.Ordinal));
        Assert.Contains(notes, n => n.StartsWith("On pool mock-b 3 server(s)", StringComparison.Ordinal));
        Assert.Contains(notes, n => n.Contains("CPU was measured in 50.0% of", StringComparison.Ordinal));
        Assert.Contains(notes, n => n.StartsWith("0 tenant(s) and 1 system(s)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_month_gives_the_same_bytes()
    {
        using var other = new ReportDesk();
        foreach (var desk in (ReportDesk[])[_desk, other])
        {
            desk.Pools.Add("mock-a", () => new MemoryCloud(Full));
            desk.Bills.Add("2026-09", "tenant-a", (BillLineKind.Usage, 0.1m));
            desk.Use.Rows[UtilisationBy.Pool] = [MemoryUse.Row("mock-a", UtilisationBy.Pool, 6.763f, 1)];
            await desk.SeptemberAsync();
        }

        var body = _desk.Reports.Filed["monthly-2026-09"].Body;
        Assert.Equal(body, other.Reports.Filed["monthly-2026-09"].Body);
        Assert.Equal(body, ReportJson.Write(ReportJson.Read(body)));
    }

    [Fact]
    public async Task Its_json_is_that_of_the_surface()
    {
        _desk.Bills.Add("2026-09", "tenant-a", (BillLineKind.Usage, 1234.5m));
        await _desk.SeptemberAsync();

        var json = JsonElement.Parse(_desk.Reports.Filed["monthly-2026-09"].Body);

        Assert.Equal(
            ["id", "kind", "period", "from", "until", "createdAt"],
            json.EnumerateObject().Take(6).Select(p => p.Name)
        );
        Assert.Equal("monthly", json.GetProperty("kind").GetString());
        Assert.Equal("2026-10-01T03:00:00+08:00", json.GetProperty("createdAt").GetString());
        Assert.Equal("1234.50", json.GetProperty("cost").GetProperty("total").GetProperty("usage").GetString());
        Assert.Equal("1234.50", json.GetProperty("cost").GetProperty("total").GetProperty("total").GetString());
        Assert.Equal("湖南省", json.GetProperty("province").GetString());
    }
}

using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>The utilisation report over the real store: by what, of when, step by step and page by page.</summary>
public sealed class UtilisationTests(UsedProvince province) : IClassFixture<UsedProvince>
{
    private static readonly DateOnly First = UsedProvince.First;
    private static readonly DateOnly Past = First.AddDays(33);
    private readonly Meter _meter = province.Meter;

    [Theory]
    [InlineData(UtilisationBy.Resource, 6)]
    [InlineData(UtilisationBy.System, 3)]
    [InlineData(UtilisationBy.Tenant, 2)]
    [InlineData(UtilisationBy.Pool, 2)]
    [InlineData(UtilisationBy.Region, 2)]
    [InlineData(UtilisationBy.Province, 1)]
    public async Task Parts_by_any_key_equal_the_whole(UtilisationBy by, int count)
    {
        var parts = await AllAsync(new(by, First, Past));
        var whole = Assert.Single(await AllAsync(new(UtilisationBy.Province, First, Past)));

        Assert.Equal(count, parts.Count);
        Assert.Equal("430000", whole.Province);
        Assert.Equal((6, 1, 6), (whole.Resources, whole.LeftOut, whole.LeftOutVcpus));
        Assert.Equal(whole.Resources, parts.Sum(r => r.Resources));
        Assert.Equal((whole.LeftOut, whole.LeftOutVcpus), (parts.Sum(r => r.LeftOut), parts.Sum(r => r.LeftOutVcpus)));
        Assert.Equal((whole.Vcpus, whole.MemoryGiB), (parts.Sum(r => r.Vcpus), parts.Sum(r => r.MemoryGiB)));
        Assert.Equal(whole.Cpu.Measured, parts.Sum(r => r.Cpu.Measured));
        Assert.Equal(whole.Cpu.HoursAbove!.Value, parts.Sum(r => r.Cpu.HoursAbove ?? 0), tolerance: 1e-9);
        Assert.Equal(whole.Cpu.HoursBelow!.Value, parts.Sum(r => r.Cpu.HoursBelow ?? 0), tolerance: 1e-9);
        Assert.Equal(whole.Cpu.Max, parts.Max(r => r.Cpu.Max));
    }

    [Theory]
    [InlineData(UtilisationStep.Day, 33)]
    [InlineData(UtilisationStep.Week, 5)]
    [InlineData(UtilisationStep.Month, 2)]
    public async Task Steps_make_up_the_window(UtilisationStep step, int count)
    {
        var query = new UtilisationQuery(UtilisationBy.Province, First, Past);
        var whole = Assert.Single(await AllAsync(query));
        var steps = await AllAsync(query with { Step = step });

        Assert.Equal(count, steps.Count);
        Assert.Equal(First, steps[0].Window.From);
        Assert.Equal(Past, steps[^1].Window.Until);
        Assert.All(steps.Zip(steps.Skip(1)), p => Assert.Equal(p.First.Window.Until, p.Second.Window.From));
        Assert.Equal(whole.Cpu.Measured, steps.Sum(r => r.Cpu.Measured));
        Assert.Equal(whole.Cpu.HoursBelow!.Value, steps.Sum(r => r.Cpu.HoursBelow!.Value), tolerance: 1e-9);
        Assert.Equal(whole.Cpu.Max, steps.Max(r => r.Cpu.Max));
        if (step == UtilisationStep.Week)
        {
            // 1 September 2026 is a Tuesday.
            Assert.All(steps.Skip(1), r => Assert.Equal(DayOfWeek.Monday, r.Window.From.DayOfWeek));
        }
    }

    [Theory]
    [InlineData(UtilisationBy.Resource, null)]
    [InlineData(UtilisationBy.Resource, UtilisationStep.Day)]
    [InlineData(UtilisationBy.Resource, UtilisationStep.Month)]
    [InlineData(UtilisationBy.System, null)]
    [InlineData(UtilisationBy.System, UtilisationStep.Week)]
    public async Task Pages_of_any_size_hold_the_same_rows(UtilisationBy by, UtilisationStep? step)
    {
        var query = new UtilisationQuery(by, First, Past) { Step = step };
        var all = await AllAsync(query);

        foreach (var limit in new[] { 1, 7, 500 }.Where(limit => limit > 1 || all.Count < 20))
        {
            var rows = new List<UtilisationRow>();
            var page = new PageRequest(null, limit);
            while (true)
            {
                var found = await _meter.Utilisation.PageAsync(query, page, CancellationToken.None);
                Assert.True(found.Items.Count <= limit);
                rows.AddRange(found.Items);
                if (found.Next is null)
                {
                    break;
                }

                page = page with { After = found.Next };
            }

            Assert.Equal(all, rows);
        }
    }

    [Fact]
    public async Task A_server_that_left_has_rows_for_its_days_only()
    {
        var rows = await AllAsync(
            new(UtilisationBy.Resource, First, Past)
            {
                Step = UtilisationStep.Day,
                System = "system-1",
                Pool = new("p"),
            }
        );

        Assert.Equal(10, rows.Count);
        Assert.All(rows, r => Assert.Equal((1.0, 288), (r.Cpu.Coverage, r.Cpu.Measured)));
    }

    [Theory]
    [InlineData("tenant-a", null, null, 4)]
    [InlineData("tenant-b", "430200", null, 1)]
    [InlineData(null, "430100", "q", 0)]
    [InlineData("nobody", null, null, 0)]
    public async Task Filters_bound_together(string? tenant, string? region, string? pool, int count)
    {
        var query = new UtilisationQuery(UtilisationBy.Resource, First, Past)
        {
            Tenant = tenant,
            Region = region,
            Pool = pool is null ? null : new(pool),
        };

        Assert.Equal(count, (await AllAsync(query)).Count);
    }

    [Fact]
    public async Task A_volume_shows_what_it_has_and_the_disk_of_its_server()
    {
        var server = _meter.InService[0];
        var rows = await AllAsync(new(UtilisationBy.Volume, First, Past));

        var use = (await _meter.Summaries.ReadAsync([new(server.Id, First.AddDays(3), Past)], CancellationToken.None))[
            0
        ].Disk;
        Assert.Equal(2, rows.Count);
        Assert.Equal(
            (new ResourceId(101), server.Id, 500),
            (rows[0].Resource!.Value, rows[0].AttachedTo!.Value, rows[0].AllocatedGiB)
        );
        Assert.Equal(
            (use.Mean, use.P95, use.P99, 1.0),
            (rows[0].Disk.Mean, rows[0].Disk.P95, rows[0].Disk.P99, rows[0].Disk.Coverage)
        );
        Assert.Equal((null, null), (rows[0].Cpu.Mean, rows[0].Memory.Mean));
        Assert.Equal((null, null, 0), (rows[1].AttachedTo, rows[1].Disk.Mean, rows[1].Resources));
    }

    [Fact]
    public async Task Days_that_are_not_over_are_left_out()
    {
        Assert.Empty(await AllAsync(new(UtilisationBy.Resource, First.AddDays(34), First.AddDays(60))));
        var rows = await AllAsync(
            new(UtilisationBy.Province, First.AddDays(33), First.AddDays(60)) { Step = UtilisationStep.Day }
        );
        Assert.Equal((First.AddDays(33), First.AddDays(34)), Assert.Single(rows).Window);
    }

    private async Task<IReadOnlyList<UtilisationRow>> AllAsync(UtilisationQuery query) =>
        await _meter.Utilisation.AllAsync(query, CancellationToken.None).ToListAsync();
}

/// <summary>
/// Five weeks of six servers of two tenants, three systems, two cities and two pools, of which two leave and one is never
/// measured, and of two volumes, one of which is attached.
/// </summary>
public sealed class UsedProvince : IAsyncLifetime
{
    public static readonly DateOnly First = new(2026, 9, 1);
    private Meter? _meter;

    internal Meter Meter => _meter!;

    public async ValueTask InitializeAsync()
    {
        _meter = (await Meter.OpenAsync())
            .With("p", 3, TrueCloud.Truth)
            .With(
                "q",
                3,
                (servers, from, until) =>
                    TrueCloud.Truth([.. servers.Where(server => server.Value != "srv-3")], from, until)
            );
        foreach (var (pool, number) in new[] { ("p", 0), ("p", 1), ("p", 2), ("q", 0), ("q", 1), ("q", 2) })
        {
            _meter.InService.Add(
                _meter.Server(pool, number) with
                {
                    Tenant = number == 2 ? "tenant-b" : "tenant-a",
                    System = $"system-{number}",
                    Region = pool == "p" ? "430100" : "430200",
                    Spec = new() { Vcpus = 2 + (2 * number), MemoryGiB = 8 },
                    ServiceStart = First,
                    ServiceEnd = number == 1 ? First.AddDays(10) : null,
                }
            );
        }

        var volume = _meter.InService[0] with
        {
            Id = new(101),
            Kind = ItemKind.Volume,
            PartOf = _meter.InService[0].Id,
            Spec = new() { SizeGiB = 500 },
            ServiceStart = First.AddDays(3),
        };
        _meter.InService.AddRange([volume, volume with { Id = new(102), PartOf = null }]);
        await _meter.LookAtAsync(TimeSpan.FromDays(34.5));
    }

    public ValueTask DisposeAsync() => Meter.DisposeAsync();
}

using CloudManager.Core.Findings;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Tests.Findings;

/// <summary>Right sizes with their monthly saving (art. 22), by p95 and weekly peak, at the contract price.</summary>
public sealed class RightSizesTests : IDisposable
{
    private readonly SizeDesk _desk = new();

    [Theory]
    [InlineData("quiet all round", 10, 9, "2C4G")]
    [InlineData("memory decides", 10, 39, "2C16G")]
    [InlineData("processor decides", 30, 5, "4C8G")]
    [InlineData("the size is right", 50, 50, null)]
    [InlineData("too small", 90, 50, "16C64G")]
    [InlineData("memory over 100 % of what was allocated", 50, 120, "16C64G")]
    public async Task Art22_The_cheapest_size_that_stays_under_the_target(
        string because,
        double cpu,
        double memory,
        string? right
    )
    {
        var found = await _desk.OfAsync(SizeDesk.Used(SizeDesk.Server(1, 8, 32), cpu, memory));

        Assert.True(right == Name(found), $"{because}: {Name(found)}");
    }

    [Fact]
    public async Task Art22_The_weekly_peak_decides_where_it_is_over_p95()
    {
        var server = SizeDesk.Server(1, 8, 32);
        _desk.Weeks.Told[server.Id] = (hour => hour == 33 ? 35 : 5, _ => 5);

        var found = await _desk.OfAsync(SizeDesk.Used(server, 10, 10));

        Assert.Equal("4C8G", Name(found));
        Assert.Contains(found!.Reasons, r => r.En.Contains("weekly peak 35 % (Tue 09:00)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Art22_A_weekly_peak_over_the_target_asks_for_more_although_p95_does_not()
    {
        var server = SizeDesk.Server(1, 2, 4);
        _desk.Weeks.Told[server.Id] = (hour => hour == 0 ? 95 : 20, _ => 20);

        var found = await _desk.OfAsync(SizeDesk.Used(server, 60, 60, max: 100));

        Assert.Equal("4C8G", Name(found));
        Assert.Equal(-102.47m, found!.MonthlySaving);
    }

    [Fact]
    public async Task Art40_The_saving_is_that_of_the_bill_component_by_component()
    {
        var found = await _desk.OfAsync(SizeDesk.Used(SizeDesk.Server(1, 8, 32), 10, 9));

        // 8 × 30.125 = 241.00, 2 × 30.125 = 60.25; 32 × 10.555 = 337.76, 4 × 10.555 = 42.22; the disk stays.
        Assert.Equal(241.00m - 60.25m + 337.76m - 42.22m, found!.MonthlySaving);
        Assert.Equal(100, found.Spec!.SizeGiB);
        Assert.Equal("kylin", found.Spec.Image);
    }

    [Fact]
    public async Task Art40_Without_a_price_in_force_there_is_no_saving_but_a_smaller_size()
    {
        _desk.Catalogue.Contracts.Clear();

        var found = await _desk.OfAsync(SizeDesk.Used(SizeDesk.Server(1, 8, 32), 10, 9));

        Assert.Equal("2C4G", Name(found));
        Assert.Null(found!.MonthlySaving);
        Assert.Contains(found.Reasons, r => r.En.Contains("no contract price", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_contract_price_in_force_orders_the_sizes_not_the_ceiling()
    {
        _desk.Catalogue.Contracts[0] = _desk.Catalogue.Contracts[0] with
        {
            Prices = [new("ecs", "vcpu", 100m), new("ecs", "memory", 0.01m), new("ecs", "storage", 0.5m)],
        };

        var found = await _desk.OfAsync(SizeDesk.Used(SizeDesk.Server(1, 8, 16), 10, 30));

        // 6 GiB in need: 2C16G costs less than 4C8G here; by the ceilings it is the other way round.
        Assert.Equal("2C16G", Name(found));
    }

    [Theory]
    [InlineData(33, true)]
    [InlineData(34, false)]
    public async Task Art22_A_week_with_more_than_a_fifth_of_its_hours_missing_recommends_nothing(
        int missing,
        bool recommends
    )
    {
        var server = SizeDesk.Server(1, 8, 32);
        _desk.Weeks.Told[server.Id] = (_ => 5, hour => hour < missing ? null : 5);

        Assert.Equal(recommends, await _desk.OfAsync(SizeDesk.Used(server, 10, 10)) is not null);
    }

    [Fact]
    public async Task Art22_What_nobody_measured_is_never_sized()
    {
        var used = SizeDesk.Used(SizeDesk.Server(1, 8, 32), 10, 9);

        Assert.Null(await _desk.OfAsync(used with { Use = used.Use with { Memory = MetricUse.None } }));
        Assert.Empty(_desk.Weeks.Asked);
    }

    [Fact]
    public async Task Weeks_are_read_of_candidates_only()
    {
        var token = TestContext.Current.CancellationToken;
        var right = SizeDesk.Used(SizeDesk.Server(1, 8, 32), 50, 50);
        var large = SizeDesk.Used(SizeDesk.Server(2, 8, 32), 10, 9);

        var found = await _desk.Right.OfAsync([right, large], new PolicyNumbers(), token);

        Assert.Equal([large.Server.Id], _desk.Weeks.Asked);
        Assert.Equal([large.Server.Id], found.Keys);
    }

    [Theory]
    [InlineData("cannot", false, false, "不支持", "cannot resize")]
    [InlineData("by hand", false, true, null, "people do the resize")]
    [InlineData("a bound", true, false, "须关机", "is bound")]
    public async Task Art16_What_stands_in_the_pools_way_is_said(
        string because,
        bool called,
        bool byHand,
        string? reason,
        string said
    )
    {
        _desk.Resizing = new(Capabilities.Resizing, called, reason) { ByHand = byHand };

        var found = await _desk.OfAsync(SizeDesk.Used(SizeDesk.Server(1, 8, 32), 10, 9));

        Assert.True(found!.Reasons.Any(r => r.En.Contains(said, StringComparison.Ordinal)), because);
    }

    [Fact]
    public async Task Art15_A_larger_size_in_a_standing_cloud_takes_a_migration()
    {
        _desk.Kind = PoolKind.Legacy;

        var larger = await _desk.OfAsync(SizeDesk.Used(SizeDesk.Server(1, 8, 32), 90, 50));
        var smaller = await _desk.OfAsync(SizeDesk.Used(SizeDesk.Server(2, 8, 32), 10, 9));

        Assert.Contains(larger!.Reasons, r => r.En.Contains("migration", StringComparison.Ordinal));
        Assert.DoesNotContain(smaller!.Reasons, r => r.En.Contains("migration", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Art22_Giving_back_saves_the_whole_price()
    {
        var server = SizeDesk.Server(1, 8, 32);

        var found = await _desk.Right.GivenBackAsync([server], TestContext.Current.CancellationToken);

        Assert.Null(found[server.Id].Spec);
        Assert.Equal(241.00m + 337.76m + 50.00m, found[server.Id].MonthlySaving);
    }

    public void Dispose() => _desk.Dispose();

    private static string? Name(Recommendation? found) =>
        found?.Spec is { } spec ? $"{spec.Vcpus}C{spec.MemoryGiB}G" : null;
}

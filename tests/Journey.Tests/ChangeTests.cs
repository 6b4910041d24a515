using CloudManager.Adapters.Sdk;
using CloudManager.Core.Billing;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;
using static CloudManager.Journey.Tests.Support.Lifecycle;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>What is in service grows, shrinks, and gets more or less (art. 20).</summary>
public sealed class ChangeTests
{
    [Theory, OnBoth]
    public async Task Art20_A_server_grows_by_both_consents_and_serves_at_its_new_size_from_the_confirmed_day(
        Database on
    )
    {
        await using var province = await Province.FoundAsync(on, Province.Mock("mock-a", "provider-a"));
        var server = (await province.ServeAsync("2026-10-12 15:00", Servers(1)))[0];
        province.At("2026-10-20 10:00");

        var changed = await province.ChangedAsync(server.To(Size(8, 16)));

        Assert.Equal((RequestState.Changed, OrderStanding.Completed), (changed.State, changed.Order));
        Assert.Equal(ResourceState.Changing, (await province.FindAsync(server)).State);
        var inCloud = Assert.Single(await province.ServersInAsync("mock-a"));
        Assert.Equal((new ServerSize(8, 16), CloudState.Active), (inCloud.Size, inCloud.State));
        province.At("2026-10-22 10:00");
        var confirmed = await province.DoAsync(province.Tenant, changed.Id, RequestAction.Confirm);
        Assert.Equal((RequestState.InService, new DateOnly(2026, 10, 20)), (confirmed.State, confirmed.CompletedOn));
        var after = await province.FindAsync(server);
        Assert.Equal((ResourceState.InService, 8), (after.State, after.Spec.Vcpus));

        // 8 days at 4 cores, 12 at 8: 4 × 9 × 8 ÷ 31 = 9.290…, 8 × 9 × 12 ÷ 31 = 27.870…
        province.At("2026-11-01 02:00");
        await province.CloseAsync();
        var vcpus = (await province.LinesAsync("2026-10")).Where(l => l.Component == "vcpu").Shown();
        Assert.Equal(["Usage res-000001 vcpu 10-12 8/31 9.29", "Usage res-000001 vcpu 10-20 12/31 27.87"], vcpus);
    }

    [Fact]
    public async Task Art20_A_shrink_counts_from_the_day_that_the_provider_agreed_to()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var server = (await province.ServeAsync("2026-10-12 15:00", Servers(1)))[0];
        province.At("2026-10-20 10:00");
        var changed = await province.ChangedAsync(server.To(Size(2, 4)));
        province.At("2026-10-23 10:00");
        var day = new DateOnly(2026, 10, 22);

        await province.DoAsync(province.Tenant, changed.Id, RequestAction.Confirm, new() { CompletedOn = day });
        Assert.Equal(["vcpu 10-12 8 9.29", "vcpu 10-20 12 6.97"], await province.VcpusAsync());
        await province.DoAsync(province.ProviderA, changed.Id, RequestAction.Agree);

        // 4 × 9 × 10 ÷ 31 = 11.612…, 2 × 9 × 10 ÷ 31 = 5.806…
        Assert.Equal(["vcpu 10-12 10 11.61", "vcpu 10-22 10 5.81"], await province.VcpusAsync());
    }

    [Theory]
    [InlineData("the cloud finds no host", nameof(Habit.FindsNoHost))]
    [InlineData("the cloud refuses to keep the new size", nameof(Habit.RefusesConfirmation))]
    [InlineData("the pool has no room", "Mock")]
    public async Task Art20_A_resize_that_fails_is_reverted_and_nothing_is_charged_for_it(
        string because,
        string adapter
    )
    {
        const string NoRoom = """{"faults": {"resizeServer": {"kind": "noCapacity", "probability": 1}}}""";
        var pool = Province.Mock("mock-a", "provider-a", settings: adapter == "Mock" ? NoRoom : "{}");
        await using var province = await Province.FoundAsync(pool with { Adapter = adapter });
        var server = (await province.ServeAsync("2026-10-12 15:00", Servers(1)))[0];
        province.At("2026-10-20 10:00");

        var failed = await province.ChangedAsync(server.To(Size(8, 16)));

        Assert.True(failed.Order == OrderStanding.Failed, because);
        Assert.Equal(RequestState.ChangeOrdered, failed.State);
        var inCloud = await province.CloudServerAsync(server);
        Assert.Equal((new ServerSize(4, 8), CloudState.Active), (inCloud.Size, inCloud.State));
        var partial = await province.ActAsync(province.Technical, failed.Id, RequestAction.AcceptPartial);
        Assert.Equal("request.nothingCompleted", partial.Refusal?.Code);
        await province.DoAsync(province.Tenant, failed.Id, RequestAction.Withdraw);
        await province.DrainAsync();
        var after = await province.FindAsync(server);
        Assert.Equal((ResourceState.InService, 4), (after.State, after.Spec.Vcpus));
        Assert.Equal(["vcpu 10-12 20 23.23"], await province.VcpusAsync());
    }

    [Theory]
    [InlineData("a cloud that asks for confirmation", nameof(Habit.Confirms), "{}")]
    [InlineData("a cloud that resizes stopped servers only", "Mock", """{"resizeNeedsStop": true}""")]
    public async Task Art20_A_server_is_resized_the_way_its_cloud_wants(string because, string adapter, string settings)
    {
        var pool = Province.Mock("mock-a", "provider-a", settings: settings) with { Adapter = adapter };
        await using var province = await Province.FoundAsync(pool);
        var server = (await province.ServeAsync("2026-10-12 15:00", Servers(1)))[0];

        var changed = await province.ChangedAsync(server.To(Size(8, 16)));

        Assert.True(changed.State == RequestState.Changed, because);
        var inCloud = await province.CloudServerAsync(server);
        Assert.Equal((new ServerSize(8, 16), CloudState.Active), (inCloud.Size, inCloud.State));
    }

    [Fact]
    public async Task Art20_A_volume_is_extended_an_address_goes_and_another_volume_comes_to_the_same_server()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var all = await province.ServeAsync("2026-10-12 15:00", Servers(1), Volumes(1), Addresses(1));
        var (server, volume, address) = (all[0], all[1], all[2]);
        province.At("2026-10-20 10:00");
        var added = Volumes(1, 50) with { To = server.Id.ToString(), Pool = null };

        var changed = await province.ChangedAsync(volume.To(new() { SizeGiB = 200 }), address.Gone(), added);

        Assert.Equal(RequestState.Changed, changed.State);
        Assert.Equal(ResourceState.Reclaimed, (await province.FindAsync(address)).State);
        await province.DoAsync(province.Tenant, changed.Id, RequestAction.Confirm);
        var gone = await province.FindAsync(address);
        Assert.Equal((ResourceState.Ended, new DateOnly(2026, 10, 20)), (gone.State, gone.ServiceEnd));
        var made = Assert.Single(await province.ResourcesAsync(changed.Id));
        Assert.Equal((ResourceState.InService, server.Id), (made.State, made.PartOf));

        // 900 × 8 ÷ 31 = 232.258…, 1800 × 12 ÷ 31 = 696.774…, 450 × 12 ÷ 31 = 174.193…, 90 × 8 ÷ 31 = 23.225…
        province.At("2026-11-01 02:00");
        await province.CloseAsync();
        string[] expected =
        [
            "Usage res-000002 storage 10-12 8/31 232.26",
            "Usage res-000002 storage 10-20 12/31 696.77",
            "Usage res-000003 bandwidth 10-12 8/31 23.23",
            "Usage res-000004 storage 10-20 12/31 174.19",
        ];
        var lines = (await province.LinesAsync("2026-10")).Where(l => l.Item != "ecs-general");
        Assert.Equal(expected, lines.Shown());
    }

    [Fact]
    public async Task Art40_Of_two_changes_on_one_day_the_last_counts()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var server = (await province.ServeAsync("2026-10-12 15:00", Servers(1)))[0];
        province.At("2026-10-20 09:00");
        foreach (var size in (Spec[])[Size(8, 16), Size(2, 4)])
        {
            var changed = await province.ChangedAsync(server.To(size));
            await province.DoAsync(province.Tenant, changed.Id, RequestAction.Confirm);
        }

        // 4 × 9 × 8 ÷ 31 = 9.290…, then 2 × 9 × 12 ÷ 31 = 6.967…; not a day at 8.
        Assert.Equal(["vcpu 10-12 8 9.29", "vcpu 10-20 12 6.97"], await province.VcpusAsync());
    }

    [Fact]
    public async Task Art40_A_change_confirmed_after_its_month_was_closed_becomes_adjustments()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var volume = (await province.ServeAsync("2026-10-12 15:00", Volumes(1)))[0];
        province.At("2026-10-20 10:00");
        var changed = await province.ChangedAsync(volume.To(new() { SizeGiB = 200 }));
        province.At("2026-11-01 02:00");
        await province.CloseAsync();
        Assert.Equal(["Usage res-000001 storage 10-12 20/31 580.65"], (await province.LinesAsync("2026-10")).Shown());

        province.At("2026-11-03 09:00");
        await province.DoAsync(province.Tenant, changed.Id, RequestAction.Confirm);

        // Of October 580.65 is taken back; 900 × 8 ÷ 31 = 232.258… and 1800 × 12 ÷ 31 = 696.774… are charged.
        string[] expected =
        [
            "Adjustment res-000001 storage 10-12 -20/31 -580.65",
            "Adjustment res-000001 storage 10-12 8/31 232.26",
            "Adjustment res-000001 storage 10-20 12/31 696.77",
        ];
        var adjustments = (await province.LinesAsync("2026-11")).Where(l => l.Kind == BillLineKind.Adjustment);
        Assert.Equal(expected, adjustments.Shown());
    }

    [Fact]
    public async Task Art40_A_completion_day_of_the_delivery_agreed_during_a_change_moves_the_delivery_only()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var delivery = await province.DeliverAsync("2026-10-12 15:00", Servers(1));
        province.At("2026-10-14 09:00");
        var day = new DateOnly(2026, 10, 14);
        await province.DoAsync(province.Tenant, delivery, RequestAction.Confirm, new() { CompletedOn = day });
        var server = (await province.ResourcesAsync(delivery))[0];
        province.At("2026-10-20 10:00");
        var changed = await province.ChangedAsync(server.To(Size(8, 16)));

        await province.DoAsync(province.ProviderA, delivery, RequestAction.Agree);

        Assert.Equal((ResourceState.Changing, day), await StandingAsync());
        await province.DoAsync(province.Tenant, changed.Id, RequestAction.Confirm);
        Assert.Equal((ResourceState.InService, day), await StandingAsync());
        // 4 × 9 × 6 ÷ 31 = 6.967…, 8 × 9 × 12 ÷ 31 = 27.870…
        Assert.Equal(["vcpu 10-14 6 6.97", "vcpu 10-20 12 27.87"], await province.VcpusAsync());

        async Task<(ResourceState, DateOnly?)> StandingAsync()
        {
            var now = await province.FindAsync(server);
            return (now.State, now.ServiceStart);
        }
    }
}

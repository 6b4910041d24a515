using CloudManager.Adapters.Sdk;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>What is in service ends: whole systems and single resources (art. 21).</summary>
public sealed class DeregistrationTests
{
    [Theory, OnBoth]
    public async Task Art21_A_whole_system_ends_and_nothing_is_deleted_before_the_clean_up_is_confirmed(Database on)
    {
        await using var province = await Province.FoundAsync(on, Province.Mock("mock-a", "provider-a"));
        var resources = await province.ServeAsync("2026-10-12 15:00", Servers(2), Volumes(2), Addresses(1));
        province.At("2026-10-20 10:00");

        var id = await province.BackingUpAsync();
        await province.DrainAsync();
        Assert.All(
            await province.ResourcesAsync(resources[0].Request),
            r => Assert.Equal(ResourceState.BackingUp, r.State)
        );
        await province.DoAsync(province.Tenant, id, RequestAction.ConfirmBackup);
        await province.DrainAsync();
        Assert.Equal(2, (await province.ServersInAsync("mock-a")).Count);
        await province.DoAsync(province.Tenant, id, RequestAction.ConfirmCleaned);
        await province.DrainAsync();

        Assert.Empty(await province.ServersInAsync("mock-a"));
        Assert.Equal(RequestState.Cleaning, (await province.RequestAsync(id)).State);
        var order = Assert.Single(await province.OrdersAsync(id));
        province.At("2026-10-21 10:00");
        var said = await province.CompleteAsync(
            province.ProviderA,
            order.Id,
            new("erased, report 7", "never recovered")
        );
        Assert.True(said.IsDone, said.Refusal?.ToString());
        await province.DrainAsync();
        Assert.Equal(RequestState.Reclaimed, (await province.RequestAsync(id)).State);

        var told = await province.ToldAsync("tenant-a", "request.yourTurn");
        Assert.Contains("waits for confirmation", told.Text.En, StringComparison.Ordinal);

        province.At("2026-10-23 10:00");
        var ended = await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        Assert.Equal((RequestState.Ended, new DateOnly(2026, 10, 21)), (ended.State, ended.EndedOn));
        var all = await province.ResourcesAsync(resources[0].Request);
        Assert.Equal(5, all.Count);
        Assert.All(all, r => Assert.Equal((ResourceState.Ended, ended.EndedOn), (r.State, r.ServiceEnd)));

        // 900 × 9 ÷ 31 = 261.290… for each volume.
        province.At("2026-11-01 02:00");
        await province.CloseAsync();
        Assert.Equal(
            ["Usage res-000003 storage 10-12 9/31 261.29", "Usage res-000004 storage 10-12 9/31 261.29"],
            (await province.LinesAsync("2026-10")).Where(l => l.Item == "vol-ssd").Shown()
        );
    }

    [Fact]
    public async Task Art21_One_server_ends_and_what_was_attached_to_it_stays_attached_to_nothing()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var all = await province.ServeAsync("2026-10-12 15:00", Servers(1), Volumes(1), Addresses(1));
        province.At("2026-10-20 10:00");

        var id = await province.ReclaimedAsync(all[0].Gone());

        Assert.Equal(ResourceState.Reclaimed, (await province.FindAsync(all[0])).State);
        foreach (var part in all.Skip(1))
        {
            var stays = await province.FindAsync(part);
            Assert.Equal((ResourceState.InService, null), (stays.State, stays.PartOf));
        }

        var volume = await province.CloudVolumeAsync(all[1]);
        Assert.Equal((CloudState.Active, null), (volume.State, volume.AttachedTo));
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        Assert.Equal(ResourceState.Ended, (await province.FindAsync(all[0])).State);
    }

    [Fact]
    public async Task Art21_The_providers_word_needs_the_clean_up_evidence_and_the_statement()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var all = await province.ServeAsync("2026-10-12 15:00", Servers(1), Volumes(1));
        var id = await province.BackingUpAsync();
        var order = (await province.OrdersAsync(id))[0].Id;

        Assert.Equal("workOrder.notCleaned", await SayAsync("erased", "nothing can be recovered"));
        await province.DoAsync(province.Tenant, id, RequestAction.ConfirmBackup);
        Assert.Equal("workOrder.notCleaned", await SayAsync("erased", "nothing can be recovered"));
        await province.DoAsync(province.Tenant, id, RequestAction.ConfirmCleaned);
        Assert.Equal("workOrder.statementRequired", await SayAsync("erased", null));
        Assert.Equal("input.invalid", await SayAsync("", "nothing can be recovered"));

        // Given before the last is gone, it counts; the order is complete once both are so.
        Assert.Null(await SayAsync("erased", "nothing can be recovered"));
        Assert.Equal(RequestState.Cleaning, (await province.RequestAsync(id)).State);
        await province.DrainAsync();
        Assert.Equal(RequestState.Reclaimed, (await province.RequestAsync(id)).State);
        var said = (await province.OrdersAsync(id))[0];
        Assert.Equal(("erased", "nothing can be recovered"), (said.Evidence, said.Statement));
        Assert.Equal(all.Count, said.CompletedLines.Count);

        async Task<string?> SayAsync(string evidence, string? statement) =>
            (await province.CompleteAsync(province.ProviderA, order, new(evidence, statement))).Refusal?.Code;
    }

    [Fact]
    public async Task Art40_The_end_is_confirmed_within_order_and_reclaim_and_a_late_one_becomes_an_adjustment()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        await province.ServeAsync("2026-10-12 15:00", Volumes(1));
        province.At("2026-10-20 10:00");
        var id = await province.CleanedAsync();
        province.At("2026-10-24 10:00");
        var order = (await province.OrdersAsync(id))[0].Id;
        await province.CompleteAsync(province.ProviderA, order, new("erased", "nothing can be recovered"));
        await province.DrainAsync();
        province.At("2026-11-01 02:00");
        await province.CloseAsync();
        // Until the end is confirmed, service runs on.
        Assert.Equal(["Usage res-000001 storage 10-12 20/31 580.65"], (await province.LinesAsync("2026-10")).Shown());

        province.At("2026-11-03 09:00");
        Assert.Equal("request.endOutOfRange", await ConfirmAsync("2026-10-19"));
        Assert.Equal("request.endOutOfRange", await ConfirmAsync("2026-10-25"));
        Assert.Null(await ConfirmAsync("2026-10-22"));

        // 900 × 10 ÷ 31 = 290.322…
        string[] expected =
        [
            "Adjustment res-000001 storage 10-12 -20/31 -580.65",
            "Adjustment res-000001 storage 10-12 10/31 290.32",
        ];
        Assert.Equal(expected, (await province.LinesAsync("2026-11")).Shown());

        async Task<string?> ConfirmAsync(string day)
        {
            var input = new ActionInput { EndedOn = DateOnly.Parse(day) };
            return (await province.ActAsync(province.Tenant, id, RequestAction.Confirm, input)).Refusal?.Code;
        }
    }

    [Theory]
    [InlineData("approved", 0)]
    [InlineData("backing up", 1)]
    [InlineData("backed up", 2)]
    public async Task Art21_Withdrawn_before_the_clean_up_all_is_in_service_as_before(string because, int steps)
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var all = await province.ServeAsync("2026-10-12 15:00", Servers(1), Volumes(1));
        var id = await province.DraftAsync(RequestType.Deregistration);
        await province.DoAsync(province.Tenant, id, RequestAction.Submit);
        await province.DoAsync(province.Authority, id, RequestAction.Approve);
        (Core.Organisations.Actor By, RequestAction Action)[] way =
        [
            (province.Technical, RequestAction.IssueReclaimOrder),
            (province.Tenant, RequestAction.ConfirmBackup),
        ];
        foreach (var (by, action) in way.Take(steps))
        {
            await province.DoAsync(by, id, action);
        }

        await province.DoAsync(province.Tenant, id, RequestAction.Withdraw);
        await province.DrainAsync();

        foreach (var resource in all)
        {
            var after = await province.FindAsync(resource);
            Assert.True(
                after with { WorkOrder = resource.WorkOrder } == resource with { Addresses = after.Addresses },
                because
            );
        }

        Assert.Single(await province.ServersInAsync("mock-a"));
        Assert.All(await province.OrdersAsync(id), o => Assert.Equal(WorkOrderState.Cancelled, o.State));
    }

    [Fact]
    public async Task Art21_A_reclaim_that_failed_is_issued_again_for_what_is_left()
    {
        const string Stuck = """{"faults": {"deleteVolume": {"kind": "noCapacity", "probability": 1}}}""";
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a", settings: Stuck));
        var all = await province.ServeAsync("2026-10-12 15:00", Servers(1), Volumes(1));
        province.At("2026-10-20 10:00");

        var id = await province.CleanedAsync();

        var failed = await province.RequestAsync(id);
        Assert.Equal((RequestState.Cleaning, OrderStanding.Failed), (failed.State, failed.Order));
        Assert.Equal(ResourceState.Cleaning, (await province.FindAsync(all[1])).State);
        Assert.Equal(
            "request.wrongState",
            (await province.ActAsync(province.Tenant, id, RequestAction.Withdraw)).Refusal?.Code
        );
        await province.DoAsync(province.Technical, id, RequestAction.ReissueOrder);
        await province.DrainAsync();
        Assert.Equal(2, (await province.OrdersAsync(id)).Count);
        Assert.Equal(OrderStanding.Failed, (await province.RequestAsync(id)).Order);
    }

    [Fact]
    public async Task Art21_The_provider_that_cannot_help_with_the_backup_fails_its_order_and_it_is_issued_again()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var all = await province.ServeAsync("2026-10-12 15:00", Servers(1));
        var id = await province.BackingUpAsync();
        var order = (await province.OrdersAsync(id))[0].Id;

        await province.ChangeAsync(
            "workOrder.fail",
            (t, token) =>
                province.Get<FulfilByHand>().FailAsync(t, province.ProviderA, order, "no room for copies", token)
        );
        await province.DrainAsync();

        var failed = await province.RequestAsync(id);
        Assert.Equal((RequestState.BackingUp, OrderStanding.Failed), (failed.State, failed.Order));
        await province.DoAsync(province.Tenant, id, RequestAction.ConfirmBackup);
        await province.DoAsync(province.Tenant, id, RequestAction.ConfirmCleaned);
        await province.DoAsync(province.Technical, id, RequestAction.ReissueOrder);
        await province.DrainAsync();
        Assert.Equal(ResourceState.Reclaimed, (await province.FindAsync(all[0])).State);
    }

    [Fact]
    public async Task Art21_What_was_made_by_hand_ends_with_the_providers_word()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var waf = await province.ServeByHandAsync("2026-10-12 15:00");
        province.At("2026-10-20 10:00");

        var id = await province.ReclaimedAsync(waf.Gone());

        Assert.Equal(ResourceState.Reclaimed, (await province.FindAsync(waf)).State);
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        Assert.Equal(new DateOnly(2026, 10, 20), (await province.FindAsync(waf)).ServiceEnd);
    }
}

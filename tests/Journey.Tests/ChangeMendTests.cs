using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;
using CloudManager.Journey.Tests.Support;
using static CloudManager.Journey.Tests.Support.Lifecycle;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>What becomes of a change whose orders fail or are not carried out (art. 20).</summary>
public sealed class ChangeMendTests
{
    [Fact]
    public async Task Art20_A_withdrawn_change_is_undone_and_what_cannot_be_stays_uncharged_and_is_named()
    {
        const string NoResize = """{"faults": {"resizeServer": {"kind": "noCapacity", "probability": 1}}}""";
        await using var province = await Province.FoundAsync(
            Province.Mock("mock-a", "provider-a"),
            Province.Mock("mock-c", "provider-b", settings: NoResize)
        );
        var elsewhere = Servers(1) with { Pool = new("mock-c") };
        var all = await province.ServeAsync("2026-10-12 15:00", Servers(2), Volumes(1), Addresses(2), elsewhere);
        var (server, volume, wide, gone, stuck) = (all[0], all[2], all[3], all[4], all[5]);
        province.At("2026-10-20 10:00");
        var failed = await province.ChangedAsync(
            server.To(Size(8, 16)),
            volume.To(new() { SizeGiB = 200 }),
            wide.To(new() { BandwidthMbps = 50 }),
            gone.Gone(),
            stuck.To(Size(8, 16)),
            Volumes(1) with
            {
                Pool = new("mock-a"),
            }
        );
        Assert.Equal(OrderStanding.Failed, failed.Order);

        await province.DoAsync(province.Tenant, failed.Id, RequestAction.Withdraw);
        await province.DrainAsync();

        Assert.Equal((ResourceState.InService, 4), await StandingAsync(server, s => s.Vcpus));
        Assert.Equal(new ServerSize(4, 8), (await province.CloudServerAsync(server)).Size);
        Assert.Equal((ResourceState.InService, 10), await StandingAsync(wide, s => s.BandwidthMbps));
        Assert.Equal((ResourceState.InService, 200), await StandingAsync(volume, s => s.SizeGiB));
        Assert.Equal((ResourceState.InService, 4), await StandingAsync(stuck, s => s.Vcpus));
        Assert.Equal(new DateOnly(2026, 10, 20), (await province.FindAsync(gone)).ServiceEnd);
        Assert.Equal(ResourceState.Ended, Assert.Single(await province.ResourcesAsync(failed.Id)).State);
        var told = await province.ToldAsync("tenant-a", "request.notUndone");
        Assert.Contains($"{volume.Id}, {gone.Id}", told.Text.En, StringComparison.Ordinal);
        province.At("2026-11-01 02:00");
        await province.CloseAsync();
        var lines = (await province.BillsAsync("2026-10")).Single(b =>
            b.Id.EndsWith(".provider-a", StringComparison.Ordinal)
        );
        Assert.Contains(
            $"Usage {volume.Id} storage 10-12 20/31 580.65",
            (await province.LinesAsync(lines, 100)).Shown()
        );

        async Task<(ResourceState, int?)> StandingAsync(Resource resource, Func<Spec, int?> size)
        {
            var now = await province.FindAsync(resource);
            return (now.State, size(now.Spec));
        }
    }

    [Fact]
    public async Task Art20_A_partly_failed_change_goes_on_with_what_was_changed_and_the_rest_keeps_size_and_charge()
    {
        const string NoResize = """{"faults": {"resizeServer": {"kind": "noCapacity", "probability": 1}}}""";
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a", settings: NoResize));
        var all = await province.ServeAsync("2026-10-12 15:00", Servers(1), Volumes(1));
        province.At("2026-10-20 10:00");
        var failed = await province.ChangedAsync(all[0].To(Size(8, 16)), all[1].To(new() { SizeGiB = 200 }));

        var partial = await province.DoAsync(province.Technical, failed.Id, RequestAction.AcceptPartial);

        Assert.Equal((RequestState.Changed, 2), (partial.State, Assert.Single(partial.Lines).No));
        Assert.Equal(ResourceState.InService, (await province.FindAsync(all[0])).State);
        await province.DoAsync(province.Tenant, failed.Id, RequestAction.Confirm);
        Assert.Equal((ResourceState.InService, 200), await StandingAsync());
        Assert.Equal(["vcpu 10-12 20 23.23"], await province.VcpusAsync());

        async Task<(ResourceState, int?)> StandingAsync()
        {
            var now = await province.FindAsync(all[1]);
            return (now.State, now.Spec.SizeGiB);
        }
    }

    [Fact]
    public async Task Art20_A_change_by_hand_waits_for_the_provider_and_failed_by_it_leaves_all_as_it_was()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var waf = await province.ServeByHandAsync("2026-10-12 15:00");
        province.At("2026-10-20 10:00");
        var changed = await province.ChangedAsync(waf.To(new() { SizeGiB = 20 }));
        Assert.Equal(RequestState.ChangeOrdered, changed.State);
        var order = Assert.Single(await province.OrdersAsync(changed.Id));

        await province.ChangeAsync(
            "workOrder.fail",
            (t, token) => province.Get<FulfilByHand>().FailAsync(t, province.ProviderA, order.Id, "no licence", token)
        );
        await province.DrainAsync();
        Assert.Equal(OrderStanding.Failed, (await province.RequestAsync(changed.Id)).Order);
        Assert.Equal(10, (await province.FindAsync(waf)).Spec.SizeGiB);
        await province.DoAsync(province.Technical, changed.Id, RequestAction.ReissueOrder);
        await province.SayDoneAsync(changed.Id);

        Assert.Equal(RequestState.Changed, (await province.RequestAsync(changed.Id)).State);
        await province.DoAsync(province.Tenant, changed.Id, RequestAction.Confirm);
        Assert.Equal(20, (await province.FindAsync(waf)).Spec.SizeGiB);
    }

    [Fact]
    public async Task Art20_A_provider_that_does_not_carry_a_change_out_in_time_is_reminded_and_reported()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var waf = await province.ServeByHandAsync("2026-10-12 15:00");
        province.At("2026-10-20 10:00");
        var changed = await province.ChangedAsync(waf.To(new() { SizeGiB = 20 }));
        var due = changed.Deadlines[^1].DueAt;
        Assert.Equal(new DateTimeOffset(2026, 10, 27, 23, 59, 59, China.Offset), due);

        province.Clock.SetUtcNow(due.AddSeconds(1));
        await province.Get<WatchDeadlines>().LookAsync(CancellationToken.None);

        foreach (var organisation in (string[])["provider-a", "technical", "authority"])
        {
            var told = await province.ToldAsync(organisation, "deadline.overdue");
            Assert.Contains("carrying out the change", told.Text.En, StringComparison.Ordinal);
        }
    }
}

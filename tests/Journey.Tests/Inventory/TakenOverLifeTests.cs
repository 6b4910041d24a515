using CloudManager.Adapters.Sdk;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Journey.Tests.Support;
using static CloudManager.Journey.Tests.Support.Lifecycle;

namespace CloudManager.Journey.Tests.Inventory;

/// <summary>What was taken over (art. 14) is changed (art. 20) and ends (art. 21) as anything else in service.</summary>
public sealed class TakenOverLifeTests
{
    [Fact]
    public async Task Art14_What_was_taken_over_is_changed_and_deregistered_as_anything_else()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var (server, volume, address) = await province.StrangerAsync("legacy-01");
        province.At("2026-10-12 09:00");
        await province.SyncAsync();
        var taken = await province.TakeOverAsync(province.Technical, "hr-portal", "函", Clouds.Line(server));
        await province.DoAsync(province.Tenant, taken.Value.Id, RequestAction.Confirm);
        var all = await province.ResourcesAsync(taken.Value.Id);
        province.At("2026-10-20 10:00");

        var changed = await province.ChangedAsync(
            all[0].To(Size(8, 16)),
            all[1].To(new() { SizeGiB = 300 }),
            all[2].Gone()
        );
        Assert.Equal((RequestState.Changed, OrderStanding.Completed), (changed.State, changed.Order));
        await province.DoAsync(province.Tenant, changed.Id, RequestAction.Confirm);
        Assert.Equal(new ServerSize(8, 16), (await province.CloudServerAsync(all[0])).Size);
        Assert.Equal(300, (await province.CloudVolumeAsync(all[1])).SizeGiB);
        await province.SyncAsync();
        Assert.Equal("", await province.FoundAsync());

        province.At("2026-10-25 10:00");
        var ending = await province.ReclaimedAsync();
        await province.DoAsync(province.Tenant, ending, RequestAction.Confirm);

        Assert.All(await province.ResourcesAsync(taken.Value.Id), r => Assert.Equal(ResourceState.Ended, r.State));
        await AssertGoneAsync(() => province.Cloud().Servers!.GetAsync(server, default));
        await AssertGoneAsync(() => province.Cloud().Volumes!.GetAsync(volume, default));
        await AssertGoneAsync(() => province.Cloud().Addresses!.GetAsync(address, default));
        province.Clock.Advance(TimeSpan.FromHours(1));
        await province.SyncAsync();
        Assert.Equal("", await province.FoundAsync());
        // 4 × 9 × 8 ÷ 31 and 8 × 9 × 5 ÷ 31.
        Assert.Equal(["vcpu 10-12 8 9.29", "vcpu 10-20 5 11.61"], await province.VcpusAsync());
    }

    [Fact]
    public async Task Art14_A_change_of_what_was_taken_over_is_given_up_and_nothing_of_it_goes()
    {
        const string NoResize = """{"faults": {"resizeServer": {"kind": "noCapacity", "probability": 1}}}""";
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a", settings: NoResize));
        var (server, volume, address) = await province.StrangerAsync("legacy-01");
        province.At("2026-10-12 09:00");
        await province.SyncAsync();
        var taken = await province.TakeOverAsync(province.Technical, "hr-portal", "函", Clouds.Line(server));
        await province.DoAsync(province.Tenant, taken.Value.Id, RequestAction.Confirm);
        var all = await province.ResourcesAsync(taken.Value.Id);
        var failed = await province.ChangedAsync(all[0].To(Size(8, 16)));
        Assert.Equal(OrderStanding.Failed, failed.Order);

        await province.DoAsync(province.Tenant, failed.Id, RequestAction.Withdraw);
        await province.DrainAsync();

        Assert.All(await province.ResourcesAsync(taken.Value.Id), r => Assert.Equal(ResourceState.InService, r.State));
        Assert.Equal(new ServerSize(4, 8), (await province.CloudServerAsync(all[0])).Size);
        Assert.Equal(server, (await province.Cloud().Volumes!.GetAsync(volume, default)).AttachedTo);
        Assert.Equal(server, (await province.Cloud().Addresses!.GetAsync(address, default)).BoundTo);
        province.At("2026-11-01 01:00");
        Assert.All(await province.LinesAsync("2026-10"), l => Assert.Equal(new DateOnly(2026, 10, 12), l.From));
    }

    private static async Task AssertGoneAsync(Func<Task> look)
    {
        var failure = await Assert.ThrowsAsync<AdapterException>(look);
        Assert.Equal(FailureKind.NotFound, failure.Kind);
    }
}

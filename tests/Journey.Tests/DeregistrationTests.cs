using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
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
}

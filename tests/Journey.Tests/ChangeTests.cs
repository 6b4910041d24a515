using CloudManager.Adapters.Sdk;
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
}

using CloudManager.Core.Billing;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Metering;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Journey.Tests.Inventory;

/// <summary>
/// What was there before the platform is taken over (纳管, art. 14): measured at once, charged from the day the tenant
/// confirms. Every contract price is 9.00, so that bills are recomputed by hand.
/// </summary>
public sealed class TakeoverTests
{
    [Theory, OnBoth]
    public async Task Art14_What_is_taken_over_is_measured_at_once_and_charged_from_the_day_of_the_confirmation(
        Database on
    )
    {
        await using var province = await Province.FoundAsync(on, Province.Mock("mock-a", "provider-a"));
        var (server, volume, address) = await province.StrangerAsync("legacy-01");
        await province.SyncAsync();
        Assert.Equal(
            $"UnknownResource Unknown {address}\nUnknownResource Unknown {server}\nUnknownResource Unknown {volume}",
            await province.FoundAsync()
        );

        province.At("2026-10-05 10:00");
        var taken = await province.TakeOverAsync(
            province.Technical,
            "hr-portal",
            "函〔2026〕15号",
            Clouds.Line(server)
        );
        Assert.True(taken.IsDone, taken.Refusal?.ToString());
        var id = taken.Value.Id;
        Assert.Equal((RequestType.Takeover, RequestState.Delivered), (taken.Value.Type, taken.Value.State));
        Assert.Equal("", await province.FoundAsync());

        var resources = await province.ResourcesAsync(id);
        Assert.Equal([ItemKind.Server, ItemKind.Volume, ItemKind.PublicAddress], resources.Select(r => r.Kind));
        Assert.All(resources, r => Assert.Equal((ResourceState.Delivered, "tenant-a"), (r.State, r.Tenant)));
        Assert.All(resources.Skip(1), r => Assert.Equal(resources[0].Id, r.PartOf));
        var metered = await province.ReadAsync(
            (t, token) => province.Get<IMeteredServers>().OfPoolAsync(t, new("mock-a"), token)
        );
        Assert.Equal([server], metered.Select(m => m.Native));
        Assert.Empty(await province.BillsAsync());

        province.At("2026-10-12 09:00");
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        await province.SyncAsync();
        Assert.Equal("", await province.FoundAsync());

        province.At("2026-11-01 02:00");
        await province.CloseAsync();
        // 20 days of 31: 4 × 9 × 20 ÷ 31, 8 × 9 …, 40 × 9 …, 200 × 9 …, 20 × 9 …
        string[] expected =
        [
            "Usage res-000001 vcpu 10-12 20/31 23.23",
            "Usage res-000001 memory 10-12 20/31 46.45",
            "Usage res-000001 storage 10-12 20/31 232.26",
            "Usage res-000002 storage 10-12 20/31 1161.29",
            "Usage res-000003 bandwidth 10-12 20/31 116.13",
        ];
        var bill = Assert.Single(await province.BillsAsync("2026-10"));
        var lines = await province.LinesAsync(bill);
        Assert.Equal(expected, lines.Shown());
        Assert.All(lines, l => Assert.Equal(id.ToString(), l.StartedBy));
        Assert.Equal(BillState.Closed, bill.State);
    }
}

using CloudManager.Core.Inventory.Takeovers;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests.Inventory;

/// <summary>What somebody else is still at work on is neither unknown (账外) nor to be taken over (art. 14).</summary>
public sealed class HandsOffTests
{
    [Theory, OnBoth]
    public async Task Art21_What_is_being_deregistered_is_its_tenants_until_it_is_gone(Database on)
    {
        await using var province = await Province.FoundAsync(on, Province.Mock("mock-a", "provider-a"));
        var server = Assert.Single(await province.ServeAsync("2026-10-12 15:00", Servers(1)));
        var id = await province.BackingUpAsync(server.Gone());
        await province.DoAsync(province.Tenant, id, RequestAction.ConfirmBackup);
        await province.DoAsync(province.Tenant, id, RequestAction.ConfirmCleaned);
        await province.SyncAsync();
        Assert.Equal(ResourceState.Cleaning, (await province.FindAsync(server)).State);

        Assert.Equal("takeover.known", await RefusedAsync());

        var order = Assert.Single(await province.OrdersAsync(id));
        await province.ChangeAsync(
            "workOrder.fail",
            (t, token) => province.Get<FulfilByHand>().FailAsync(t, province.ProviderA, order.Id, "locked", token)
        );
        await province.DrainAsync();
        await province.SyncAsync();

        Assert.Equal(OrderStanding.Failed, (await province.RequestAsync(id)).Order);
        Assert.Equal("", await province.FoundAsync());
        Assert.Equal("takeover.known", await RefusedAsync());

        async Task<string?> RefusedAsync()
        {
            var line = Clouds.Line(server.NativeId!.Value);
            var refused = await province.TakeOverAsync(province.Technical, "hr-portal", "函", line);
            return Assert.Single(refused.Refusal!.Faults).Code;
        }
    }

    [Theory, OnBoth]
    public async Task Art16_What_a_conformance_run_under_way_made_is_not_unknown_and_what_it_left_is(Database on)
    {
        await using var province = await Province.FoundAsync(on, Province.Mock("mock-a", "provider-a"));
        var started = await province.ChangeAsync(
            "conformance.start",
            (t, token) => province.Get<StartConformance>().ExecuteAsync(t, new("mock-a"), "technical", "host/1", token)
        );
        var run = started.Value;
        var made = await province.ServerAsync($"{run.Prefix}-1", key: $"{run.Prefix}-1");
        var stranger = await province.ServerAsync($"{run.Prefix}x-1", key: $"{run.Prefix}x-1");
        await province.SyncAsync();

        Assert.Equal($"UnknownResource Unknown {stranger}", await province.FoundAsync());
        var taken = await province.TakeOverAsync(province.Technical, "hr-portal", "函", Clouds.Line(made));
        Assert.Equal("takeover.inTheMaking", Assert.Single(taken.Refusal!.Faults).Code);

        await province.ChangeAsync(
            "conformance.end",
            async (t, token) =>
            {
                var ended = run with { State = ConformanceState.Failed, EndedAt = run.StartedAt };
                await province.Get<IConformanceStore>().UpdateAsync(t, ended, null, token);
                return Result.Of(Done.Now);
            }
        );
        province.Clock.Advance(TimeSpan.FromHours(1));
        await province.SyncAsync();

        Assert.Contains($"UnknownResource Unknown {made}", await province.FoundAsync(), StringComparison.Ordinal);
    }
}

using CloudManager.Adapters.Sdk;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Journey.Tests.Support;
using static CloudManager.Journey.Tests.Support.Lifecycle;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>A draft holds nothing: giving it up leaves alone what another request has taken into its hands.</summary>
public sealed class StaleDraftTests
{
    [Fact]
    public async Task Art21_A_draft_given_up_does_not_take_a_server_out_of_its_deregistration()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var server = Assert.Single(await province.ServeAsync("2026-10-12 15:00", Servers(1)));
        var stale = await province.DraftAsync(RequestType.Change, server.To(Size(8, 16)));
        var ending = await province.BackingUpAsync(server.Gone());

        await province.DoAsync(province.Tenant, stale, RequestAction.Withdraw);

        Assert.Equal(ResourceState.BackingUp, (await province.FindAsync(server)).State);
        await province.DoAsync(province.Tenant, ending, RequestAction.ConfirmBackup);
        await province.DoAsync(province.Tenant, ending, RequestAction.ConfirmCleaned);
        await province.DrainAsync();
        Assert.Equal(ResourceState.Reclaimed, (await province.FindAsync(server)).State);
        var gone = await Assert.ThrowsAsync<AdapterException>(() => province.CloudServerAsync(server));
        Assert.Equal(FailureKind.NotFound, gone.Kind);
    }

    [Fact]
    public async Task Art20_A_draft_given_up_does_not_undo_a_change_that_another_request_made()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var server = Assert.Single(await province.ServeAsync("2026-10-12 15:00", Servers(1)));
        var stale = await province.DraftAsync(RequestType.Change, server.To(Size(2, 4)));
        var changed = await province.ChangedAsync(server.To(Size(8, 16)));
        Assert.Equal(RequestState.Changed, changed.State);

        await province.DoAsync(province.Tenant, stale, RequestAction.Withdraw);
        await province.DrainAsync();

        Assert.Empty(await province.OrdersAsync(stale));
        var now = await province.FindAsync(server);
        Assert.Equal((ResourceState.Changing, 8), (now.State, now.Spec.Vcpus));
        Assert.Equal(new ServerSize(8, 16), (await province.CloudServerAsync(server)).Size);
    }
}

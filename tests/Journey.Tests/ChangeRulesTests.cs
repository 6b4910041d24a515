using CloudManager.Core.Catalogue;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;
using CloudManager.Journey.Tests.Support;
using static CloudManager.Journey.Tests.Support.Lifecycle;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>What a change or a deregistration may not ask for (art. 15, 17, 20, 21).</summary>
public sealed class ChangeRulesTests
{
    [Fact]
    public async Task Art20_Every_fault_is_listed_by_its_path()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var all = await province.ServeAsync("2026-10-12 15:00", Servers(2), Volumes(1));
        var (server, second, volume) = (all[0], all[1], all[2]);

        var refused = await province.AskAsync(
            RequestType.Change,
            server.To(Size(6, 12)),
            volume.To(new() { SizeGiB = 50 }),
            second.Gone(),
            second.To(Size(4, 8)),
            new(null, null, null, Size(2, 4)) { Resource = "res-999999" },
            Volumes(1) with
            {
                Pool = new("mock-a"),
                To = volume.Id.ToString(),
            }
        );

        Assert.Equal("request.invalid", refused.Refusal?.Code);
        var faults = refused.Refusal!.Faults.Select(f => $"{f.Path} {f.Code}");
        string[] expected =
        [
            "lines[0].spec size.notOffered",
            "lines[1].spec.sizeGiB volume.shrinks",
            "lines[2].remove change.removesData",
            "lines[3].resource ",
            "lines[3].spec change.nothing",
            "lines[4].resource resource.notFound",
            "lines[5].to line.badReference",
        ];
        Assert.Equal(expected, faults);
        Assert.Contains("8C16G", refused.Refusal.Faults[0].Expected.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Art20_What_is_wrong_in_one_way_only_is_refused_by_that_code()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var all = await province.ServeAsync("2026-10-12 15:00", Servers(1), Volumes(1));

        var shrinks = await province.AskAsync(RequestType.Change, all[1].To(new() { SizeGiB = 50 }));
        var removes = await province.AskAsync(RequestType.Change, all[0].Gone(), all[1].Gone());

        Assert.Equal("volume.shrinks", shrinks.Refusal?.Code);
        Assert.Equal("change.removesData", removes.Refusal?.Code);
        Assert.Contains("deregistration", removes.Refusal!.Faults[0].Expected.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Art15b_On_a_standing_cloud_what_grows_is_refused_by_line_and_what_shrinks_is_done()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var all = await province.ServeAsync("2026-10-12 15:00", Servers(2), Volumes(1));
        province.Regard("mock-a", PoolKind.Legacy);

        var refused = await province.AskAsync(
            RequestType.Change,
            all[0].To(Size(2, 4)),
            all[1].To(Size(8, 16)),
            all[2].To(new() { SizeGiB = 200 }),
            Servers(1) with
            {
                Pool = new("mock-a"),
            }
        );
        var shrunk = await province.ChangedAsync(all[0].To(Size(2, 4)));

        Assert.Equal("pool.legacy", refused.Refusal?.Code);
        Assert.Equal(["lines[1].pool", "lines[2].pool", "lines[3].pool"], refused.Refusal!.Faults.Select(f => f.Path));
        Assert.Equal(RequestState.Changed, shrunk.State);
    }

    [Fact]
    public async Task Art17_A_provider_whose_contract_has_ended_takes_nothing_new_and_still_shrinks_and_ends()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var all = await province.ServeAsync("2026-10-12 15:00", Servers(2));
        province.At("2028-09-02 10:00");

        var grows = await province.AskAsync(RequestType.Change, all[0].To(Size(8, 16)));
        var shrunk = await province.ChangedAsync(all[0].To(Size(2, 4)));

        Assert.Equal("pool.noContract", grows.Refusal?.Code);
        Assert.Equal(RequestState.Changed, shrunk.State);
        await province.ReclaimedAsync(all[1].Gone());
    }

    [Fact]
    public async Task Art20_While_one_request_holds_a_resource_no_other_may_be_submitted()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var server = (await province.ServeAsync("2026-10-12 15:00", Servers(1)))[0];
        var first = await province.DraftAsync(RequestType.Change, server.To(Size(8, 16)));
        var second = await province.DraftAsync(RequestType.Change, server.To(Size(2, 4)));
        await province.DoAsync(province.Tenant, first, RequestAction.Submit);

        var submitted = await province.ActAsync(province.Tenant, second, RequestAction.Submit);
        var ending = await province.AskAsync(RequestType.Deregistration, server.Gone());

        Assert.Equal("resource.inOtherRequest", submitted.Refusal?.Code);
        Assert.Contains(first.ToString(), submitted.Refusal!.Faults[0].Expected.En, StringComparison.Ordinal);
        Assert.Equal("resource.inOtherRequest", ending.Refusal?.Code);
        await province.DoAsync(province.Tenant, first, RequestAction.Withdraw);
        await province.DoAsync(province.Tenant, second, RequestAction.Submit);
    }

    [Fact]
    public async Task Art20_What_has_become_of_the_resource_since_is_examined_again_at_the_approval()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var server = (await province.ServeAsync("2026-10-12 15:00", Servers(1)))[0];
        var id = await province.ConcurredAsync(server.To(Size(8, 16)));
        province.Regard("mock-a", PoolKind.Legacy);

        var refused = await province.ActAsync(province.Authority, id, RequestAction.Approve);

        Assert.Equal("pool.legacy", refused.Refusal?.Code);
        Assert.Equal(RequestState.Submitted, (await province.RequestAsync(id)).State);
    }

    [Fact]
    public async Task Art20_The_authority_approves_with_the_technical_departments_consent_only_and_not_beyond_what_was_asked()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var server = (await province.ServeAsync("2026-10-12 15:00", Servers(1)))[0];
        var id = await province.DraftAsync(RequestType.Change, server.To(Size(2, 4)));
        var submitted = await province.DoAsync(province.Tenant, id, RequestAction.Submit);
        Assert.Equal("review", Assert.Single(submitted.Deadlines).Step);

        Assert.Equal("request.notConcurred", await ApproveAsync());
        await province.DoAsync(province.Technical, id, RequestAction.Dissent, new() { Opinion = "too small" });
        Assert.Equal("request.notConcurred", await ApproveAsync());
        await province.DoAsync(province.Technical, id, RequestAction.Concur);
        Assert.Equal("request.linesGrown", await ApproveAsync(server.To(Size(8, 16))));
        Assert.Null(await ApproveAsync());

        var approved = await province.RequestAsync(id);
        Assert.Equal(RequestState.ChangeOrdered, approved.State);
        Assert.Equal("execute", approved.Deadlines[^1].Step);
        Assert.Equal(WorkOrderKind.Change, Assert.Single(await province.OrdersAsync(id)).Kind);

        async Task<string?> ApproveAsync(params LineInput[] lines)
        {
            var input = new ActionInput { Lines = lines.Length == 0 ? null : lines };
            return (await province.ActAsync(province.Authority, id, RequestAction.Approve, input)).Refusal?.Code;
        }
    }

    [Fact]
    public async Task Art20_The_authority_does_not_turn_a_growth_into_a_removal()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var all = await province.ServeAsync("2026-10-12 15:00", Servers(1), Addresses(1));
        var address = all.Single(r => r.Kind == ItemKind.PublicAddress);
        var id = await province.ConcurredAsync(address.To(new() { BandwidthMbps = 50 }));

        var input = new ActionInput { Lines = [address.Gone()] };
        var refused = await province.ActAsync(province.Authority, id, RequestAction.Approve, input);

        Assert.Equal("request.linesGrown", refused.Refusal?.Code);
    }

    [Fact]
    public async Task Art21_A_network_ends_only_with_its_servers_and_what_has_ended_takes_nothing()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var network = new LineInput("vpc", 1, null, new() { Cidr = "10.20.0.0/24" });
        var inside = Servers(1) with { Spec = Servers(1).Spec! with { Network = 2 } };
        var all = await province.ServeAsync("2026-10-12 15:00", inside, network);
        var vpc = all.Single(r => r.Kind == ItemKind.Network);
        var server = all.Single(r => r.Kind == ItemKind.Server);

        Assert.Equal("network.inUse", (await province.AskAsync(RequestType.Change, vpc.Gone())).Refusal?.Code);
        Assert.Equal("network.inUse", (await province.AskAsync(RequestType.Deregistration, vpc.Gone())).Refusal?.Code);

        var id = await province.ReclaimedAsync(server.Gone(), vpc.Gone());
        Assert.Equal("resource.notInService", await ChangeAsync());
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        Assert.Equal("resource.notFound", await ChangeAsync());
        Assert.Equal(ResourceState.Ended, (await province.FindAsync(vpc)).State);

        var lonely = Assert.Single(await province.ServeAsync("2026-10-13 15:00", network));
        var into = Servers(1) with { Pool = new("mock-a"), To = lonely.Id.ToString() };
        var both = await province.AskAsync(RequestType.Change, lonely.Gone(), into);
        Assert.Equal("network.inUse", both.Refusal?.Code);

        async Task<string?> ChangeAsync() =>
            (await province.AskAsync(RequestType.Change, server.To(Size(8, 16)))).Refusal?.Code;
    }
}

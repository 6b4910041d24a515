using CloudManager.Adapters.Sdk;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>A request's way from the draft to resources in service (art. 19).</summary>
public sealed class ProvisionTests
{
    [Theory, OnBoth]
    public async Task Art19_A_request_becomes_servers_in_service(Database on)
    {
        await using var province = await Province.FoundAsync(on, Province.Mock("mock-a", "provider-a"));
        await BecomesServersInServiceAsync(province);
    }

    internal static async Task<RequestId> BecomesServersInServiceAsync(Province province)
    {
        var id = await ApprovedAsync(province, "mock-a", Servers(2), Volumes(2), Addresses(1));

        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();

        var testing = await province.RequestAsync(id);
        Assert.Equal(RequestState.Testing, testing.State);
        var resources = await province.ResourcesAsync(id);
        Assert.Equal(5, resources.Count);
        Assert.All(resources, r => Assert.Equal(ResourceState.Testing, r.State));
        Assert.Equal(2, (await province.ServersInAsync("mock-a")).Count);
        var report = testing.Deadlines.Single(d => d.Step == "report");
        Assert.Equal("2026-10-30T23:59:59", report.DueAt.ToOffset(TimeSpan.FromHours(8)).ToString("s"));

        // Filed: one server fewer and larger, one volume fewer and larger.
        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "passed" });
        var lines = new ActionInput { Lines = [Servers(1, 8, 16), Volumes(1, 200), Addresses(1)] };
        await province.DoAsync(province.Technical, id, RequestAction.Advise, lines);
        await province.DoAsync(province.Technical, id, RequestAction.FileAdvice);
        await province.DoAsync(province.Technical, id, RequestAction.IssueDeliveryOrder);
        await province.DrainAsync();

        Assert.Equal(RequestState.Delivered, (await province.RequestAsync(id)).State);
        var server = Assert.Single(await province.ServersInAsync("mock-a"));
        Assert.Equal(new ServerSize(8, 16), server.Size);
        province.Clock.Advance(TimeSpan.FromDays(2));
        var confirmed = await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        Assert.Equal(RequestState.InService, confirmed.State);
        var served = (await province.ResourcesAsync(id)).Where(r => r.State == ResourceState.InService).ToList();
        Assert.Equal(3, served.Count);
        Assert.All(served, r => Assert.Equal(new DateOnly(2026, 9, 30), r.ServiceStart));
        Assert.Equal(2, (await province.ResourcesAsync(id)).Count(r => r.State == ResourceState.Ended));
        return id;
    }

    [Fact]
    public async Task Art19_A_pool_without_room_is_cleaned_up_and_the_order_goes_to_another_pool()
    {
        await using var province = await Province.FoundAsync(
            Province.Mock(
                "mock-a",
                "provider-a",
                settings: """{"faults": {"createServer": {"kind": "noCapacity", "probability": 1}}}"""
            ),
            Province.Mock("mock-a2", "provider-a")
        );
        var id = await ApprovedAsync(province, "mock-a", Servers(2), Volumes(1));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();

        var failed = await province.RequestAsync(id);
        Assert.Equal((RequestState.TestOrdered, OrderStanding.Failed), (failed.State, failed.Order));
        Assert.Contains("资源池容量不足", failed.History[^1].Opinion!, StringComparison.Ordinal);
        Assert.All(await province.ResourcesAsync(id), r => Assert.Equal(ResourceState.Failed, r.State));

        await province.DoAsync(
            province.Technical,
            id,
            RequestAction.ReissueOrder,
            new() { Pool = new("mock-a2"), Opinion = "容量不足，改池" }
        );
        await province.DrainAsync();
        Assert.Equal(RequestState.Testing, (await province.RequestAsync(id)).State);
        Assert.Equal(2, (await province.ServersInAsync("mock-a2")).Count);
        Assert.Empty(await province.ServersInAsync("mock-a"));
    }

    [Fact]
    public async Task Art15_A_line_for_a_legacy_pool_is_refused_with_the_articles_reason()
    {
        await using var province = await Province.FoundAsync(
            Province.Mock("mock-b", "provider-b", Core.Pools.PoolKind.Legacy)
        );

        var refused = await province.CreateAsync("mock-b", Servers(1));

        var fault = Assert.Single(refused.Refusal!.Faults, f => f.Code == "pool.legacy");
        Assert.Equal("lines[0].pool", fault.Path);
        Assert.Contains("第十五条", fault.Expected.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdrawal_removes_the_test_resources()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await ApprovedAsync(province, "mock-a", Servers(3), Volumes(3), Addresses(1));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();

        await province.DoAsync(province.Tenant, id, RequestAction.Withdraw);
        await province.DrainAsync();

        Assert.Empty(await province.ServersInAsync("mock-a"));
        Assert.All(await province.ResourcesAsync(id), r => Assert.Equal(ResourceState.Ended, r.State));
    }

    [Fact]
    public async Task Withdrawal_while_servers_are_being_made_leaves_nothing_behind()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await ApprovedAsync(province, "mock-a", Servers(3));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);

        await province.DoAsync(province.Tenant, id, RequestAction.Withdraw);
        await province.DrainAsync();

        Assert.Empty(await province.ServersInAsync("mock-a"));
        Assert.All(await province.ResourcesAsync(id), r => Assert.Equal(ResourceState.Failed, r.State));
    }

    internal static async Task<RequestId> ApprovedAsync(Province province, string pool, params LineInput[] lines)
    {
        var created = await province.CreateAsync(pool, lines);
        Assert.True(created.IsDone, string.Join("; ", created.Refusal?.Faults ?? []));
        var id = created.Value.Id;
        await province.DoAsync(province.Tenant, id, RequestAction.Submit);
        await province.DoAsync(province.Authority, id, RequestAction.Accept);
        await province.DoAsync(province.Authority, id, RequestAction.Approve);
        return id;
    }
}

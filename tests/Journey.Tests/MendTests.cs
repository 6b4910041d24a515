using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Journey.Tests.Support;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>What the parties do about an order that failed, a dispute, and a completion day.</summary>
public sealed class MendTests
{
    private const string NoRoom = """{"faults": {"createServer": {"kind": "noCapacity", "probability": 1}}}""";

    [Fact]
    public async Task Lines_on_two_pools_make_two_orders_and_a_partial_acceptance_goes_on_with_what_stands()
    {
        await using var province = await Province.FoundAsync(
            Province.Mock("mock-a", "provider-a"),
            Province.Mock("mock-c", "provider-b", settings: NoRoom)
        );
        var id = await ProvisionTests.ApprovedAsync(
            province,
            "mock-a",
            Servers(2),
            Servers(1) with
            {
                Pool = new("mock-c"),
            }
        );
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        Assert.Equal(OrderStanding.Failed, (await province.RequestAsync(id)).Order);

        var partial = await province.DoAsync(province.Technical, id, RequestAction.AcceptPartial);

        Assert.Equal(RequestState.Testing, partial.State);
        Assert.Equal(1, Assert.Single(partial.Lines).No);
        Assert.Contains(partial.Deadlines, d => d.Step == "report");
    }

    [Fact]
    public async Task Test_resources_of_the_lines_that_a_partial_acceptance_cancels_are_removed()
    {
        const string NoResize = """{"faults": {"resizeServer": {"kind": "noCapacity", "probability": 1}}}""";
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a", settings: NoResize));
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(1), Servers(2));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "ok" });
        LineInput[] advised = [Servers(1) with { No = 1 }, Servers(2, 8, 16) with { No = 2 }];
        await province.DoAsync(province.Technical, id, RequestAction.Advise, new() { Lines = advised });
        await province.DoAsync(province.Technical, id, RequestAction.FileAdvice);
        await province.DoAsync(province.Technical, id, RequestAction.IssueDeliveryOrder);
        await province.DrainAsync();
        Assert.Equal(OrderStanding.Failed, (await province.RequestAsync(id)).Order);

        await province.DoAsync(province.Technical, id, RequestAction.AcceptPartial);
        await province.DrainAsync();

        var resources = await province.ResourcesAsync(id);
        Assert.Equal(ResourceState.Delivered, resources.Single(r => r.Line == 1).State);
        Assert.All(resources.Where(r => r.Line == 2), r => Assert.Equal(ResourceState.Ended, r.State));
        Assert.Single(await province.ServersInAsync("mock-a"));
    }

    [Fact]
    public async Task Lines_that_stand_whole_survive_a_failure_in_the_same_order()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a", settings: NoRoom));
        var network = new LineInput("vpc", 1, null, new() { Cidr = "10.20.0.0/24" });
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(1), network);
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();

        var partial = await province.DoAsync(province.Technical, id, RequestAction.AcceptPartial);

        Assert.Equal("vpc", Assert.Single(partial.Lines).Item);
        Assert.Equal(ResourceState.Testing, (await province.ResourcesAsync(id)).Single(r => r.Item == "vpc").State);
    }

    [Fact]
    public async Task Nothing_completed_cannot_be_accepted_in_part()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a", settings: NoRoom));
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(1));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();

        var refused = await province.ActAsync(province.Technical, id, RequestAction.AcceptPartial);

        Assert.Equal("request.nothingCompleted", refused.Refusal?.Code);
    }

    [Fact]
    public async Task The_tenant_chooses_another_provider_and_the_order_is_issued_again()
    {
        await using var province = await Province.FoundAsync(
            Province.Mock("mock-a", "provider-a", settings: NoRoom),
            Province.Mock("mock-a2", "provider-a"),
            Province.Mock("mock-c", "provider-b")
        );
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(2));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();

        var same = await province.ActAsync(
            province.Tenant,
            id,
            RequestAction.ChoosePool,
            new() { Pool = new("mock-a2") }
        );
        Assert.Equal("request.wrongProvider", same.Refusal?.Code);
        await province.DoAsync(province.Tenant, id, RequestAction.ChoosePool, new() { Pool = new("mock-c") });
        await province.DoAsync(province.Technical, id, RequestAction.ReissueOrder);
        await province.DrainAsync();

        Assert.Equal(RequestState.Testing, (await province.RequestAsync(id)).State);
        Assert.Equal(2, (await province.ServersInAsync("mock-c")).Count);
    }

    [Theory]
    [InlineData("the order issued again is completed on the 15th", "{}", "1 10-12, 2 10-15")]
    [InlineData("the order issued again fails on the 15th and is given up", NoRoom, "1 10-12")]
    public async Task Art40_Each_resource_serves_from_the_day_its_own_order_was_completed(
        string because,
        string secondChance,
        string served
    )
    {
        const string noResize = """{"faults": {"resizeServer": {"kind": "noCapacity", "probability": 1}}}""";
        await using var province = await Province.FoundAsync(
            Province.Mock("mock-a", "provider-a"),
            Province.Mock("mock-c", "provider-b", settings: noResize),
            Province.Mock("mock-c2", "provider-b", settings: secondChance)
        );
        LineInput[] asked = [Servers(1), Servers(1) with { Pool = new("mock-c") }];
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", asked);
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        province.At("2026-10-12 15:00");
        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "ok" });
        LineInput[] advised = [Servers(1) with { No = 1 }, Servers(1, 8, 16) with { No = 2, Pool = new("mock-c") }];
        await province.DoAsync(province.Technical, id, RequestAction.Advise, new() { Lines = advised });
        await province.DoAsync(province.Technical, id, RequestAction.FileAdvice);
        await province.DoAsync(province.Technical, id, RequestAction.IssueDeliveryOrder);
        await province.DrainAsync();
        province.At("2026-10-15 15:00");
        await province.DoAsync(province.Technical, id, RequestAction.ReissueOrder, new() { Pool = new("mock-c2") });
        await province.DrainAsync();
        if ((await province.RequestAsync(id)).State == RequestState.DeliveryOrdered)
        {
            await province.DoAsync(province.Technical, id, RequestAction.AcceptPartial);
        }

        province.At("2026-10-16 09:00");
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);

        var found = (await province.ResourcesAsync(id))
            .Where(r => r.State == ResourceState.InService)
            .Select(r => $"{r.Line} {r.ServiceStart:MM-dd}");
        Assert.True(served == string.Join(", ", found.Order()), $"{because}: {string.Join(", ", found)}");
    }

    [Fact]
    public async Task Art40_A_completion_day_the_tenant_names_waits_for_the_provider_and_stays_within_its_bounds()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await DeliveredAsync(province);
        province.Clock.Advance(TimeSpan.FromDays(3));

        foreach (var day in (DateOnly[])[new(2026, 9, 29), new(2026, 10, 4)])
        {
            var refused = await province.ActAsync(
                province.Tenant,
                id,
                RequestAction.Confirm,
                new() { CompletedOn = day }
            );
            Assert.Equal("request.completionOutOfRange", refused.Refusal?.Code);
        }

        var named = new DateOnly(2026, 10, 2);
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm, new() { CompletedOn = named });
        Assert.All(await province.ResourcesAsync(id), r => Assert.Equal(new DateOnly(2026, 9, 30), r.ServiceStart));

        var agreed = await province.DoAsync(province.ProviderA, id, RequestAction.Agree);
        Assert.Equal(named, agreed.CompletedOn);
        Assert.All(await province.ResourcesAsync(id), r => Assert.Equal(named, r.ServiceStart));
    }

    [Fact]
    public async Task A_disputed_delivery_is_decided_by_the_technical_department()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await DeliveredAsync(province);

        await province.DoAsync(province.Tenant, id, RequestAction.Dispute, new() { Opinion = "内存不足" });
        Assert.Equal([RequestAction.Decide], StepGate.ActionsOf(await province.RequestAsync(id), province.Technical));
        var decided = await province.DoAsync(
            province.Technical,
            id,
            RequestAction.Decide,
            new() { Opinion = "已核实" }
        );

        Assert.False(decided.Disputed);
        Assert.Equal(RequestState.Delivered, decided.State);
    }

    private static async Task<RequestId> DeliveredAsync(Province province)
    {
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(1));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "ok" });
        await province.DoAsync(province.Technical, id, RequestAction.Advise, new() { Lines = [Servers(1)] });
        await province.DoAsync(province.Technical, id, RequestAction.FileAdvice);
        await province.DoAsync(province.Technical, id, RequestAction.IssueDeliveryOrder);
        await province.DrainAsync();
        Assert.Equal(RequestState.Delivered, (await province.RequestAsync(id)).State);
        return id;
    }
}

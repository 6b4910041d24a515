using CloudManager.Adapters.Sdk;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>The 30 days of testing, the grace period and what follows (art. 19(3)).</summary>
public sealed class TestPeriodTests
{
    [Theory, OnBoth]
    public async Task Art19_A_test_without_report_is_stopped_after_30_days_and_removed_after_the_grace_period(
        Database on
    )
    {
        await using var province = await Province.FoundAsync(on, Province.Mock("mock-a", "provider-a"));
        await RunsOutAsync(province);
    }

    internal static async Task<RequestId> RunsOutAsync(Province province)
    {
        var id = await TestingAsync(province);

        // Handed over on 2026-09-30, so the 30th day is 2026-10-30.
        await LookAtAsync(province, "2026-10-30T23:59:59+08:00");
        Assert.All(await province.ResourcesAsync(id), r => Assert.Equal(ResourceState.Testing, r.State));

        await LookAtAsync(province, "2026-11-03T09:00:00+08:00");
        Assert.All(await province.ResourcesAsync(id), r => Assert.Equal(ResourceState.TestEnded, r.State));
        Assert.All(await province.ServersInAsync("mock-a"), s => Assert.Equal(CloudState.Stopped, s.State));
        var order = await province.ReadAsync(
            async (t, token) => Assert.Single(await province.Get<IWorkOrderStore>().OfRequestAsync(t, id, token))
        );
        Assert.Equal(WorkOrderState.Completed, order.State);

        // 15 working days after 30 October: no holiday in between, so 20 November.
        var grace = (await province.RequestAsync(id)).Deadlines.Single(d => d.Step == "grace");
        Assert.Equal(DateTimeOffset.Parse("2026-11-20T23:59:59+08:00"), grace.DueAt);
        await LookAtAsync(province, "2026-11-20T23:59:59+08:00");
        Assert.Equal(RequestState.Testing, (await province.RequestAsync(id)).State);

        await LookAtAsync(province, "2026-11-21T00:00:00+08:00");
        Assert.Equal(RequestState.Expired, (await province.RequestAsync(id)).State);
        Assert.Empty(await province.ServersInAsync("mock-a"));
        Assert.All(await province.ResourcesAsync(id), r => Assert.Equal(ResourceState.Ended, r.State));
        return id;
    }

    [Theory, OnBoth]
    public async Task Art19_A_late_report_within_the_grace_period_holds_the_resources_and_delivery_starts_them_again(
        Database on
    )
    {
        await using var province = await Province.FoundAsync(on, Province.Mock("mock-a", "provider-a"));
        var id = await TestingAsync(province);
        await LookAtAsync(province, "2026-10-31T00:00:00+08:00");

        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "late" });
        await LookAtAsync(province, "2027-03-01T00:00:00+08:00");
        Assert.Equal(RequestState.Tested, (await province.RequestAsync(id)).State);
        Assert.All(await province.ServersInAsync("mock-a"), s => Assert.Equal(CloudState.Stopped, s.State));

        await province.DoAsync(province.Technical, id, RequestAction.Advise, new() { Lines = [Servers(2)] });
        await province.DoAsync(province.Technical, id, RequestAction.FileAdvice);
        await province.DoAsync(province.Technical, id, RequestAction.IssueDeliveryOrder);
        await province.DrainAsync();
        Assert.Equal(RequestState.Delivered, (await province.RequestAsync(id)).State);
        Assert.All(await province.ServersInAsync("mock-a"), s => Assert.Equal(CloudState.Active, s.State));
        Assert.Equal(2, (await province.ServersInAsync("mock-a")).Count);
    }

    private static async Task<RequestId> TestingAsync(Province province)
    {
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(2));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        Assert.Equal(RequestState.Testing, (await province.RequestAsync(id)).State);
        return id;
    }

    private static async Task LookAtAsync(Province province, string instant)
    {
        province.Clock.SetUtcNow(DateTimeOffset.Parse(instant));
        await province.Get<EndTests>().LookAsync(CancellationToken.None);
        await province.DrainAsync();
    }
}

using CloudManager.Core.Pools;
using CloudManager.Core.Requests;
using CloudManager.Tests.Databases;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests.Support;

/// <summary>
/// Two months of a province: a delivery completed on the 12th and confirmed on the 14th, one confirmed after its month was
/// closed, a test that runs out without a report, one with a late report, and a request nobody decides on.
/// </summary>
internal static class Story
{
    /// <summary>Moves a province's clock to the instant, through all that falls due.</summary>
    public delegate Task Travel(Province province, DateTimeOffset to);

    public static Task InOneGoAsync(Province province, DateTimeOffset to) =>
        Advancing.ToAsync(province, to.ToString("o"));

    public static async Task ByTheHourAsync(Province province, DateTimeOffset to)
    {
        while (province.Clock.GetUtcNow() < to)
        {
            var next = province.Clock.GetUtcNow().AddHours(1);
            await Advancing.ToAsync(province, (next < to ? next : to).ToString("o"));
        }
    }

    /// <summary>The province at the end of the story, on Wednesday 2 December 2026, 10:00.</summary>
    public static async Task<Province> TellAsync(Database on, Travel travel, string settings = "{}")
    {
        var province = await Province.FoundAsync(
            on,
            Pool("mock-a", "provider-a", settings),
            Pool("mock-c", "provider-b")
        );
        var inTime = await TestedAsync(province, "mock-a", Servers(2), Volumes(1), Addresses(1));
        var late = await TestedAsync(province, "mock-c", Servers(1), Volumes(1, 200));
        await TestedAsync(province, "mock-a", Servers(1));
        var lateReport = await TestedAsync(province, "mock-a", Servers(1));
        var undecided = await province.CreateAsync("mock-a", Servers(1));
        await province.DoAsync(province.Tenant, undecided.Value.Id, RequestAction.Submit);

        await travel(province, At("2026-10-10T09:00"));
        await ReportAsync(province, inTime, Servers(2), Volumes(1), Addresses(1));
        await ReportAsync(province, late, Servers(1), Volumes(1, 200));
        await travel(province, At("2026-10-12T15:00"));
        await DeliverAsync(province, inTime);
        await travel(province, At("2026-10-14T09:00"));
        await province.DoAsync(province.Tenant, inTime, RequestAction.Confirm);
        await travel(province, At("2026-10-20T15:00"));
        await DeliverAsync(province, late);
        await travel(province, At("2026-11-03T09:00"));
        await province.DoAsync(province.Tenant, late, RequestAction.Confirm);
        await province.DoAsync(province.Tenant, lateReport, RequestAction.SubmitTestReport, new() { Summary = "late" });
        await travel(province, At("2026-12-02T10:00"));
        return province;
    }

    private static DateTimeOffset At(string local) => DateTimeOffset.Parse($"{local}:00+08:00");

    /// <summary>One call at a time, so that a resource has the same server of the cloud each time the story is told.</summary>
    private static Pool Pool(string id, string provider, string settings = "{}")
    {
        var pool = Province.Mock(id, provider, settings: settings);
        return pool with { Limits = pool.Limits with { Concurrency = 1 } };
    }

    private static async Task<RequestId> TestedAsync(Province province, string pool, params LineInput[] lines)
    {
        var id = await ProvisionTests.ApprovedAsync(province, pool, lines);
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        return id;
    }

    private static async Task ReportAsync(Province province, RequestId id, params LineInput[] lines)
    {
        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "passed" });
        await province.DoAsync(province.Technical, id, RequestAction.Advise, new() { Lines = lines });
        await province.DoAsync(province.Technical, id, RequestAction.FileAdvice);
    }

    private static async Task DeliverAsync(Province province, RequestId id)
    {
        await province.DoAsync(province.Technical, id, RequestAction.IssueDeliveryOrder);
        await province.DrainAsync();
        Assert.Equal(RequestState.Delivered, (await province.RequestAsync(id)).State);
    }
}

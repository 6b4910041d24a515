using System.Text.Json;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.WorkOrders;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>What a story ends in is the same on both databases, and with any number of processes on one.</summary>
public sealed class BothDatabasesTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    [Fact]
    public Task A_provision_ends_alike_on_both_databases() =>
        ComparedAsync(ProvisionTests.BecomesServersInServiceAsync);

    [Fact]
    public Task A_test_that_runs_out_ends_alike_on_both_databases() => ComparedAsync(TestPeriodTests.RunsOutAsync);

    [Fact]
    public async Task Workers_of_two_processes_on_PostgreSQL_make_each_server_once()
    {
        Assert.SkipWhen(TestDatabase.WhyNoPostgres is not null, TestDatabase.WhyNoPostgres ?? "");
        await using var first = await Province.FoundAsync(
            Database.Postgres,
            Province.Mock(
                "mock-a",
                "provider-a",
                settings: """{"faults": {"createServer": {"kind": "slow", "probability": 1}}}"""
            )
        );
        await using var second = await first.AgainAsync();
        var ordered = new List<RequestId>();
        foreach (var province in (Province[])[first, second, first])
        {
            var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(8));
            await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
            ordered.Add(id);
        }

        await Task.WhenAll(first.DrainAsync(), second.DrainAsync());
        await first.DrainAsync();

        var inBooks = new List<string>();
        foreach (var id in ordered)
        {
            Assert.Equal(RequestState.Testing, (await second.RequestAsync(id)).State);
            inBooks.AddRange((await first.ResourcesAsync(id)).Select(r => r.NativeId!.Value.Value));
        }

        var inPool = await first.ServersInAsync("mock-a");
        Assert.Equal(24, inPool.Count);
        Assert.Equal(inPool.Select(s => s.Id.Value).Order(), inBooks.Order());
    }

    private static async Task ComparedAsync(Func<Province, Task<RequestId>> story)
    {
        Assert.SkipWhen(TestDatabase.WhyNoPostgres is not null, TestDatabase.WhyNoPostgres ?? "");
        Assert.Equal(await OutcomeAsync(Database.Sqlite, story), await OutcomeAsync(Database.Postgres, story));
    }

    private static async Task<string> OutcomeAsync(Database on, Func<Province, Task<RequestId>> story)
    {
        await using var province = await Province.FoundAsync(on, Province.Mock("mock-a", "provider-a"));
        var id = await story(province);
        // What the cloud names a server follows from which of several calls came first.
        var resources = (await province.ResourcesAsync(id)).Select(r => r with { NativeId = null, Addresses = [] });
        var outcome = new
        {
            Request = await province.RequestAsync(id),
            Resources = resources,
            Orders = await province.ReadAsync((t, c) => province.Get<IWorkOrderStore>().OfRequestAsync(t, id, c)),
            Told = (await ToldAsync(province)),
        };
        return JsonSerializer.Serialize(outcome, Readable);
    }

    private static async Task<IEnumerable<Notification>> ToldAsync(Province province)
    {
        var told = new List<Notification>();
        foreach (var organisation in (string[])["tenant-a", "technical", "authority", "provider-a"])
        {
            var page = new PageRequest(null, 100);
            var box = province.Get<INotifications>();
            told.AddRange((await province.ReadAsync((t, c) => box.ListAsync(t, organisation, page, c))).Items);
        }

        return told;
    }
}

using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Inventory;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests.Inventory;

/// <summary>What is changed in a pool behind the platform's back is found with evidence, and closed once it is mended.</summary>
public sealed class DriftTests
{
    [Theory, OnBoth]
    public async Task Art14_Gone_stopped_and_resized_servers_are_found_and_closed_once_mended(Database on)
    {
        await using var province = await DeliveredAsync(on, Servers(4));
        var servers = await OfKindAsync(province, ItemKind.Server);
        Assert.Equal(LookOutcome.Done, (await province.SyncAsync()).Outcome);
        Assert.Equal("", await province.FoundAsync());

        var cloud = province.Cloud();
        await cloud.Servers!.DeleteAsync(servers[0].NativeId!.Value, default);
        await cloud.Power!.StopAsync(servers[1].NativeId!.Value, default);
        await cloud.Resizing!.ResizeAsync(servers[2].NativeId!.Value, "m8-16", new ServerSize(8, 16), default);
        await province.SyncAsync();
        await province.SyncAsync();

        var found = await province.FindingsAsync();
        Assert.Equal(
            $"Drift Gone {servers[0].Id}\nDrift Resized {servers[2].Id}\nDrift Stopped {servers[1].Id}",
            await province.FoundAsync()
        );
        Assert.All(found, f => Assert.Equal(TimeSpan.FromHours(1), f.LastSeenAt - f.OpenedAt));
        Assert.All(found, f => Assert.Equal(("tenant-a", "provider-a"), (f.Scope.Tenant, f.Scope.Provider)));
        var gone = found.Single(f => f.Detail == FindingDetail.Gone).Evidence;
        Assert.Equal((servers[0].NativeId!.Value.Value, null), (gone.Books!.NativeId, gone.Cloud));
        var resized = found.Single(f => f.Detail == FindingDetail.Resized).Evidence;
        Assert.Equal(
            (4, 8, 8, 16),
            (resized.Books!.Vcpus, resized.Books.MemoryGiB, resized.Cloud!.Vcpus, resized.Cloud.MemoryGiB)
        );
        var stopped = found.Single(f => f.Detail == FindingDetail.Stopped).Evidence;
        Assert.Equal(("inService", "stopped"), (stopped.Books!.State, stopped.Cloud!.State));

        await cloud.Power.StartAsync(servers[1].NativeId!.Value, default);
        await cloud.Resizing.ResizeAsync(servers[2].NativeId!.Value, "m4-8", new ServerSize(4, 8), default);
        await province.SyncAsync();

        Assert.Equal($"Drift Gone {servers[0].Id}", await province.FoundAsync());
        Assert.Equal(
            2,
            (await province.FindingsAsync(FindingState.Closed)).Count(f => f.ClosedAt == province.Clock.GetUtcNow())
        );
    }

    [Theory, OnBoth]
    public async Task Art14_Volumes_and_addresses_that_lost_their_server_or_are_idle_are_found(Database on)
    {
        await using var province = await DeliveredAsync(on, Servers(1), Volumes(1), Addresses(1));
        var cloud = province.Cloud();
        var volume = Assert.Single(await OfKindAsync(province, ItemKind.Volume));
        var address = Assert.Single(await OfKindAsync(province, ItemKind.PublicAddress));
        var other = await province.ServerAsync("other");
        await cloud.Attachment!.DetachAsync(volume.NativeId!.Value, default);
        await cloud.Volumes!.ExtendAsync(volume.NativeId!.Value, 150, default);
        await cloud.Binding!.UnbindAsync(address.NativeId!.Value, default);
        await cloud.Binding.BindAsync(address.NativeId!.Value, other, default);
        var idle = await cloud.Volumes.CreateAsync(new("idle", 50, "ssd"), new("k-idle"), default);
        var loose = await cloud.Addresses!.CreateAsync(new("loose", 5), new("k-loose"), default);
        await province.SyncAsync();

        string[] expected =
        [
            $"Drift Elsewhere {address.Id}",
            $"Drift Resized {volume.Id}",
            $"Orphan Unattached {idle.Id}",
            $"Orphan Unattached {volume.Id}",
            $"Orphan Unbound {loose.Id}",
            $"UnknownResource Unknown {other}",
        ];
        Assert.Equal(string.Join('\n', expected.Order()), await province.FoundAsync());
        Assert.Equal(3, (await province.FindingsAsync(tenant: "tenant-a")).Count);

        await cloud.Volumes.DeleteAsync(idle.Id, default);
        await cloud.Addresses.DeleteAsync(loose.Id, default);
        await cloud.Servers!.DeleteAsync(other, default);
        await province.SyncAsync();
        expected = [$"Drift Resized {volume.Id}", $"Orphan Unattached {volume.Id}", $"Orphan Unbound {address.Id}"];
        Assert.Equal(string.Join('\n', expected.Order()), await province.FoundAsync());
    }

    [Fact]
    public async Task Art14_A_server_renamed_outside_is_found_and_closed_once_its_name_is_given_back()
    {
        await using var province = await DeliveredAsync(Database.Sqlite, Servers(2));
        var servers = await OfKindAsync(province, ItemKind.Server);
        var cloud = new TwistedCloud(province) { Rename = s => s.Id == servers[0].NativeId ? "my-own-name" : s.Name };
        await cloud.SyncAsync();

        var found = Assert.Single(await province.FindingsAsync());
        Assert.Equal((FindingDetail.Renamed, servers[0].Id.ToString()), (found.Detail, found.Subject.Id));
        Assert.Equal(
            ($"hr-portal-{servers[0].Id}", "my-own-name"),
            (found.Evidence.Books!.Name, found.Evidence.Cloud!.Name)
        );

        cloud.Rename = s => s.Name;
        await cloud.SyncAsync();
        Assert.Equal("", await province.FoundAsync());
    }

    [Fact]
    public async Task Art14_Quick_looks_stand_in_for_full_ones_for_an_hour_and_prove_gone_only_what_the_cloud_no_longer_finds()
    {
        await using var province = await DeliveredAsync(Database.Sqlite, Servers(8));
        var servers = await OfKindAsync(province, ItemKind.Server);
        var asked = new List<DateTimeOffset>();
        var told = new List<ServerChange>();
        var cloud = new TwistedCloud(province)
        {
            Told = since =>
            {
                asked.Add(since);
                return told;
            },
        };
        await cloud.SyncAsync();
        var started = province.Clock.GetUtcNow();
        await province.Cloud().Servers!.DeleteAsync(servers[0].NativeId!.Value, default);
        var stranger = await province.ServerAsync("stranger");
        // The cloud calls two servers gone of which one is there.
        told.Add(new ServerChange(servers[0].NativeId!.Value, null));
        told.Add(new ServerChange(servers[1].NativeId!.Value, null));
        told.Add(new ServerChange(stranger, await province.Cloud().Servers!.GetAsync(stranger, default)));
        await cloud.SyncAsync();

        Assert.Equal((1, RunMode.Quick), (cloud.Listings, (await province.RunsAsync())[0].Mode));
        Assert.Equal(started - TimeSpan.FromMinutes(5), Assert.Single(asked));
        Assert.Equal($"Drift Gone {servers[0].Id}\nUnknownResource Unknown {stranger}", await province.FoundAsync());

        told.Clear();
        for (var i = 0; i < 3; i++)
        {
            await cloud.SyncAsync();
        }

        Assert.Equal((2, RunMode.Full), (cloud.Listings, (await province.RunsAsync())[0].Mode));
        Assert.Equal(3, asked.Count);
        Assert.Equal($"Drift Gone {servers[0].Id}\nUnknownResource Unknown {stranger}", await province.FoundAsync());
    }

    [Fact]
    public async Task What_a_work_order_works_on_is_no_drift()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(2), Volumes(1));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        // Made under the key of a task whose answer has not been written yet.
        var task = await FirstCreateAsync(province, id);
        await province.ServerAsync("hr-portal-res-000001", key: task.Value);
        await province.SyncAsync();
        Assert.Equal("", await province.FoundAsync());
        Assert.Contains(" -", await province.InventoryAsync(known: false), StringComparison.Ordinal);

        await province.DrainAsync();
        await province.SyncAsync();
        Assert.Equal("", await province.FoundAsync());
        Assert.Equal("", await province.InventoryAsync(known: false));
    }

    [Fact]
    public async Task Art19_A_server_whose_test_has_ended_is_rightly_off()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(1));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        await Advancing.ToAsync(province, "2026-11-05T10:00:00+08:00");
        Assert.Equal(ResourceState.TestEnded, (await province.ResourcesAsync(id))[0].State);

        await province.SyncAsync();

        Assert.Equal("", await province.FoundAsync());
    }

    [Theory, OnBoth]
    public async Task Art14_A_listing_that_broke_off_marks_nothing_gone(Database on)
    {
        await using var province = await DeliveredAsync(on, Servers(8));
        var servers = await OfKindAsync(province, ItemKind.Server);
        await province.SyncAsync();
        await province.Cloud().Servers!.DeleteAsync(servers[7].NativeId!.Value, default);

        var look = await new TwistedCloud(province) { BreaksAfter = 3 }.SyncAsync();

        Assert.Equal(LookOutcome.Failed, look.Outcome);
        Assert.Contains("mock-a (brokeOff)", look.Detail!.En, StringComparison.Ordinal);
        Assert.Equal(RunOutcome.BrokeOff, (await province.RunsAsync())[0].Outcome);
        Assert.Equal("", await province.FoundAsync());
        await province.SyncAsync();
        Assert.Equal($"Drift Gone {servers[7].Id}", await province.FoundAsync());
    }

    [Theory, OnBoth]
    public async Task Art14_A_listing_that_shrank_marks_nothing_gone_until_a_person_accepts_it(Database on)
    {
        await using var province = await DeliveredAsync(on, Servers(20));
        var servers = await OfKindAsync(province, ItemKind.Server);
        await province.SyncAsync();
        foreach (var server in servers.Take(6))
        {
            await province.Cloud().Servers!.DeleteAsync(server.NativeId!.Value, default);
        }

        var look = await province.SyncAsync();
        Assert.Equal(LookOutcome.Blocked, look.Outcome);
        Assert.Contains("6 of 20 server", look.Detail!.En, StringComparison.Ordinal);
        Assert.Equal(LookOutcome.Blocked, (await province.SyncAsync()).Outcome);
        Assert.Equal("", await province.FoundAsync());

        var runs = await province.RunsAsync();
        Assert.Equal((RunOutcome.Shrunk, 6), (runs[0].Outcome, runs[0].Missing));
        Assert.Equal("inventoryRun.nothingToAccept", (await AcceptAsync(province, runs[1], "moved")).Refusal?.Code);
        Assert.Equal("input.invalid", (await AcceptAsync(province, runs[0], " ")).Refusal?.Code);
        Assert.True((await AcceptAsync(province, runs[0], "moved")).IsDone);
        Assert.Equal("", await province.FoundAsync());

        Assert.Equal(LookOutcome.Done, (await province.SyncAsync()).Outcome);
        Assert.Equal(
            string.Join('\n', servers.Take(6).Select(s => $"Drift Gone {s.Id}").Order()),
            await province.FoundAsync()
        );
    }

    [Fact]
    public async Task What_the_platform_itself_removed_is_no_shrinking()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(20));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        await province.SyncAsync();
        await province.DoAsync(province.Tenant, id, RequestAction.Withdraw);
        await province.DrainAsync();

        Assert.Equal(LookOutcome.Done, (await province.SyncAsync()).Outcome);

        Assert.Equal(("", ""), (await province.FoundAsync(), await province.InventoryAsync()));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(2)]
    public async Task A_first_listing_that_shows_nothing_of_what_the_books_hold_marks_nothing_gone(int servers)
    {
        await using var province = await DeliveredAsync(Database.Sqlite, Servers(servers));
        foreach (var server in await OfKindAsync(province, ItemKind.Server))
        {
            await province.Cloud().Servers!.DeleteAsync(server.NativeId!.Value, default);
        }

        Assert.Equal(LookOutcome.Blocked, (await province.SyncAsync()).Outcome);
        Assert.Equal("", await province.FoundAsync());
    }

    private static async Task<Province> DeliveredAsync(Database on, params LineInput[] lines)
    {
        var province = await Province.FoundAsync(on, Province.Mock("mock-a", "provider-a"));
        var id = await province.DeliverAsync("2026-10-12 15:00", lines);
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
        return province;
    }

    private static async Task<IReadOnlyList<Resource>> OfKindAsync(Province province, ItemKind kind) =>
        [.. (await province.ResourcesAsync(new RequestId(1))).Where(r => r.Kind == kind)];

    private static async Task<OperationKey> FirstCreateAsync(Province province, RequestId id)
    {
        var orders = province.Get<Core.WorkOrders.IWorkOrderStore>();
        var tasks = province.Get<Core.Provisioning.ITaskStore>();
        return await province.ReadAsync(
            async (t, token) =>
            {
                var order = (await orders.OfRequestAsync(t, id, token))[0];
                return (await tasks.OfOrderAsync(t, order.Id, token)).First(k => k.IsCreate).Key;
            }
        );
    }

    private static Task<Result<InventoryRun>> AcceptAsync(Province province, InventoryRun run, string opinion) =>
        province.ChangeAsync(
            "inventory.acceptShrink",
            (t, token) =>
            {
                var pools = province.Get<Core.Pools.IPools>();
                return province
                    .Get<AcceptShrink>()
                    .ExecuteAsync(t, province.Technical, (pools.Declared[0], run.Id, opinion), token);
            }
        );
}

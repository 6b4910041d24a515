using CloudManager.Adapters.Sdk;
using CloudManager.Core.Billing;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Inventory.Takeovers;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Organisations;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;
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
        await using var province = await FoundAsync(on);
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

    [Theory, OnBoth]
    public async Task Art14_A_file_is_taken_over_whole_or_not_at_all(Database on)
    {
        await using var province = await FoundAsync(on);
        var (one, _, _) = await province.StrangerAsync("one");
        var two = await province.ServerAsync("two", "m8-16");
        await province.SyncAsync();
        string[] rows =
        [
            "\ufeff资源池,实例ID,系统,目录项,依据",
            $"mock-a,{one},hr-portal,ecs-general,\"函〔2026〕15号, 附件\"\"一\"\"\"",
            $"mock-a,{two},no-such,ecs-general,函",
            $"mock-a,{one},hr-portal,vol-ssd,函",
            "",
            "mock-b,x,hr-portal,ecs-general,",
            "mock-a,nothing,hr-portal,no-item,函",
            "mock-a,short",
        ];
        var wrong = string.Join("\r\n", rows);

        var examined = await ExamineAsync(province, province.Technical, wrong);

        string[] faults =
        [
            "line 6.paper",
            "line 8 csv.fields",
            "line 3.system system.notFound",
            "line 4.nativeId takeover.twice",
            "line 4.item item.wrongKind",
            "line 7.nativeId takeover.notInInventory",
            "line 7.item item.notInForce",
        ];
        Assert.Equal(faults, examined.Value.Faults.Select(f => $"{f.Path} {f.Code}".Trim()));
        // 9.00 × (4 + 8 + 40) + 9.00 × 200 + 9.00 × 20
        var first = examined.Value.Rows[0];
        Assert.Equal((2, "函〔2026〕15号, 附件\"一\""), (first.Row.Line, first.Row.Paper));
        Assert.Equal(2448.00m, first.Plan!.All.Sum(t => t.MonthlyPrice));
        Assert.Equal("takeover.invalid", (await ImportAsync(province, province.Technical, wrong)).Refusal?.Code);
        Assert.Equal(4, (await province.FindingsAsync()).Count);
        Assert.Equal("", await province.InventoryAsync(known: true));

        var right =
            $"pool,nativeId,system,item,paper,systemDiskGiB\nmock-a,{one},hr-portal,ecs-general,函1,80\nmock-a,{two},hr-portal,ecs-general,函2,\n";
        var request = Assert.Single((await ImportAsync(province, province.Technical, right)).Value);

        Assert.Equal(("函1；函2", 4), (request.Reason, request.Lines.Count));
        Assert.Equal([80, 200, null, 40], request.Lines.Select(l => l.Spec.SizeGiB));
        Assert.Equal("", await province.FoundAsync());
        Assert.Equal("", await province.InventoryAsync(known: false));
        var again = await ExamineAsync(province, province.Technical, right);
        Assert.Equal(["takeover.known", "takeover.known"], again.Value.Faults.Select(f => f.Code));
    }

    [Theory, OnBoth]
    public async Task Art14_A_disputed_taking_over_is_decided_and_one_withdrawn_is_unknown_again(Database on)
    {
        await using var province = await FoundAsync(on);
        var (server, volume, address) = await province.StrangerAsync("legacy-01");
        await province.SyncAsync();
        var taken = await TakenAsync(province, server);
        await province.DoAsync(province.Tenant, taken, RequestAction.Dispute, new() { Opinion = "not ours" });
        await province.DoAsync(province.Technical, taken, RequestAction.Decide, new() { Opinion = "it is, see 15" });
        Assert.False((await province.RequestAsync(taken)).Disputed);
        var withdrawn = await province.ActAsync(province.Technical, taken, RequestAction.Withdraw);
        Assert.Equal("request.opinionRequired", withdrawn.Refusal?.Code);
        await province.DoAsync(province.Technical, taken, RequestAction.Withdraw, new() { Opinion = "a mistake" });

        Assert.All(
            await province.ResourcesAsync(taken),
            r => Assert.Equal((ResourceState.Ended, null, null), (r.State, r.NativeId, r.ServiceStart))
        );
        Assert.Equal(CloudState.Active, (await province.Cloud().Servers!.GetAsync(server, default)).State);
        await province.SyncAsync();
        Assert.Equal(
            $"UnknownResource Unknown {address}\nUnknownResource Unknown {server}\nUnknownResource Unknown {volume}",
            await province.FoundAsync()
        );
        string[] told = ["takeover.withdrawn", "takeover.delivered"];
        Assert.Equal(told, (await ToldAsync(province, "tenant-a")).Select(n => n.Code));

        var again = await TakenAsync(province, server);
        await province.DoAsync(province.Tenant, again, RequestAction.Confirm);
        await province.SyncAsync();
        Assert.Equal("", await province.FoundAsync());
        var day = China.Day(province.Clock.GetUtcNow());
        Assert.All(await province.ResourcesAsync(again), r => Assert.Equal(day, r.ServiceStart));
    }

    [Fact]
    public async Task Only_the_technical_department_takes_over_and_only_the_tenant_confirms()
    {
        await using var province = await FoundAsync(Database.Sqlite);
        var server = await province.ServerAsync("legacy-01");
        await province.SyncAsync();
        foreach (var other in (Actor[])[province.Tenant, province.Authority, province.ProviderA])
        {
            var refused = await province.TakeOverAsync(other, "hr-portal", "函", Clouds.Line(server));
            Assert.Equal("takeover.notForYou", refused.Refusal?.Code);
            Assert.Equal("takeover.notForYou", (await ImportAsync(province, other, "pool\n")).Refusal?.Code);
        }

        var elsewhere = province.Technical with
        {
            Organisation = province.Technical.Organisation! with { Region = "430100" },
        };
        var foreign = await province.TakeOverAsync(elsewhere, "hr-portal", "函", Clouds.Line(server));
        Assert.Equal("system.wrongRegion", Assert.Single(foreign.Refusal!.Faults).Code);

        var id = await TakenAsync(province, server);
        foreach (var other in (Actor[])[province.Technical, province.Authority])
        {
            var refused = await province.ActAsync(other, id, RequestAction.Confirm);
            Assert.Equal("request.wrongParty", refused.Refusal?.Code);
        }

        var notSeen = await province.ActAsync(province.OtherTenant, id, RequestAction.Confirm);
        Assert.Equal("request.notFound", notSeen.Refusal?.Code);
        Assert.Equal(
            ["dispute", "confirm"],
            StepGate.ActionsOf(await province.RequestAsync(id), province.Tenant).Select(Words.Kebab).OrderDescending()
        );
        var input = new RequestInput(RequestType.Takeover, "hr-portal", new("mock-a"), "why", [SampleTerms.Servers(1)]);
        var asked = await province.ChangeAsync(
            "request.create",
            (t, token) => province.Get<CreateRequest>().ExecuteAsync(t, province.Tenant, input, token)
        );
        Assert.Equal("request.typeNotOffered", asked.Refusal?.Code);
    }

    [Theory]
    [InlineData("no pool of that name", "lines[0].pool pool.notFound")]
    [InlineData("not in the inventory", "lines[0].nativeId takeover.notInInventory")]
    [InlineData("in the making", "lines[0].nativeId takeover.inTheMaking")]
    [InlineData("in the books", "lines[0].nativeId takeover.known")]
    [InlineData("no item of that name", "lines[0].item item.notInForce")]
    [InlineData("an item of another kind", "lines[0].item item.wrongKind")]
    [InlineData("no paper", "paper")]
    [InlineData("no system of that name", "system system.notFound")]
    [InlineData("named twice", "lines[1].nativeId takeover.twice")]
    public async Task A_fault_says_what_is_wrong_and_nothing_is_taken_over(string because, string expected)
    {
        await using var province = await FoundAsync(Database.Sqlite);
        var server = await province.ServerAsync("legacy-01");
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", SampleTerms.Servers(2));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.SyncAsync();
        if (because == "in the books")
        {
            await province.DrainAsync();
            await province.SyncAsync();
            server = (await province.ResourcesAsync(id))[0].NativeId!.Value;
        }
        else if (because == "in the making")
        {
            var order = await province.ReadAsync(
                async (t, c) => (await province.Get<IWorkOrderStore>().OfRequestAsync(t, id, c))[0]
            );
            var tasks = await province.ReadAsync((t, c) => province.Get<ITaskStore>().OfOrderAsync(t, order.Id, c));
            server = await province.ServerAsync("new", key: tasks.First(t => t.IsCreate).Key.Value);
            await province.SyncAsync();
        }

        var line = because switch
        {
            "no pool of that name" => Clouds.Line(server, pool: "nowhere"),
            "not in the inventory" => Clouds.Line(new NativeId("mock-a-srv-99")),
            "no item of that name" => Clouds.Line(server, item: "ecs-huge"),
            "an item of another kind" => Clouds.Line(server, item: "vol-ssd"),
            _ => Clouds.Line(server),
        };
        var refused = await province.TakeOverAsync(
            province.Technical,
            because == "no system of that name" ? "nothing" : "hr-portal",
            because == "no paper" ? " " : "函",
            because == "named twice" ? [line, line] : [line]
        );

        Assert.Equal("takeover.invalid", refused.Refusal?.Code);
        Assert.Equal([expected], refused.Refusal!.Faults.Select(f => $"{f.Path} {f.Code}".Trim()));
    }

    [Fact]
    public async Task Art14_An_industry_pool_is_taken_over_though_it_takes_nothing_new()
    {
        await using var province = await Province.FoundAsync(
            Province.Mock("mock-a", "provider-a", Core.Pools.PoolKind.Industry)
        );
        var server = await province.ServerAsync("industry-01");
        await province.SyncAsync();

        Assert.True((await province.TakeOverAsync(province.Technical, "hr-portal", "函", Clouds.Line(server))).IsDone);

        var asked = await province.CreateAsync("mock-a", SampleTerms.Servers(1));
        Assert.Equal("pool.industry", Assert.Single(asked.Refusal!.Faults).Code);
    }

    private static Task<Province> FoundAsync(Database on) =>
        Province.FoundAsync(on, Province.Mock("mock-a", "provider-a"));

    private static async Task<RequestId> TakenAsync(Province province, NativeId server)
    {
        var taken = await province.TakeOverAsync(
            province.Technical,
            "hr-portal",
            "函〔2026〕15号",
            Clouds.Line(server)
        );
        Assert.True(taken.IsDone, string.Join("; ", taken.Refusal?.Faults ?? []));
        return taken.Value.Id;
    }

    private static Task<Result<ExaminedFile>> ExamineAsync(Province province, Actor by, string text) =>
        province.ReadAsync((t, token) => province.Get<ImportTakeovers>().ExamineAsync(t, by, text, token));

    private static Task<Result<IReadOnlyList<ServiceRequest>>> ImportAsync(Province province, Actor by, string text) =>
        province.ChangeAsync(
            "takeover.import",
            (t, token) => province.Get<ImportTakeovers>().ExecuteAsync(t, by, text, token)
        );

    private static async Task<IReadOnlyList<Notification>> ToldAsync(Province province, string organisation) =>
        (
            await province.ReadAsync(
                (t, c) => province.Get<INotifications>().ListAsync(t, organisation, new PageRequest(null, 100), c)
            )
        ).Items;
}

using CloudManager.Api.Tests.Support;

namespace CloudManager.Api.Tests.EndToEnd;

[Collection(DemoCollection.Name)]
public sealed class ScopeTests(DemoHost host)
{
    private const string WorkOrders = "/api/v1/work-orders";
    private const string Resources = "/api/v1/resources";

    [Fact]
    public async Task Another_tenant_finds_no_request_and_may_not_act_on_it()
    {
        var path = $"{Drafts.Path}/{await Drafts.AddAsync(host, "tenant-a", "a-social-security")}";
        var submit = await host.PostAsync("tenant-b", $"{path}/submit", "{}");
        var revise = await host.AsAsync("tenant-b", new Call("PUT", path, Drafts.Text("mine", "b-road-network")));

        Assert.Equal((404, "request.notFound"), await SeenAsync("tenant-b", path));
        Assert.Equal((404, "request.notFound"), (submit.Status, submit.Code));
        Assert.Equal((404, "request.notFound"), (revise.Status, revise.Code));
        Assert.Equal((200, null), await SeenAsync("tenant-a", path));
    }

    [Fact]
    public async Task A_tenant_lists_its_own_requests_even_when_it_asks_for_those_of_another()
    {
        await Drafts.AddAsync(host, "tenant-a", "a-social-security");
        await Drafts.AddAsync(host, "tenant-b", "b-road-network", "mock-c");

        Assert.Equal(["tenant-b"], await NamesAsync("tenant-b", $"{Drafts.Path}?limit=500", "tenant"));
        Assert.Equal(["tenant-b"], await NamesAsync("tenant-b", $"{Drafts.Path}?limit=500&tenant=tenant-a", "tenant"));
        Assert.Equal(["tenant-a", "tenant-b"], await NamesAsync("authority", $"{Drafts.Path}?limit=500", "tenant"));
    }

    [Fact]
    public async Task A_provider_sees_no_draft_and_no_request_on_the_pools_of_others()
    {
        var draft = await Drafts.AddAsync(host, "tenant-a", "a-social-security");
        var ordered = await OrderAsync("tenant-a", "a-social-security", "mock-a");

        Assert.Equal((404, "request.notFound"), await SeenAsync("provider-a", $"{Drafts.Path}/{draft}"));
        Assert.Equal((200, null), await SeenAsync("provider-a", $"{Drafts.Path}/{ordered}"));
        Assert.Equal((404, "request.notFound"), await SeenAsync("provider-b", $"{Drafts.Path}/{ordered}"));
    }

    [Fact]
    public async Task Work_orders_are_shown_to_their_provider_and_their_tenant_alone()
    {
        var ofA = await OrderAsync("tenant-a", "a-social-security", "mock-a");
        await OrderAsync("tenant-b", "b-road-network", "mock-c");
        var order = (await host.GetAsync("provider-a", $"{WorkOrders}?request={ofA}")).Ids.Single();

        Assert.Equal(["provider-a"], await NamesAsync("provider-a", $"{WorkOrders}?limit=500", "provider"));
        Assert.Equal(["provider-b"], await NamesAsync("provider-b", $"{WorkOrders}?limit=500", "provider"));
        Assert.Equal((200, null), await SeenAsync("tenant-a", $"{WorkOrders}/{order}"));
        foreach (var other in new[] { "provider-b", "tenant-b" })
        {
            Assert.Equal((404, "workOrder.notFound"), await SeenAsync(other, $"{WorkOrders}/{order}"));
            Assert.Empty((await host.GetAsync(other, $"{WorkOrders}?request={ofA}")).Items);
        }
    }

    [Fact]
    public async Task Another_provider_may_not_end_a_work_order()
    {
        var ordered = await OrderAsync("tenant-a", "a-social-security", "mock-a");
        var order = (await host.GetAsync("provider-a", $"{WorkOrders}?request={ordered}")).Ids.Single();
        var ended = await host.PostAsync("provider-b", $"{WorkOrders}/{order}/fail", """{"reason":"no room"}""");

        Assert.Equal((404, "workOrder.notFound"), (ended.Status, ended.Code));
    }

    [Fact]
    public async Task Resources_are_shown_to_their_tenant_and_their_provider_alone()
    {
        await OrderAsync("tenant-a", "a-social-security", "mock-a");
        await OrderAsync("tenant-b", "b-road-network", "mock-c");
        var resource = (await host.GetAsync("tenant-a", Resources)).Ids.First();

        Assert.Equal(["tenant-a"], await NamesAsync("tenant-a", $"{Resources}?limit=500", "tenant"));
        Assert.Equal(["tenant-b"], await NamesAsync("tenant-b", $"{Resources}?limit=500", "tenant"));
        Assert.Equal(["provider-a"], await NamesAsync("provider-a", $"{Resources}?limit=500", "provider"));
        Assert.Equal((200, null), await SeenAsync("tenant-a", $"{Resources}/{resource}"));
        Assert.Equal((404, "resource.notFound"), await SeenAsync("tenant-b", $"{Resources}/{resource}"));
        Assert.Equal((404, "resource.notFound"), await SeenAsync("provider-b", $"{Resources}/{resource}"));
    }

    [Theory]
    [InlineData("tenant-a")]
    [InlineData("authority")]
    [InlineData("technical")]
    [InlineData("provider-a")]
    [InlineData("audit")]
    [InlineData("sysadmin")]
    [InlineData("secadmin")]
    public async Task Art36_The_audit_trail_is_closed_to(string account)
    {
        Assert.Equal((403, "access.notForYou"), await SeenAsync(account, "/api/v1/audit"));
        Assert.Equal((403, "access.notForYou"), await SeenAsync(account, "/api/v1/audit/verification"));
    }

    [Fact]
    public async Task Art36_The_audit_administrator_reads_the_trail_and_finds_it_whole()
    {
        var verdict = await host.GetAsync("auditadmin", "/api/v1/audit/verification");

        Assert.NotEmpty((await host.GetAsync("auditadmin", "/api/v1/audit")).Items);
        Assert.True(verdict.Body.GetProperty("whole").GetBoolean(), verdict.Text);
    }

    [Fact]
    public async Task A_cursor_leads_through_all_pages_without_loss_or_doubles_while_others_add()
    {
        for (var i = 0; i < 5; i++)
        {
            await Drafts.AddAsync(host, "tenant-b", "b-transport-permits", "mock-c");
        }

        const string path = $"{Drafts.Path}?system=b-transport-permits";
        var expected = (await host.GetAsync("tenant-b", $"{path}&limit=500")).Ids.ToList();
        var walked = new List<string>();
        string? next = null;
        do
        {
            var cursor = next is null ? "" : $"&cursor={Uri.EscapeDataString(next)}";
            var page = await host.GetAsync("tenant-b", $"{path}&limit=2{cursor}");
            Assert.InRange(page.Items.Count, 1, 2);
            walked.AddRange(page.Ids);
            next = page.Body.GetProperty("next").GetString();
            await Drafts.AddAsync(host, "tenant-b", "b-transport-permits", "mock-c");
        } while (next is not null && walked.Count <= expected.Count);

        Assert.True(expected.Count >= 5);
        Assert.Equal(expected, walked);
    }

    [Fact]
    public async Task A_cursor_does_not_widen_what_another_tenant_sees()
    {
        for (var i = 0; i < 3; i++)
        {
            await Drafts.AddAsync(host, "tenant-a", "a-social-security");
        }

        var next = (await host.GetAsync("tenant-a", $"{Drafts.Path}?limit=1")).Body.GetProperty("next").GetString()!;
        var page = await host.GetAsync("tenant-b", $"{Drafts.Path}?cursor={Uri.EscapeDataString(next)}");

        Assert.Equal(200, page.Status);
        Assert.DoesNotContain(page.Items, i => i.GetProperty("tenant").GetString() != "tenant-b");
    }

    /// <summary>Takes a new request to its test order (art. 19(3)).</summary>
    private async Task<string> OrderAsync(string tenant, string system, string pool)
    {
        var id = await Drafts.AddAsync(host, tenant, system, pool);
        (string By, string Verb)[] steps =
        [
            (tenant, "submit"),
            ("authority", "accept"),
            ("authority", "approve"),
            ("technical", "issue-test-order"),
        ];
        foreach (var (by, verb) in steps)
        {
            var taken = await host.PostAsync(by, $"{Drafts.Path}/{id}/{verb}", "{}");
            Assert.True(taken.Status == 200, $"{verb}: {taken.Text}");
        }

        return id;
    }

    private async Task<(int Status, string? Code)> SeenAsync(string account, string path)
    {
        var answer = await host.GetAsync(account, path);
        return (answer.Status, answer.Code);
    }

    /// <summary>The different names that stand in a member of a list.</summary>
    private async Task<IEnumerable<string?>> NamesAsync(string account, string path, string member) =>
        (await host.GetAsync(account, path)).Items.Select(i => i.GetProperty(member).GetString()).Distinct().Order();
}

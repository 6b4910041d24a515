using CloudManager.Api.Tests.Support;
using CloudManager.Core.Findings;
using CloudManager.Core.Organisations;
using CloudManager.Core.Reports;
using CloudManager.Core.Reports.Circulars;

namespace CloudManager.Api.Tests.EndToEnd;

/// <summary>Circulars over HTTP (art. 22(1)): drafts are the authority's, what is issued is the tenant's own.</summary>
[Collection(DemoCollection.Name)]
public sealed class CircularsTests(DemoHost host)
{
    private const string Circulars = "/api/v1/circulars";

    [Fact]
    public async Task Art22_A_tenant_sees_its_circular_once_the_authority_has_issued_it()
    {
        var id = await FileAsync("2025-01", "tenant-a");
        var draft = await host.GetAsync("tenant-a", $"{Circulars}/{id}");
        var early = await host.GetAsync("tenant-a", $"{Circulars}?month=2025-01");
        var foreign = await host.PostAsync("technical", $"{Circulars}/{id}/issue", "{}");

        var issued = await host.PostAsync("authority", $"{Circulars}/{id}/issue", """{"opinion":"请整改"}""");

        Assert.Equal((404, "circular.notFound"), (draft.Status, draft.Code));
        Assert.Empty(early.Items);
        Assert.Equal(403, foreign.Status);
        Assert.Equal(200, issued.Status);
        Assert.Equal("请整改", issued.Body.GetProperty("opinion").GetString());
        Assert.Equal([id], (await host.GetAsync("tenant-a", $"{Circulars}?month=2025-01")).Ids);
        var seen = await host.GetAsync("tenant-a", $"{Circulars}/{id}");
        Assert.Equal("123.45", seen.Body.GetProperty("content").GetProperty("possibleSaving").GetString());
        Assert.Equal("1", seen.Body.GetProperty("content").GetProperty("rank").GetProperty("rank").ToString());
        var told = await host.GetAsync("tenant-a", "/api/v1/notifications?limit=500");
        Assert.Contains(told.Items, n => n.GetProperty("subject").GetProperty("id").GetString() == id);
    }

    [Fact]
    public async Task Art22_Another_tenant_never_sees_it()
    {
        var id = await FileAsync("2025-02", "tenant-a");
        await host.PostAsync("authority", $"{Circulars}/{id}/issue", "{}");

        var seen = await host.GetAsync("tenant-b", $"{Circulars}/{id}");
        var listed = await host.GetAsync("tenant-b", $"{Circulars}?tenant=tenant-a");

        Assert.Equal((404, "circular.notFound"), (seen.Status, seen.Code));
        Assert.Empty(listed.Items);
    }

    [Fact]
    public async Task It_is_issued_once_and_with_an_opinion_of_bounds()
    {
        var id = await FileAsync("2025-03", "tenant-b");
        var tooLong = $$"""{"opinion":"{{new string('x', 2001)}}"}""";

        var refused = await host.PostAsync("authority", $"{Circulars}/{id}/issue", tooLong);
        var first = await host.PostAsync("authority", $"{Circulars}/{id}/issue", "{}");
        var again = await host.PostAsync("authority", $"{Circulars}/{id}/issue", "{}");
        var unknown = await host.PostAsync("authority", $"{Circulars}/circular-1999-01-x/issue", "{}");

        Assert.Equal(["opinion"], refused.Faults.Select(f => f.Path));
        Assert.Equal(200, first.Status);
        Assert.Equal((409, "circular.issued"), (again.Status, again.Code));
        Assert.Equal((404, "circular.notFound"), (unknown.Status, unknown.Code));
    }

    [Fact]
    public async Task The_page_holds_everything_it_needs_and_nothing_that_runs()
    {
        var id = await FileAsync("2025-04", "tenant-a", name: "<script>alert(1)</script>");

        var page = await host.GetAsync("authority", $"{Circulars}/{id}?format=html");

        Assert.Equal(200, page.Status);
        Assert.Contains("使用效率通报", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
        Assert.Contains("草稿", page.Text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?month=2025-13", "month")]
    [InlineData("?tenant=", "tenant")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?year=2025", "year")]
    public async Task Bad_input_is_refused_by_name(string query, string field)
    {
        var answer = await host.GetAsync("authority", Circulars + query);

        Assert.Equal(422, answer.Status);
        Assert.Equal([field], answer.Faults.Select(f => f.Path));
    }

    private async Task<string> FileAsync(string month, string tenant, string name = "人社厅")
    {
        var metric = new MetricFigures(10, 20, 30, 0.99);
        var use = new UseFigures(1, 0, metric, metric, metric);
        var content = new CircularContent
        {
            Id = $"circular-{month}-{tenant}",
            Month = month,
            Tenant = new(tenant, name),
            Province = "湖南省",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Use = use,
            Systems = [new("a-social-security", "社保", SystemEnvironment.Test, use)],
            Findings = [new(FindingKind.Zombie, 1, 0, 1)],
            Recommendations = [],
            PossibleSaving = 123.45m,
            Rank = new(1, 2),
            Notes = [],
        };
        var head = new CircularHead
        {
            Id = content.Id,
            Month = month,
            Tenant = tenant,
            Region = "430000",
            CreatedAt = content.CreatedAt,
        };
        var circular = new Circular { Head = head, Body = ReportJson.Write(content) };
        await host.KeepAsync<ICircularStore>((store, t, c) => store.AddAsync(t, circular, c));
        return content.Id;
    }
}

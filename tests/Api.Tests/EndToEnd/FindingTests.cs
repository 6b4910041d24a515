using CloudManager.Api.Tests.Support;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Tests.EndToEnd;

/// <summary>Findings of use as they go over the wire (art. 22).</summary>
[Collection(DemoCollection.Name)]
public sealed class FindingTests(DemoHost host)
{
    private const string Path = "/api/v1/findings";

    [Fact]
    public async Task Art22_a_finding_shows_its_numbers_days_and_chart_to_those_whose_it_is()
    {
        var id = await AddAsync(900_001, "a-social-security", SubjectKind.Server, new("mock-a"), "provider-a");
        var system = await AddAsync(900_002, "a-social-security", SubjectKind.System, null, null);

        var shown = await host.GetAsync("tenant-a", $"{Path}/{id}");
        Assert.Equal(200, shown.Status);
        Assert.Equal("lowUse", shown.Body.GetProperty("kind").GetString());
        Assert.Equal("低使用率", shown.Body.GetProperty("title").GetProperty("zh").GetString());
        var number = shown.Body.GetProperty("evidence").GetProperty("numbers")[0];
        Assert.Equal(
            ("cpuMean", 4.5, 10),
            (
                number.GetProperty("name").GetString(),
                number.GetProperty("value").GetDouble(),
                number.GetProperty("threshold").GetDouble()
            )
        );
        Assert.Equal("12.50", shown.Body.GetProperty("recommendation").GetProperty("monthlySaving").GetString());
        Assert.Equal("2026-02-02", shown.Body.GetProperty("window").GetProperty("from").GetString());
        var days = await host.GetAsync("tenant-a", $"{Path}/{id}/days");
        Assert.Equal(200, days.Status);
        var chart = await host.GetAsync("tenant-a", $"{Path}/{id}/chart");
        Assert.Equal(200, chart.Status);
        Assert.StartsWith("<svg", chart.Text, StringComparison.Ordinal);
        Assert.Contains("data-bound=\"10\"", chart.Text, StringComparison.Ordinal);

        Assert.Equal(200, (await host.GetAsync("provider-a", $"{Path}/{id}")).Status);
        foreach (var other in new[] { "tenant-b", "provider-b" })
        {
            Assert.Equal(404, (await host.GetAsync(other, $"{Path}/{id}")).Status);
            Assert.Equal(404, (await host.GetAsync(other, $"{Path}/{id}/days")).Status);
            Assert.Equal(404, (await host.GetAsync(other, $"{Path}/{id}/chart")).Status);
        }

        var whole = await host.GetAsync("tenant-a", $"{Path}/{system}");
        Assert.Equal("system", whole.Body.GetProperty("subject").GetProperty("kind").GetString());
        Assert.Equal(404, (await host.GetAsync("provider-a", $"{Path}/{system}")).Status);
        Assert.Equal(
            [system, id],
            (await host.GetAsync("technical", $"{Path}?policy=430000-v7&system=a-social-security")).Ids
        );
        Assert.Equal([id], (await host.GetAsync("technical", $"{Path}?policy=430000-v7&pool=mock-a&kind=lowUse")).Ids);
        Assert.Empty((await host.GetAsync("tenant-b", $"{Path}?policy=430000-v7")).Ids);
        Assert.Empty((await host.GetAsync("tenant-b", $"{Path}?policy=430000-v7&tenant=tenant-a")).Ids);
    }

    [Fact]
    public async Task Art22_only_the_technical_department_closes_and_says_why()
    {
        var id = await AddAsync(
            900_003,
            "a-social-security",
            SubjectKind.Server,
            new("mock-a"),
            "provider-a",
            "430000-v8"
        );
        foreach (var account in new[] { "tenant-a", "provider-a", "authority", "agency" })
        {
            Assert.Equal(403, (await host.PostAsync(account, $"{Path}/{id}/close", """{"opinion":"x"}""")).Status);
        }

        Assert.Equal(422, (await host.PostAsync("technical", $"{Path}/{id}/close", """{"opinion":" "}""")).Status);
        var closed = await host.PostAsync("technical", $"{Path}/{id}/close", """{"opinion":"业务按季度运行"}""");
        Assert.True(closed.Status == 200, closed.Text);
        Assert.Equal((200, "closed"), (closed.Status, closed.Body.GetProperty("state").GetString()));
        Assert.Equal("decided", closed.Body.GetProperty("closing").GetProperty("reason").GetString());
        var again = await host.PostAsync("technical", $"{Path}/{id}/close", """{"opinion":"x"}""");
        Assert.Equal((409, "finding.closed"), (again.Status, again.Code));
    }

    [Theory]
    [InlineData(
        "lowUse is not declared",
        """{"kind":"lowUse","resource":"res-000001","ground":"longIdle","statement":"x"}""",
        422
    )]
    [InlineData(
        "no such server",
        """{"kind":"zombie","resource":"res-999999","ground":"longIdle","statement":"x"}""",
        422
    )]
    [InlineData(
        "no such ground",
        """{"kind":"zombie","resource":"res-000001","ground":"tired","statement":"x"}""",
        400
    )]
    [InlineData(
        "nothing said",
        """{"kind":"zombie","resource":"res-000001","ground":"longIdle","statement":""}""",
        422
    )]
    public async Task Declarations_that_cannot_be_are_refused(string because, string body, int status)
    {
        var refused = await host.PostAsync("technical", Path, body);
        Assert.True(refused.Status == status, $"{because}: {refused.Text}");
    }

    private async Task<string> AddAsync(
        long number,
        string system,
        SubjectKind kind,
        PoolId? pool,
        string? provider,
        string policy = "430000-v7"
    )
    {
        // What is judged at the start of the host is judged before: the servers of these findings do not exist.
        Assert.Equal(200, (await host.PostAsync("technical", "/api/v1/jobs/find/run")).Status);
        var from = new DateOnly(2026, 2, 2);
        var finding = new Finding
        {
            Id = new(number),
            Kind = FindingKind.LowUse,
            Subject = new FindingSubject(
                kind,
                kind == SubjectKind.System ? $"{system}-{number}" : $"res-{number}",
                pool,
                "<门户 & 'x'>"
            ),
            Scope = new("tenant-a", provider, "430000") { System = system },
            Evidence = new(null, null) { Numbers = [new("cpuMean", 4.5, 10, Bound.Under, 0.97)], Reasons = [] },
            State = FindingState.Open,
            OpenedAt = DateTimeOffset.UnixEpoch,
            LastSeenAt = DateTimeOffset.UnixEpoch,
            Policy = policy,
            Window = new(from, from.AddDays(28)),
            LastHeldOn = from.AddDays(28),
            Recommendation = new(new Spec { Vcpus = 2, MemoryGiB = 4 }, 12.5m, []),
        };
        await host.KeepAsync<IFindingStore>((store, t, c) => store.SaveAsync(t, finding, c));
        return finding.Id.ToString();
    }
}

using CloudManager.Api.Tests.Support;

namespace CloudManager.Api.Tests.EndToEnd;

/// <summary>Monitoring policies as they go over the wire (art. 22, 43).</summary>
[Collection(DemoCollection.Name)]
public sealed class PolicyTests(DemoHost host)
{
    private const string Path = "/api/v1/policies";
    private const string Document = "\"document\":{\"number\":\"湘数发〔2026〕12号\",\"title\":\"监测标准\"}";

    [Fact]
    public async Task Art22_the_technical_department_drafts_and_the_authority_approves_with_day_and_document()
    {
        var before = await host.GetAsync("tenant-a", $"{Path}/in-force?region=430100");
        Assert.Equal((200, "430000-v0"), (before.Status, before.Id));
        var draft = await host.PostAsync("technical", Path, """{"numbers":{"windowDays":14},"region":"430100"}""");
        Assert.True(draft.Status == 201, draft.Text);
        Assert.Equal(("draft", "\"1\""), (draft.Body.GetProperty("state").GetString(), draft.ETag));
        Assert.Equal(10, draft.Body.GetProperty("numbers").GetProperty("lowUse").GetProperty("cpuMean").GetDouble());
        var own = $"{Path}/{draft.Id}";
        Assert.Equal(404, (await host.GetAsync("tenant-a", own)).Status);

        var revise = new Call("PUT", own, """{"numbers":{"windowDays":21}}""");
        var revised = await host.AsAsync("technical", revise.With("If-Match", "\"1\""));
        Assert.Equal((200, "\"2\""), (revised.Status, revised.ETag));
        var late = await host.AsAsync("technical", revise.With("If-Match", "\"1\""));
        Assert.Equal((412, "policy.stale"), (late.Status, late.Code));

        Assert.Equal(403, (await host.PostAsync("technical", $"{own}/approve", Approval("2026-12-01"))).Status);
        var past = await host.PostAsync("authority", $"{own}/approve", Approval("2026-01-01"));
        Assert.Equal((422, "effectiveFrom"), (past.Status, past.Faults.Single().Path));
        var approved = await host.PostAsync("authority", $"{own}/approve", Approval("2027-12-01"));
        Assert.True(approved.Status == 200, approved.Text);
        Assert.Equal("2027-12-01", approved.Body.GetProperty("effectiveFrom").GetString());
        var again = await host.AsAsync("technical", revise);
        Assert.Equal((409, "policy.notDraft"), (again.Status, again.Code));

        var second = await host.PostAsync("technical", Path, """{"numbers":{},"region":"430100"}""");
        var taken = await host.PostAsync("authority", $"{Path}/{second.Id}/approve", Approval("2027-12-01"));
        Assert.Equal((409, "policy.dayTaken"), (taken.Status, taken.Code));
        Assert.Equal(200, (await host.PostAsync("technical", $"{Path}/{second.Id}/withdraw")).Status);
        Assert.Equal([draft.Id], (await host.GetAsync("tenant-a", $"{Path}?region=430100")).Ids);
        Assert.Equal(draft.Id, (await host.GetAsync("tenant-a", $"{Path}/in-force?region=430100&day=2027-12-01")).Id);
        Assert.Equal(
            "430000-v0",
            (await host.GetAsync("tenant-a", $"{Path}/in-force?region=430200&day=2028-12-01")).Id
        );
    }

    [Theory]
    [InlineData("low use over too small", """{"lowUse":{"cpuP95":85}}""", "numbers.lowUse.cpuP95")]
    [InlineData("zombie over low use", """{"zombie":{"cpuMean":11,"cpuP95":12}}""", "numbers.zombie.cpuMean")]
    [InlineData("too large at too small", """{"tooLarge":{"cpuP95":80,"memoryP95":50}}""", "numbers.tooLarge.cpuP95")]
    [InlineData("mean over p95", """{"lowUse":{"memoryMean":41}}""", "numbers.lowUse.memoryMean")]
    [InlineData("a window of six days", """{"windowDays":6}""", "numbers.windowDays")]
    [InlineData("a window of 367 days", """{"windowDays":367}""", "numbers.windowDays")]
    [InlineData("coverage under a half", """{"leastCoverage":0.49}""", "numbers.leastCoverage")]
    [InlineData("coverage over all", """{"leastCoverage":1.01}""", "numbers.leastCoverage")]
    [InlineData("a negative percentage", """{"lowUse":{"cpuMean":-1}}""", "numbers.lowUse.cpuMean")]
    [InlineData("over a hundred percent", """{"tooSmall":{"cpuP95":101,"memoryP95":85}}""", "numbers.tooSmall.cpuP95")]
    [InlineData(
        "traffic under nothing",
        """{"zombie":{"networkBytesPerSecond":-1}}""",
        "numbers.zombie.networkBytesPerSecond"
    )]
    public async Task Art22_numbers_that_cannot_be_right_are_named(string because, string numbers, string path)
    {
        var refused = await host.PostAsync("technical", Path, $$"""{"numbers":{{numbers}}}""");

        Assert.True(refused.Status == 422, $"{because}: {refused.Text}");
        Assert.Contains(path, refused.Faults.Select(f => f.Path));
    }

    [Theory]
    [InlineData("an unknown member", """{"numbers":{"windowDaysX":28}}""", 400)]
    [InlineData("a text for a number", """{"numbers":{"windowDays":"28"}}""", 400)]
    [InlineData("no numbers at all", "{}", 400)]
    [InlineData("an unknown region", """{"numbers":{},"region":"999999"}""", 422)]
    public async Task Bodies_that_are_no_policy_are_refused(string because, string body, int status)
    {
        var refused = await host.PostAsync("technical", Path, body);
        Assert.True(refused.Status == status, $"{because}: {refused.Text}");
    }

    [Fact]
    public async Task Only_those_who_make_policies_may()
    {
        foreach (var account in new[] { "tenant-a", "provider-a", "agency", "finance", "sysadmin" })
        {
            Assert.Equal(403, (await host.PostAsync(account, Path, """{"numbers":{}}""")).Status);
        }

        Assert.Equal(
            404,
            (await host.PostAsync("authority", $"{Path}/430000-v99/approve", Approval("2027-12-01"))).Status
        );
        Assert.Equal(404, (await host.GetAsync("technical", $"{Path}/nothing")).Status);
    }

    private static string Approval(string day) => $"{{\"effectiveFrom\":\"{day}\",{Document}}}";
}

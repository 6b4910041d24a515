using CloudManager.Api.Tests.Support;

namespace CloudManager.Api.Tests.EndToEnd;

[Collection(DemoCollection.Name)]
public sealed class VersionTests(DemoHost host)
{
    private const string Tenant = "tenant-a";

    [Fact]
    public async Task A_request_carries_its_version_as_ETag()
    {
        var path = await DraftAsync();
        var found = await host.GetAsync(Tenant, path);

        Assert.Equal($"\"{found.Body.GetProperty("version").GetInt32()}\"", found.ETag);
    }

    [Fact]
    public async Task A_step_by_the_version_seen_is_taken_and_answers_the_next()
    {
        var path = await DraftAsync();
        var seen = (await host.GetAsync(Tenant, path)).ETag!;
        var taken = await SubmitAsync(path, seen);

        Assert.Equal((200, "submitted"), (taken.Status, taken.Body.GetProperty("state").GetString()));
        Assert.NotEqual(seen, taken.ETag);
        Assert.Equal(taken.ETag, (await host.GetAsync(Tenant, path)).ETag);
    }

    [Fact]
    public async Task A_step_by_a_stale_version_is_refused_and_changes_nothing()
    {
        var path = await DraftAsync();
        var stale = (await host.GetAsync(Tenant, path)).ETag!;
        var revised = await ReviseAsync(path, stale, "first");
        var late = await SubmitAsync(path, stale);
        var after = await host.GetAsync(Tenant, path);

        Assert.Equal(200, revised.Status);
        Assert.Equal((412, "request.changedMeanwhile"), (late.Status, late.Code));
        Assert.Equal((revised.ETag, "draft"), (after.ETag, after.Body.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_stale_rewriting_is_refused_and_the_first_stands()
    {
        var path = await DraftAsync();
        var stale = (await host.GetAsync(Tenant, path)).ETag!;
        await ReviseAsync(path, stale, "first");
        var late = await ReviseAsync(path, stale, "second");

        Assert.Equal((412, "request.changedMeanwhile"), (late.Status, late.Code));
        Assert.Equal("first", (await host.GetAsync(Tenant, path)).Body.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Of_two_who_saw_the_same_version_one_wins()
    {
        var path = await DraftAsync();
        var seen = (await host.GetAsync(Tenant, path)).ETag!;
        var answers = await Task.WhenAll(ReviseAsync(path, seen, "one"), ReviseAsync(path, seen, "other"));

        Assert.Equal([200, 412], answers.Select(a => a.Status).Order());
    }

    [Theory]
    [InlineData("any version", "*")]
    [InlineData("none given", null)]
    public async Task A_step_without_a_version_is_taken(string because, string? seen)
    {
        var taken = await SubmitAsync(await DraftAsync(), seen);

        Assert.True(taken.Status == 200, $"{because}: {taken.Text}");
    }

    private async Task<string> DraftAsync() =>
        $"{Drafts.Path}/{await Drafts.AddAsync(host, Tenant, "a-social-security")}";

    private Task<Answer> SubmitAsync(string path, string? seen)
    {
        var call = new Call("POST", $"{path}/submit", "{}");
        return host.AsAsync(Tenant, seen is null ? call : call.With("If-Match", seen));
    }

    private Task<Answer> ReviseAsync(string path, string seen, string reason) =>
        host.AsAsync(Tenant, new Call("PUT", path, Drafts.Text(reason)).With("If-Match", seen));
}

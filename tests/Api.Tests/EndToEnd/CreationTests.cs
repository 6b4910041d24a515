using CloudManager.Api.Tests.Support;

namespace CloudManager.Api.Tests.EndToEnd;

[Collection(DemoCollection.Name)]
public sealed class CreationTests(DemoHost host)
{
    private const string Tenant = "tenant-a";
    private const string Header = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";

    [Fact]
    public async Task A_request_is_found_where_the_answer_says()
    {
        var made = await CreateAsync("first-place", "placed");
        var found = await host.GetAsync(Tenant, made.Headers["Location"]);

        Assert.Equal((201, 200), (made.Status, found.Status));
        Assert.Equal((made.Id, "placed"), (found.Id, found.Body.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_repeated_key_gives_the_same_request_and_says_so()
    {
        var before = await CountAsync();
        var first = await CreateAsync("again", "again");
        var second = await CreateAsync("again", "again");

        Assert.Equal((201, 201), (first.Status, second.Status));
        Assert.Equal(first.Id, second.Id);
        Assert.DoesNotContain(Replayed, first.Headers.Keys);
        Assert.Equal("true", second.Headers[Replayed]);
        Assert.Equal(before + 1, await CountAsync());
    }

    [Fact]
    public async Task Parallel_calls_with_one_key_make_one_request()
    {
        var before = await CountAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CreateAsync("at-once", "at once")));

        Assert.All(answers, a => Assert.True(a.Status == 201, a.Text));
        Assert.Single(answers.Select(a => a.Id).Distinct());
        Assert.Single(answers, a => !a.Headers.ContainsKey(Replayed));
        Assert.Equal(before + 1, await CountAsync());
    }

    [Fact]
    public async Task Without_a_key_each_call_makes_a_request()
    {
        var first = await host.PostAsync(Tenant, Drafts.Path, Drafts.Text("twice"));
        var second = await host.PostAsync(Tenant, Drafts.Path, Drafts.Text("twice"));

        Assert.Equal((201, 201), (first.Status, second.Status));
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task A_key_used_for_another_body_is_refused()
    {
        await CreateAsync("reused", "one thing");
        var before = await CountAsync();
        var other = await CreateAsync("reused", "another thing");

        Assert.Equal((422, "idempotency.keyReused"), (other.Status, other.Code));
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task A_key_used_at_another_address_is_refused()
    {
        await CreateAsync("elsewhere", "here");
        const string system = """{"code":"a-elsewhere","name":"x","protectionLevel":2,"classified":false}""";
        var other = await host.AsAsync(Tenant, new Call("POST", "/api/v1/systems", system).With(Header, "elsewhere"));

        Assert.Equal((422, "idempotency.keyReused"), (other.Status, other.Code));
    }

    [Fact]
    public async Task A_key_belongs_to_its_account()
    {
        var own = await CreateAsync("shared", "shared");
        var body = Drafts.Text("shared", "b-road-network", "mock-c");
        var other = await host.AsAsync("tenant-b", new Call("POST", Drafts.Path, body).With(Header, "shared"));

        Assert.Equal(201, other.Status);
        Assert.NotEqual(own.Id, other.Id);
    }

    [Fact]
    public async Task A_refused_call_does_not_use_up_its_key()
    {
        var refused = await host.AsAsync(
            Tenant,
            new Call("POST", Drafts.Path, Drafts.Text("mended", pool: "mock-b")).With(Header, "mended")
        );
        var mended = await CreateAsync("mended", "mended");

        Assert.Equal((422, 201), (refused.Status, mended.Status));
        Assert.DoesNotContain(Replayed, mended.Headers.Keys);
    }

    private Task<Answer> CreateAsync(string key, string reason) =>
        host.AsAsync(Tenant, new Call("POST", Drafts.Path, Drafts.Text(reason)).With(Header, key));

    private async Task<int> CountAsync() => (await host.GetAsync(Tenant, $"{Drafts.Path}?limit=500")).Items.Count;
}

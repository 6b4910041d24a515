using System.Net;
using System.Text.Json.Nodes;
using CloudManager.Adapters.Sdk;
using CloudManager.Agent.Tests.Support;

namespace CloudManager.Agent.Tests;

/// <summary>What the platform takes from an agent and what it refuses, message by message.</summary>
public sealed class WireTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationKey Key = new("k-1");

    [Theory]
    [InlineData("no key at all", null, TestPlatform.Pool)]
    [InlineData("a key nobody has", "some-other-key-0123456789abcdef", TestPlatform.Pool)]
    [InlineData("the key of another pool", TestPlatform.OtherKey, TestPlatform.Pool)]
    [InlineData("a pool that is not there", TestPlatform.Key, "site-z")]
    public async Task An_agent_without_the_pools_own_key_is_refused_in_words(string because, string? key, string pool)
    {
        await using var platform = await TestPlatform.StartAsync();
        using var agent = new AgentWire(platform.Url, key, pool);

        var (status, body) = await agent.LeaseAsync(agent.Lease());

        Assert.True(status == HttpStatusCode.Unauthorized, because);
        Assert.Equal("agent.unknown", $"{body!["code"]}");
        Assert.Contains($"does not open the pool '{pool}'", $"{body["detailEn"]}", StringComparison.Ordinal);
        Assert.Empty(platform.Relay.Agents);
    }

    [Fact]
    public async Task A_flood_of_wrong_keys_is_held_back()
    {
        await using var platform = await TestPlatform.StartAsync();
        using var agent = new AgentWire(platform.Url, "some-other-key-0123456789abcdef");
        var seen = new List<HttpStatusCode>();
        for (var i = 0; i < 70; i++)
        {
            seen.Add((await agent.LeaseAsync(agent.Lease())).Status);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, seen);
    }

    [Fact]
    public async Task An_agent_of_another_contract_is_refused_in_words_whatever_else_it_says()
    {
        await using var platform = await TestPlatform.StartAsync();
        using var agent = new AgentWire(platform.Url);

        var (status, body) = await agent.LeaseAsync(new JsonObject { ["contract"] = 0, ["whatever"] = true });

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("agent.contract", $"{body!["code"]}");
        Assert.Contains("speaks contract 0, the platform 1", $"{body["detailEn"]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("places", -1, "places", 422)]
    [InlineData("places", 257, "places", 422)]
    [InlineData("waitSeconds", 31, "waitSeconds", 422)]
    [InlineData("places", "1", "$.places", 400)]
    [InlineData("more", 1, "more", 400)]
    public async Task A_message_out_of_bounds_is_refused_with_its_place(
        string member,
        object value,
        string place,
        int status
    )
    {
        await using var platform = await TestPlatform.StartAsync();
        using var agent = new AgentWire(platform.Url);
        var lease = agent.Lease();
        lease[member] = value is int number ? number : (string)value;

        var (refused, body) = await agent.LeaseAsync(lease);

        Assert.Equal(status, (int)refused);
        Assert.Contains(place, $"{body!["detailEn"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_posted_twice_is_taken_once()
    {
        await using var platform = await TestPlatform.StartAsync();
        using var agent = new AgentWire(platform.Url);
        await agent.LeaseAsync(agent.Lease());
        var asked = platform.Adapter.Servers!.FindAsync(Key, None);
        var call = await agent.CallAsync();
        var answer = agent.Answer($"{call["id"]}", value: Server("one"));

        var first = await agent.AnswerAsync(answer);
        var second = await agent.AnswerAsync(agent.Answer($"{call["id"]}", value: Server("two")));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal("one", (await asked)!.Name);
        Assert.Equal("servers", $"{call["service"]}");
        Assert.Equal("find", $"{call["method"]}");
        Assert.Equal("k-1", $"{call["arguments"]!["key"]}");
    }

    [Fact]
    public async Task Parts_are_taken_in_order_and_once_and_wait_for_their_reader()
    {
        await using var platform = await TestPlatform.StartAsync();
        using var agent = new AgentWire(platform.Url);
        await agent.LeaseAsync(agent.Lease());
        await using var servers = platform.Adapter.Inventory!.ListServersAsync(None).GetAsyncEnumerator();
        var first = servers.MoveNextAsync();
        var id = $"{(await agent.CallAsync())["id"]}";

        var early = await agent.AnswerAsync(agent.Answer(id, part: 1, last: false, value: new JsonArray()));
        Assert.Equal("agent.outOfOrder", $"{early.Body!["code"]}");
        for (var part = 0; part < 3; part++)
        {
            var value = new JsonArray(Server($"{part}"));
            Assert.Equal(HttpStatusCode.OK, (await agent.AnswerAsync(agent.Answer(id, part, false, value))).Status);
            Assert.Equal(
                HttpStatusCode.OK,
                (await agent.AnswerAsync(agent.Answer(id, part, false, new JsonArray()))).Status
            );
            Assert.True(part > 0 || await first);
        }

        // Two parts stand unread: the fourth waits until one of them is read.
        var fourth = agent.AnswerAsync(agent.Answer(id, 3, true, new JsonArray(Server("3"))));
        await Task.Delay(50);
        Assert.False(fourth.IsCompleted);
        var names = new List<string> { servers.Current.Name };
        while (await servers.MoveNextAsync())
        {
            names.Add(servers.Current.Name);
        }

        Assert.Equal(HttpStatusCode.OK, (await fourth).Status);
        Assert.Equal(["0", "1", "2", "3"], names);
    }

    [Fact]
    public async Task An_answer_after_the_caller_gave_up_is_gone_and_a_poll_says_so_too()
    {
        await using var platform = await TestPlatform.StartAsync();
        using var agent = new AgentWire(platform.Url);
        using var patience = new CancellationTokenSource();
        await agent.LeaseAsync(agent.Lease());
        var asked = platform.Adapter.Servers!.FindAsync(Key, patience.Token);
        var id = $"{(await agent.CallAsync())["id"]}";
        var poll = agent.LeaseAsync(agent.Lease(places: 0, waitSeconds: 20, id));

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);

        Assert.Equal([id], (await poll).Body!["over"]!.AsArray().Select(each => $"{each}"));
        Assert.Equal(HttpStatusCode.Gone, (await agent.AnswerAsync(agent.Answer(id))).Status);
    }

    [Fact]
    public async Task Another_agent_cannot_answer_a_call_it_did_not_lease()
    {
        await using var platform = await TestPlatform.StartAsync();
        using var agent = new AgentWire(platform.Url);
        using var other = new AgentWire(platform.Url);
        await agent.LeaseAsync(agent.Lease());
        var asked = platform.Adapter.Servers!.FindAsync(Key, None);
        var id = $"{(await agent.CallAsync())["id"]}";

        Assert.Equal("agent.notYours", $"{(await other.AnswerAsync(other.Answer(id))).Body!["code"]}");

        await agent.AnswerAsync(agent.Answer(id));
        Assert.Null(await asked);
    }

    [Fact]
    public async Task A_lease_that_never_arrived_is_given_again_and_to_nobody_else()
    {
        await using var platform = await TestPlatform.StartAsync();
        using var agent = new AgentWire(platform.Url);
        using var other = new AgentWire(platform.Url);
        await agent.LeaseAsync(agent.Lease());
        var asked = platform.Adapter.Servers!.CreateAsync(Spec, Key, None);
        var lost = await agent.CallAsync();

        Assert.Empty((await other.LeaseAsync(other.Lease())).Body!["calls"]!.AsArray());
        var again = await agent.CallAsync();

        Assert.Equal($"{lost["id"]}", $"{again["id"]}");
        await agent.AnswerAsync(agent.Answer($"{again["id"]}", value: Server("one")));
        Assert.Equal("one", (await asked).Name);
    }

    [Fact]
    public async Task What_a_dead_agent_was_making_is_uncertain_and_what_it_was_reading_is_read_by_the_next()
    {
        await using var platform = await TestPlatform.StartAsync();
        using var dead = new AgentWire(platform.Url);
        await dead.LeaseAsync(dead.Lease());
        var making = platform.Adapter.Servers!.CreateAsync(Spec, Key, None);
        var id = $"{(await dead.CallAsync())["id"]}";
        var reading = platform.Adapter.Servers!.FindAsync(Key, None);
        Assert.Single((await dead.LeaseAsync(dead.Lease(1, 5, id))).Body!["calls"]!.AsArray());
        Assert.Equal(2, platform.Relay.Agents.Single().Calls);

        using var next = new AgentWire(platform.Url) { Journal = dead.Journal };
        var call = await next.CallAsync();

        Assert.Equal("find", $"{call["method"]}");
        await next.AnswerAsync(next.Answer($"{call["id"]}", value: Server("one")));
        Assert.Equal("one", (await reading)!.Name);
        var failure = await Assert.ThrowsAsync<AdapterException>(() => making);
        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Contains("was started again", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_no_server_is_named()
    {
        await using var platform = await TestPlatform.StartAsync();
        using var agent = new AgentWire(platform.Url);
        await agent.LeaseAsync(agent.Lease());
        var asked = platform.Adapter.Servers!.GetAsync(new NativeId("x"), None);
        var server = Server("one");
        server["state"] = "sleeping";
        await agent.AnswerAsync(agent.Answer($"{(await agent.CallAsync())["id"]}", value: server));

        var failure = await Assert.ThrowsAsync<AdapterException>(() => asked);
        Assert.Contains(
            "servers.get: the agent's answer is not what was asked for, at $.state",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    internal static ServerSpec Spec { get; } =
        new()
        {
            Name = "web-1",
            Flavour = "m2-4",
            Size = new ServerSize(2, 4),
            Image = "kylin-v10-x86",
            SystemDiskGiB = 40,
        };

    private static JsonObject Server(string name) =>
        new()
        {
            ["id"] = "s-1",
            ["name"] = name,
            ["state"] = "active",
            ["size"] = new JsonObject { ["vcpus"] = 2, ["memoryGiB"] = 4 },
            ["somethingNew"] = "an agent may be newer than its platform",
        };
}

using System.Text.Json.Nodes;
using CloudManager.Adapters.Sdk;
using CloudManager.Agent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Agent.Tests;

/// <summary>The link is cut, agents come twice, agents die: nothing is lost and nothing is done twice.</summary>
public sealed class CutTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _machine = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task What_was_leased_before_an_hours_cut_is_finished_and_reported_once()
    {
        var gate = new TaskCompletionSource();
        var cloud = new ScriptedCloud { BeforeCreate = _ => gate.Task };
        await using var platform = await TestPlatform.StartAsync(_machine);
        using var cable = new Cable(platform.Url);
        await using var site = new TestSite { Factories = [cloud], Machine = _machine };
        await site.StartAsync(cable.Url);
        await platform.ConnectedAsync();
        var creating = platform.Adapter.Servers!.CreateAsync(WireTests.Spec, new OperationKey("k-1"), None);
        await CrossingTests.UntilAsync(() => cloud.Creates == 1);

        cable.Cut();
        gate.SetResult();
        await CrossingTests.UntilAsync(() => site.Journaled == 1);
        await AdvanceAsync(TimeSpan.FromMinutes(60));
        var gaveUp = await Assert.ThrowsAsync<AdapterException>(() => creating);
        Assert.Equal(FailureKind.Unavailable, gaveUp.Kind);
        Assert.False(platform.Relay.Agents.Single().Connected);
        var during = await Assert.ThrowsAsync<AdapterException>(() => CreateAsync(platform, "k-2"));
        Assert.Contains("nothing was done", during.Message, StringComparison.Ordinal);
        Assert.Equal(1, site.Journaled);

        cable.Mend();
        await UntilAsync(() => platform.Relay.Agents.Single().Connected && site.Journaled == 0);

        // The engine looks for the first by its key, makes the second afresh, and reads the samples of the hour.
        Assert.Equal("k-1", (await platform.Adapter.Servers!.FindAsync(new OperationKey("k-1"), None))!.Id.Value);
        Assert.Equal("k-2", (await CreateAsync(platform, "k-2")).Id.Value);
        Assert.Equal(2, cloud.Creates);
        var until = _machine.GetUtcNow();
        var slots = await platform
            .Adapter.Usage!.ReadAsync([new NativeId("k-1")], until.AddHours(-1), until, None)
            .SelectMany(batch => batch)
            .Select(sample => sample.Slot)
            .ToListAsync();
        Assert.Equal(Enumerable.Range(0, 12).Select(slot => until.AddHours(-1).AddMinutes(5 * slot)), slots);
    }

    [Fact]
    public async Task An_answer_made_during_a_short_cut_is_taken_when_the_link_is_back()
    {
        var gate = new TaskCompletionSource();
        var cloud = new ScriptedCloud { BeforeCreate = _ => gate.Task };
        await using var platform = await TestPlatform.StartAsync(new PlatformTerms { AnswerSeconds = 600 }, _machine);
        using var cable = new Cable(platform.Url);
        await using var site = new TestSite { Factories = [cloud], Machine = _machine };
        await site.StartAsync(cable.Url);
        await platform.ConnectedAsync();
        var creating = CreateAsync(platform, "k-1");
        await CrossingTests.UntilAsync(() => cloud.Creates == 1);

        cable.Cut();
        gate.SetResult();
        await CrossingTests.UntilAsync(() => site.Journaled == 1);
        await AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.False(creating.IsCompleted);
        cable.Mend();
        await UntilAsync(() => creating.IsCompleted && site.Journaled == 0);

        Assert.Equal("k-1", (await creating).Id.Value);
        Assert.Equal(1, cloud.Creates);
    }

    [Fact]
    public async Task An_agent_started_again_delivers_what_the_one_before_had_finished()
    {
        var cloud = new ScriptedCloud();
        await using var platform = await TestPlatform.StartAsync(new PlatformTerms { AnswerSeconds = 600 });
        using var cable = new Cable(platform.Url);
        await using var site = new TestSite { Factories = [cloud] };
        cloud.BeforeCreate = _ =>
        {
            cable.Cut();
            return Task.CompletedTask;
        };
        var first = await site.StartAsync(cable.Url);
        await platform.ConnectedAsync();
        var creating = CreateAsync(platform, "k-1");
        await CrossingTests.UntilAsync(() => site.Journaled == 1 && cloud.Creates == 1);
        await first.AbandonAsync();

        cable.Mend();
        await site.StartAsync(cable.Url);

        Assert.Equal("k-1", (await creating.WaitAsync(TimeSpan.FromSeconds(20))).Id.Value);
        await CrossingTests.UntilAsync(() => site.Journaled == 0);
        Assert.Equal(1, cloud.Creates);
    }

    [Fact]
    public async Task Two_agents_of_one_identity_share_the_calls_and_make_each_once()
    {
        var cloud = new ScriptedCloud { BeforeCreate = token => Task.Delay(5, token) };
        await using var platform = await TestPlatform.StartAsync();
        await using var site = new TestSite { Factories = [cloud] };
        await site.StartAsync(platform.Url);
        await site.StartAsync(platform.Url, change: agent => agent["journal"] = "journal-2");
        await platform.ConnectedAsync(agents: 2);

        var servers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => CreateAsync(platform, $"k-{i}")));

        Assert.Equal(200, servers.Select(server => server.Id).Distinct().Count());
        Assert.Equal(200, cloud.Creates);
        await CrossingTests.UntilAsync(() => site.Journaled == 0);
    }

    [Fact]
    public async Task One_agent_serves_every_process_of_the_platform()
    {
        var cloud = new ScriptedCloud();
        await using var one = await TestPlatform.StartAsync();
        await using var other = await TestPlatform.StartAsync();
        await using var site = new TestSite { Factories = [cloud] };
        await site.StartAsync(
            one.Url,
            change: agent => agent["platforms"] = new JsonArray($"{one.Url}", $"{other.Url}")
        );
        await one.ConnectedAsync();
        await other.ConnectedAsync();

        var made = await Task.WhenAll(CreateAsync(one, "k-1"), CreateAsync(other, "k-2"));

        Assert.Equal(["k-1", "k-2"], made.Select(server => server.Id.Value));
        Assert.NotNull(await one.Adapter.Servers!.FindAsync(new OperationKey("k-2"), None));
    }

    [Fact]
    public async Task A_second_agent_on_the_same_journal_is_refused_in_words()
    {
        await using var platform = await TestPlatform.StartAsync();
        await using var site = new TestSite { Factories = [new ScriptedCloud()] };
        await site.StartAsync(platform.Url);

        var refused = await Assert.ThrowsAsync<IOException>(() => site.StartAsync(platform.Url));

        Assert.Contains("another agent uses this journal", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_is_refused_says_why_and_goes_on_trying()
    {
        await using var platform = await TestPlatform.StartAsync();
        await using var site = new TestSite { Factories = [new ScriptedCloud()] };

        await site.StartAsync(platform.Url, TestPlatform.OtherKey);

        await CrossingTests.UntilAsync(() =>
            site.Log.Contains("does not open the pool 'site-a'", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(TestPlatform.OtherKey, site.Log, StringComparison.Ordinal);
    }

    private static Task<CloudServer> CreateAsync(TestPlatform platform, string key) =>
        platform.Adapter.Servers!.CreateAsync(WireTests.Spec, new OperationKey(key), None);

    /// <summary>Machine time goes on, with a moment between the steps for what runs on real time.</summary>
    private async Task AdvanceAsync(TimeSpan time)
    {
        for (var until = _machine.GetUtcNow() + time; _machine.GetUtcNow() < until; )
        {
            _machine.Advance(TimeSpan.FromSeconds(15));
            await Task.Delay(4);
        }
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        await CrossingTests.UntilAsync(() =>
        {
            _machine.Advance(TimeSpan.FromSeconds(1));
            return condition();
        });
    }
}

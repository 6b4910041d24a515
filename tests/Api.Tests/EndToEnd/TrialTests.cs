using CloudManager.Api.Findings;
using CloudManager.Api.Tests.Support;
using CloudManager.Api.Workers;
using CloudManager.Core.Findings.Trials;
using CloudManager.Core.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace CloudManager.Api.Tests.EndToEnd;

/// <summary>Trials of policies as they go over the wire (art. 22).</summary>
[Collection(DemoCollection.Name)]
public sealed class TrialTests(DemoHost host)
{
    [Fact]
    public async Task Art22_a_draft_is_tried_before_it_takes_effect_and_nothing_comes_of_it()
    {
        var draft = (await host.PostAsync("technical", "/api/v1/policies", """{"numbers":{"windowDays":7}}""")).Id;
        var before = (await host.GetAsync("technical", "/api/v1/findings?limit=500")).Ids.Count();

        var started = await host.PostAsync("technical", $"/api/v1/policies/{draft}/trials", """{"months":2}""");
        Assert.True(started.Status == 202, started.Text);
        var ended = await EndAsync(started.Id);

        Assert.Equal("done", ended.Body.GetProperty("state").GetString());
        Assert.Equal(draft, ended.Body.GetProperty("policy").GetString());
        var progress = ended.Body.GetProperty("progress");
        Assert.Equal(progress.GetProperty("total").GetInt32(), progress.GetProperty("done").GetInt32());
        var items = await host.GetAsync(
            "authority",
            $"/api/v1/trials/{started.Id}/systems?outcome=added&subject=system"
        );
        Assert.Equal(200, items.Status);
        Assert.Equal([started.Id], (await host.GetAsync("technical", $"/api/v1/policies/{draft}/trials")).Ids);
        Assert.Equal(before, (await host.GetAsync("technical", "/api/v1/findings?limit=500")).Ids.Count());
        var late = await host.PostAsync("technical", $"/api/v1/trials/{started.Id}/stop");
        Assert.Equal((409, "trial.notRunning"), (late.Status, late.Code));
        Assert.Equal(422, (await host.GetAsync("technical", $"/api/v1/trials/{started.Id}/systems?kind=odd")).Status);
    }

    [Theory]
    [InlineData("no month", """{"months":0}""", 422)]
    [InlineData("more than a year", """{"months":13}""", 422)]
    [InlineData("no number", """{"months":"2"}""", 400)]
    [InlineData("an unknown member", """{"months":2,"days":1}""", 400)]
    public async Task Trials_that_cannot_be_are_refused(string because, string body, int status)
    {
        var refused = await host.PostAsync("technical", "/api/v1/policies/430000-v0/trials", body);
        Assert.True(refused.Status == status, $"{because}: {refused.Text}");
    }

    [Fact]
    public async Task Trials_are_for_those_who_make_policies()
    {
        foreach (var account in new[] { "tenant-a", "provider-a", "agency", "finance", "sysadmin" })
        {
            Assert.Equal(
                403,
                (await host.PostAsync(account, "/api/v1/policies/430000-v0/trials", """{"months":1}""")).Status
            );
            Assert.Equal(403, (await host.GetAsync(account, "/api/v1/trials/trial-000001")).Status);
        }

        Assert.Equal(404, (await host.GetAsync("technical", "/api/v1/trials/trial-999999")).Status);
        var unknown = await host.PostAsync("technical", "/api/v1/policies/430000-v99/trials", """{"months":1}""");
        Assert.Equal((404, "policy.notFound"), (unknown.Status, unknown.Code));
    }

    [Fact]
    public async Task A_trial_whose_host_went_away_is_told_broken_and_can_be_asked_for_again()
    {
        IServiceProvider services = null!;
        await host.KeepAsync<IServiceProvider>(
            (own, _, _) =>
            {
                services = own;
                return Task.CompletedTask;
            }
        );
        var clock = services.GetRequiredService<MachineClock>();
        var draft = (await host.PostAsync("technical", "/api/v1/policies", """{"numbers":{}}""")).Body;
        var version = draft.GetProperty("version").GetInt32();
        var lost = new Trial
        {
            Id = new(900_001),
            Region = "430000",
            Version = version,
            Months = 1,
            From = new(2026, 1, 1),
            Until = new(2026, 2, 1),
            State = TrialState.Running,
            StartedBy = "technical",
            StartedAt = DateTimeOffset.UnixEpoch,
            Owner = "elsewhere/1",
            SeenAt = clock.Now.AddSeconds(-30),
        };
        await host.KeepAsync<ITrialStore>((store, t, c) => store.SaveAsync(t, lost, c));
        var path = $"/api/v1/policies/430000-v{version}/trials";
        var busy = await host.PostAsync("technical", path, """{"months":1}""");
        Assert.Equal((409, "trial.running"), (busy.Status, busy.Code));

        await host.KeepAsync<ITrialStore>(
            (s, t, c) => s.SaveAsync(t, lost with { SeenAt = clock.Now.AddMinutes(-2) }, c)
        );
        using var next = ActivatorUtilities.CreateInstance<TrialRuns>(
            services,
            services.GetRequiredService<TryPolicy>(),
            (clock, services.GetRequiredService<TimeProvider>())
        );
        await next.StartAsync(CancellationToken.None);
        var ended = await EndAsync($"{lost.Id}");
        await next.StopAsync(CancellationToken.None);

        Assert.Equal("broken", ended.Body.GetProperty("state").GetString());
        var again = await host.PostAsync("technical", path, """{"months":1}""");
        Assert.Equal(202, again.Status);
        Assert.Equal("done", (await EndAsync(again.Id)).Body.GetProperty("state").GetString());
    }

    [Fact]
    public void A_process_is_gone_once_it_was_silent_or_no_longer_lives()
    {
        var now = new DateTimeOffset(2026, 11, 2, 4, 0, 0, TimeSpan.Zero);
        Assert.False(HostProcess.IsGone("elsewhere/1", now.AddSeconds(-60), now));
        Assert.True(HostProcess.IsGone("elsewhere/1", now.AddSeconds(-61), now));
        Assert.True(HostProcess.IsGone($"{Environment.MachineName}/999999999", now, now));
        Assert.False(HostProcess.IsGone($"{Environment.MachineName}/1", now, now));
    }

    private async Task<Answer> EndAsync(string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var trial = await host.GetAsync("technical", $"/api/v1/trials/{id}");
            if (trial.Body.GetProperty("state").GetString() != "running")
            {
                return trial;
            }

            await Task.Delay(50, patience.Token);
        }
    }
}

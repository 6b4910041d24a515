using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using CloudManager.Api.Tests.Support;
using CloudManager.Scheduler;

namespace CloudManager.Api.Tests.EndToEnd;

/// <summary>The demonstration's clock and the jobs, over HTTP, on a host of their own.</summary>
public sealed class ClockTests(DemoHost host) : IClassFixture<DemoHost>
{
    private const string Path = "/api/v1/demo/clock";

    [Fact]
    public async Task The_clock_comes_to_the_instant_and_ticks_on_from_there()
    {
        var to = (await NowAsync()).AddDays(3);

        var advanced = await AdvanceAsync(to);

        Assert.Equal(200, advanced.Status);
        Assert.Equal(to, advanced.Body.GetProperty("now").GetDateTimeOffset());
        Assert.True(advanced.Body.GetProperty("steps").GetInt32() >= 6, advanced.Text);
        Assert.Empty(advanced.Body.GetProperty("troubles").EnumerateArray());
        Assert.InRange(await NowAsync(), to, to.AddMinutes(1));
    }

    [Fact]
    public async Task The_past_is_refused()
    {
        var answer = await AdvanceAsync((await NowAsync()).AddDays(-1));

        Assert.Equal((409, "clock.past"), (answer.Status, answer.Code));
        Assert.Equal("advanceTo", Assert.Single(answer.Faults).Path);
    }

    [Fact]
    public async Task A_hundred_years_are_too_far()
    {
        var answer = await AdvanceAsync((await NowAsync()).AddYears(100));

        Assert.Equal((422, "clock.tooFar"), (answer.Status, answer.Code));
        Assert.Equal("advanceTo", Assert.Single(answer.Faults).Path);
    }

    [Fact]
    public async Task A_second_advance_is_refused_while_one_runs_which_shows_where_it_is_and_can_be_stopped()
    {
        var from = await NowAsync();
        var first = AdvanceAsync(from.AddYears(9));
        while (!IsAdvancing(await host.GetAsync("tenant-a", Path)) && !first.IsCompleted)
        {
            await Task.Yield();
        }

        var second = await AdvanceAsync(from.AddYears(9));
        var job = await host.PostAsync("technical", "/api/v1/jobs/end-tests/run");
        var shown = await host.GetAsync("tenant-a", Path);
        var stop = await host.AsAsync("technical", new Call("DELETE", $"{Path}/advance"));
        var stopped = await first;

        Assert.Equal((409, "clock.busy"), (second.Status, second.Code));
        Assert.Equal((409, "clock.busy"), (job.Status, job.Code));
        Assert.True(IsAdvancing(shown), shown.Text);
        Assert.Equal(204, stop.Status);
        Assert.Equal(200, stopped.Status);
        Assert.InRange(stopped.Body.GetProperty("now").GetDateTimeOffset(), from, from.AddYears(9).AddTicks(-1));
        Assert.False(IsAdvancing(await host.GetAsync("tenant-a", Path)));
    }

    [Theory]
    [InlineData("no instant", """{"advanceTo":"tomorrow"}""", 400)]
    [InlineData("no member", "{}", 400)]
    [InlineData("another member", """{"advanceTo":"2027-01-01T00:00:00+08:00","by":"1d"}""", 400)]
    [InlineData("no body", "", 400)]
    public async Task What_is_no_advance_is_refused(string because, string body, int status)
    {
        var answer = await host.PostAsync("technical", Path, body);

        Assert.True(status == answer.Status, $"{because}: {answer.Text}");
    }

    [Fact]
    public async Task Only_the_technical_department_and_the_system_administrator_turn_the_clock()
    {
        var body = $$"""{"advanceTo":"{{(await NowAsync()).AddMinutes(1):o}}"}""";

        Assert.Equal(403, (await host.PostAsync("tenant-a", Path, body)).Status);
        Assert.Equal(200, (await host.PostAsync("sysadmin", Path, body)).Status);
    }

    [Fact]
    public async Task Jobs_are_listed_with_their_next_and_last_look_and_run_by_name()
    {
        var run = await host.PostAsync("technical", "/api/v1/jobs/watch-deadlines/run");
        var list = await host.GetAsync("technical", "/api/v1/jobs?limit=1");
        var all = await host.GetAsync("technical", "/api/v1/jobs?limit=100");
        var rest = await host.GetAsync(
            "technical",
            $"/api/v1/jobs?limit=100&cursor={list.Body.GetProperty("next").GetString()}"
        );

        Assert.Equal((200, "done"), (run.Status, run.Body.GetProperty("outcome").GetString()));
        Assert.Equal(Schedule.Jobs.Select(j => j.Name), NamesOf(all));
        Assert.Equal(NamesOf(all), [.. NamesOf(list), .. NamesOf(rest)]);
        var watch = all.Items.Single(j => j.GetProperty("name").GetString() == "watch-deadlines");
        Assert.Equal("done", watch.GetProperty("last").GetProperty("outcome").GetString());
        Assert.Equal(8, watch.GetProperty("next").GetDateTimeOffset().Hour);
    }

    [Fact]
    public async Task How_long_a_job_looked_is_measured_by_its_name_and_outcome()
    {
        var seen = new ConcurrentBag<(object? Job, object? Outcome)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, mine) =>
        {
            if (instrument is { Meter.Name: "cloudmanager", Name: "job_seconds" })
            {
                mine.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => seen.Add((tags[0].Value, tags[1].Value)));
        listener.Start();

        await host.PostAsync("technical", "/api/v1/jobs/watch-deadlines/run");

        Assert.Contains(("watch-deadlines", "done"), seen);
    }

    [Fact]
    public async Task An_unknown_job_and_an_account_without_business_here_are_refused()
    {
        Assert.Equal(
            (404, "job.notFound"),
            Shown(await host.PostAsync("technical", "/api/v1/jobs/close-the-year/run"))
        );
        Assert.Equal(403, (await host.PostAsync("tenant-a", "/api/v1/jobs/end-tests/run")).Status);
        Assert.Equal(403, (await host.GetAsync("tenant-a", "/api/v1/jobs")).Status);
        Assert.Equal(400, (await host.GetAsync("technical", "/api/v1/jobs?by=day")).Status / 100 * 100);
    }

    private static (int Status, string? Code) Shown(Answer answer) => (answer.Status, answer.Code);

    private static IEnumerable<string> NamesOf(Answer list) =>
        list.Items.Select(i => i.GetProperty("name").GetString()!);

    private static bool IsAdvancing(Answer clock) =>
        clock.Body.GetProperty("advance").ValueKind == JsonValueKind.Object;

    private async Task<DateTimeOffset> NowAsync() =>
        (await host.GetAsync("tenant-a", Path)).Body.GetProperty("now").GetDateTimeOffset();

    private Task<Answer> AdvanceAsync(DateTimeOffset to) =>
        host.PostAsync("technical", Path, $$"""{"advanceTo":"{{to:o}}"}""");
}

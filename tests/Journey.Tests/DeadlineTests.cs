using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Journey.Tests.Support;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>Deadlines are watched: warnings before a test ends, word to the parties when a step was missed.</summary>
public sealed class DeadlineTests
{
    [Fact]
    public async Task Art19_The_tenant_is_warned_7_3_and_1_days_before_the_test_ends_and_before_its_resources_go()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await TestingAsync(province);

        // Handed over on 30 September: the test ends on 30 October, its grace period on 20 November.
        await Advancing.ToAsync(province, "2026-11-25T12:00:00+08:00");

        Assert.Equal(
            [
                "2026-10-23 near 7",
                "2026-10-27 near 3",
                "2026-10-29 near 1",
                "2026-10-31 overdue",
                "2026-11-13 near 7",
                "2026-11-17 near 3",
                "2026-11-19 near 1",
            ],
            await BoxAsync(province, "tenant-a")
        );
        Assert.Equal(RequestState.Expired, (await province.RequestAsync(id)).State);
        Assert.Empty(await province.ServersInAsync("mock-a"));
    }

    [Fact]
    public async Task After_an_outage_only_the_most_pressing_warning_goes_out_and_only_once()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        await TestingAsync(province);
        province.Clock.SetUtcNow(DateTimeOffset.Parse("2026-10-28T15:00:00+08:00"));

        await province.Get<WatchDeadlines>().LookAsync(CancellationToken.None);
        await province.Get<WatchDeadlines>().LookAsync(CancellationToken.None);

        Assert.Equal(["2026-10-28 near 2"], await BoxAsync(province, "tenant-a"));
    }

    [Fact]
    public async Task Art19_A_missed_decision_to_accept_is_told_to_the_authority_and_the_technical_department()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var created = await province.CreateAsync("mock-a", Servers(1));
        await province.DoAsync(province.Tenant, created.Value.Id, RequestAction.Submit);

        await Advancing.ToAsync(province, "2026-10-31T12:00:00+08:00");

        var due = (await province.RequestAsync(created.Value.Id)).Deadlines.Single().DueAt;
        var told = $"{China.Day(due).AddDays(1):yyyy-MM-dd} overdue";
        Assert.Equal([told], await BoxAsync(province, "authority"));
        Assert.Equal([told], await BoxAsync(province, "technical"));
        Assert.Empty(await BoxAsync(province, "tenant-a"));
    }

    [Fact]
    public async Task Art40_An_unconfirmed_delivery_is_reminded_and_escalated_and_stays_unconfirmed()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await TestingAsync(province);
        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "ok" });
        await province.DoAsync(province.Technical, id, RequestAction.Advise, new() { Lines = [Servers(2)] });
        await province.DoAsync(province.Technical, id, RequestAction.FileAdvice);
        await province.DoAsync(province.Technical, id, RequestAction.IssueDeliveryOrder);
        await province.DrainAsync();

        await Advancing.ToAsync(province, "2026-12-01T12:00:00+08:00");

        var due = (await province.RequestAsync(id)).Deadlines.Single(d => d.Step == "confirm").DueAt;
        var told = $"{China.Day(due).AddDays(1):yyyy-MM-dd} overdue";
        Assert.Equal([told], await BoxAsync(province, "tenant-a"));
        Assert.Contains(told, await BoxAsync(province, "technical"));
        Assert.Equal(RequestState.Delivered, (await province.RequestAsync(id)).State);
    }

    [Fact]
    public async Task The_clock_refuses_the_past_and_too_far_and_can_be_stopped()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var clock = Advancing.Of(province);

        Assert.Equal("clock.past", clock.Start(province.Clock.GetUtcNow()).Refusal?.Code);
        Assert.Equal("clock.tooFar", clock.Start(province.Clock.GetUtcNow().AddYears(100)).Refusal?.Code);

        var running = clock.Start(province.Clock.GetUtcNow().AddYears(3));
        var busy = clock.Start(province.Clock.GetUtcNow().AddYears(4));
        clock.Stop();
        var stopped = await running.Value;

        Assert.Equal("clock.busy", busy.Refusal?.Code);
        Assert.True(stopped.To < stopped.From.AddYears(3), $"{stopped.To:o}");
        Assert.Equal(province.Clock.GetUtcNow(), stopped.To);
        Assert.Null(clock.Current);
    }

    private static async Task<RequestId> TestingAsync(Province province)
    {
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(2));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        return id;
    }

    /// <summary>The reminders in an organisation's box, oldest first: day, near or overdue, days left.</summary>
    private static async Task<IReadOnlyList<string>> BoxAsync(Province province, string organisation)
    {
        var box = await province.ReadAsync(
            (t, token) => province.Get<INotifications>().ListAsync(t, organisation, new(null, 100), token)
        );
        return
        [
            .. box
                .Items.Reverse()
                .Where(n => n.Code.StartsWith("deadline.", StringComparison.Ordinal))
                .Select(n => $"{China.Day(n.At):yyyy-MM-dd} {n.Code[9..]}{DaysOf(n.Text.En)}"),
        ];
    }

    private static string DaysOf(string text)
    {
        var at = text.IndexOf("is due in ", StringComparison.Ordinal);
        return at < 0 ? "" : $" {text[(at + 10)..].Split(' ')[0]}";
    }
}

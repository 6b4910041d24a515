using System.Diagnostics;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Journey.Tests;

/// <summary>The built host, killed in one month and started again three month-ends later.</summary>
public sealed class DownTests
{
    private static readonly string Adapters = Path.Combine(Repository.Root, "adapters.json");

    [Theory, OnBoth]
    public async Task Three_month_ends_are_closed_and_reported_in_order_once_by_however_many_processes(Database on)
    {
        await using var database = await TestDatabase.CreateAsync(on);
        await using (var before = await StartAsync(database, "2026-09-12T09:00:00+08:00"))
        {
            await before.KillAsync();
        }

        await using var host = await StartAsync(database, "2026-12-05T09:00:00+08:00");
        await using var beside =
            on == Database.Postgres ? await StartAsync(database, "2026-12-05T09:00:00+08:00") : null;
        var reports = await UntilReportedAsync(host, 3);

        Assert.Equal(["monthly-2026-09", "monthly-2026-10", "monthly-2026-11"], reports);
        foreach (var job in (string[])["close-month", "monthly-report"])
        {
            var again = await host.CallAsync(HttpMethod.Post, $"/api/v1/jobs/{job}/run", "technical");
            Assert.Equal(("done", 0), (again["outcome"]!.GetValue<string>(), again["periods"]!.AsArray().Count));
        }

        Assert.Equal(reports, await ReportsAsync(host));
        var told = await host.CallAsync(HttpMethod.Get, "/api/v1/notifications?limit=500", "authority");
        var of = told["items"]!.AsArray().Select(n => n!["subject"]!["id"]!.GetValue<string>()).Where(reports.Contains);
        Assert.Equal(reports.Reverse(), of);
    }

    [Fact]
    public async Task A_second_process_on_the_data_folder_of_another_does_not_start()
    {
        await using var database = await TestDatabase.CreateAsync(Database.Sqlite);
        await using var first = await StartAsync(database, "2026-09-12T09:00:00+08:00");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            StartAsync(database, "2026-09-12T09:00:00+08:00")
        );

        Assert.Contains("--data: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("PostgreSQL", refused.Message, StringComparison.Ordinal);
        await first.KillAsync();
        await using var again = await StartAsync(database, "2026-09-12T09:00:00+08:00");
    }

    private static Task<HostProcess> StartAsync(TestDatabase database, string clock) =>
        HostProcess.StartAsync(
            database.Folder,
            Adapters,
            ["--demo", "--clock", clock, .. database.ConnectionString is { } books ? (string[])["--books", books] : []]
        );

    private static async Task<IReadOnlyList<string>> UntilReportedAsync(HostProcess host, int count)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var reports = await ReportsAsync(host);
            if (reports.Count >= count)
            {
                return reports;
            }

            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(1), $"{reports.Count} reports\n{host.Output}");
            await Task.Delay(100);
        }
    }

    private static async Task<IReadOnlyList<string>> ReportsAsync(HostProcess host)
    {
        var list = await host.CallAsync(HttpMethod.Get, "/api/v1/reports", "technical");
        return [.. list["items"]!.AsArray().Select(r => r!["id"]!.GetValue<string>())];
    }
}

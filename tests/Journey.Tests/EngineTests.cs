using System.Text.Json.Nodes;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Journey.Tests;

/// <summary>The built host with its samples in a real VictoriaMetrics, beside one with the embedded store.</summary>
public sealed class EngineTests : IDisposable
{
    private static readonly DateTimeOffset StoryEnds = new(2026, 10, 2, 0, 0, 0, TimeSpan.FromHours(8));
    private readonly List<string> _folders = [];

    public void Dispose() => _folders.ForEach(folder => Directory.Delete(folder, recursive: true));

    [Fact]
    public async Task A_month_of_the_first_hour_says_the_same_from_an_engine_as_from_the_embedded_store()
    {
        await using var engine = new RunningVictoria();
        Assert.SkipUnless(engine.WhyNot is null, engine.WhyNot ?? "");
        Assert.SkipUnless(FirstHour.CanRun, "needs sh and curl");
        Assert.SkipUnless(
            TimeProvider.System.GetUtcNow() > StoryEnds,
            $"VictoriaMetrics takes no samples of the future, and the story lasts until {StoryEnds:yyyy-MM-dd}"
        );
        await engine.StartAsync();

        var embedded = await LiveAsync();
        var kept = await LiveAsync("--metrics", $"{engine.Address}?spool=1");

        Assert.Equal(embedded.Utilisation, kept.Utilisation);
        Assert.Equal(embedded.Samples, kept.Samples);
        Assert.Equal(2, embedded.Utilisation.Count);
        Assert.DoesNotContain("\"cpu\":null", embedded.Samples, StringComparison.Ordinal);
    }

    private async Task<Seen> LiveAsync(params string[] more)
    {
        var folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;
        _folders.Add(folder);
        var page = new FirstHour();
        var adapters = Path.Combine(Repository.Root, "adapters.json");
        await using var host = await HostProcess.StartAsync(folder, adapters, [.. page.Options, .. more]);
        await page.RunAsync(host, folder);

        // Which server the mock pool makes first, and so which habits it has, is a race: the busier one is looked at.
        var utilisation = await host.CallAsync(
            HttpMethod.Get,
            "/api/v1/utilisation?month=2026-09&by=resource",
            "technical"
        );
        var rows = utilisation["items"]!
            .AsArray()
            .OrderByDescending(r => r!["cpu"]!["mean"]!.GetValue<double>())
            .ToList();
        var resource = rows[0]!["resource"]!.GetValue<string>();
        // Whole days: on the first one a server was made at whatever minute.
        const string range = "from=2026-09-20T00:00:00%2B08:00&until=2026-09-27T00:00:00%2B08:00&step=5m";
        var samples = await host.CallAsync(
            HttpMethod.Get,
            $"/api/v1/resources/{resource}/samples?{range}",
            "technical"
        );
        return new Seen([.. rows.Select(Use)], samples["points"]!.ToJsonString());
    }

    private static string Use(JsonNode? row) =>
        string.Join(' ', new[] { "window", "cpu", "memory", "disk" }.Select(part => row![part]!.ToJsonString()));

    /// <summary>What the host answered.</summary>
    private sealed record Seen(IReadOnlyList<string> Utilisation, string Samples);
}

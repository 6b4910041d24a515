using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudManager.Api.Inventory;
using CloudManager.Api.Metering;
using CloudManager.Api.Tests.Support;
using CloudManager.Core.Inventory;
using CloudManager.Core.Metering;

namespace CloudManager.Api.Tests.Monitoring;

/// <summary>docs/monitoring beside what the host serves.</summary>
[Collection(DemoCollection.Name)]
public sealed partial class MonitoringFilesTests(DemoHost host)
{
    private const string Rules = "cloudmanager.rules.yml";
    private const string Dashboard = "cloudmanager-dashboard.json";
    private const string Promtool = "/usr/bin/promtool";

    [Theory]
    [InlineData(Rules)]
    [InlineData(Dashboard)]
    public async Task Every_metric_named_is_served(string file)
    {
        await host.Service<CollectSamples>().LookAsync(CancellationToken.None);
        await host.Service<SyncInventory>().LookAsync(CancellationToken.None);
        await host.Service<InventoryFigures>().RefreshAsync(CancellationToken.None);
        await host.Service<MeteringFigures>().RefreshAsync(CancellationToken.None);

        var served = (await host.SendAsync(new Call("GET", "/metrics"))).Text;
        var named = Metrics().Matches(await TextAsync(file)).Select(m => m.Value).Distinct().ToList();

        Assert.True(named.Count >= 9, file);
        var lines = served.Split('\n').Select(l => l.Split('{', ' ')[0]).ToHashSet();
        Assert.Equal([], named.Except(lines));
    }

    [Fact]
    public async Task The_figures_are_of_every_pool_that_measures()
    {
        await host.Service<MeteringFigures>().RefreshAsync(CancellationToken.None);

        var served = (await host.SendAsync(new Call("GET", "/metrics"))).Text.Split('\n');

        Assert.Contains("cloudmanager_sample_engine_up 1", served);
        Assert.Contains("cloudmanager_samples_spooled_bytes 0", served);
        Assert.Contains("""cloudmanager_collection_failing{pool="mock-a"} 0""", served);
        Assert.Contains("""cloudmanager_samples_set_aside_total{pool="mock-b",reason="tooLarge"} 0""", served);
        Assert.Contains("# TYPE cloudmanager_samples_set_aside_total counter", served);
    }

    [Fact]
    public async Task Every_alert_speaks_both_languages()
    {
        var rules = await TextAsync(Rules);
        var words = Annotations().Matches(rules);

        Assert.Equal(2 * Alerts().Count(rules), words.Count);
        Assert.All(
            words,
            word =>
            {
                var halves = word.Groups["text"].Value.Split(" / ");
                Assert.Equal(2, halves.Length);
                Assert.Contains(halves[0], c => c is >= '\u4e00' and <= '\u9fff');
                Assert.DoesNotContain(halves[1], c => c is >= '\u4e00' and <= '\u9fff');
            }
        );
    }

    [Fact]
    public async Task The_dashboard_asks_the_data_source_that_is_chosen()
    {
        using var dashboard = JsonDocument.Parse(await TextAsync(Dashboard));
        var root = dashboard.RootElement;
        var variables = root.GetProperty("templating").GetProperty("list").EnumerateArray();
        var panels = root.GetProperty("panels").EnumerateArray().ToList();

        Assert.Contains(variables, v => v.GetProperty("name").GetString() == "datasource");
        Assert.All(
            panels.SelectMany(p => p.GetProperty("targets").EnumerateArray()).Concat(panels),
            p => Assert.Equal("${datasource}", p.GetProperty("datasource").GetProperty("uid").GetString())
        );
        Assert.Equal(panels.Count, panels.Select(p => p.GetProperty("id").GetInt32()).Distinct().Count());
    }

    [Fact]
    public async Task Prometheus_takes_the_rules()
    {
        Assert.SkipUnless(File.Exists(Promtool), $"{Promtool} is not there: it comes with the package prometheus");
        using var promtool = Process.Start(
            new ProcessStartInfo(Promtool, ["check", "rules", Find(Rules)])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var said = await promtool.StandardOutput.ReadToEndAsync();
        said += await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();

        Assert.True(promtool.ExitCode == 0, said);
    }

    private static Task<string> TextAsync(string file) => File.ReadAllTextAsync(Find(file), CancellationToken.None);

    private static string Find(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "docs", "monitoring")))
        {
            folder = folder.Parent ?? throw new FileNotFoundException("no docs/monitoring above the tests");
        }

        return Path.Combine(folder.FullName, "docs", "monitoring", file);
    }

    [GeneratedRegex("cloudmanager_[a-z0-9_]+", RegexOptions.None, 1000)]
    private static partial Regex Metrics();

    [GeneratedRegex("^      - alert: ", RegexOptions.Multiline, 1000)]
    private static partial Regex Alerts();

    [GeneratedRegex(
        "^          (summary|description): \"(?<text>.+)\"$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Annotations();
}

using System.Text.Json;
using CloudManager.Adapters.OpenStack;
using CloudManager.Adapters.Sdk;
using CloudManager.Journey.Tests.Support;
using CloudManager.Lab.Tests.Support;
using static CloudManager.Lab.Tests.Support.Orders;

namespace CloudManager.Lab.Tests;

/// <summary>Measures pushed into the real Gnocchi as Ceilometer pushes them come back as percent (art. 22).</summary>
[Collection(LabCollection.Name)]
public sealed class MeteringTests
{
    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Thirty_days_of_fifty_servers_come_back_as_they_were_measured()
    {
        Assert.SkipUnless(TheLab.IsThere, TheLab.Missing);
        await using var project = await LabProject.CreateAsync();
        using var ceilometer = await Ceilometer.OpenAsync(project);
        var until = Floor(TimeProvider.System.GetUtcNow()) - Slot;
        // The policy keeps 30 days; its first point has no step before it.
        var from = until - TimeSpan.FromDays(30);
        string[] servers = [.. Enumerable.Range(0, 50).Select(_ => Guid.NewGuid().ToString())];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, servers.Length),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (n, token) =>
            {
                await ceilometer.CreateAsync(servers[n], "2C4G", token);
                await ceilometer.PushAsync(servers[n], Course.Of(n, from, until), token);
            }
        );
        await ceilometer.DigestedAsync();

        var samples = await ReadAsync(project, servers, (from, until));

        var numbers = servers.Select((id, n) => (id, n)).ToDictionary(s => s.id, s => s.n);
        Assert.Equal(50 * 30 * 288, samples.Count);
        Assert.Equal(samples.Count, samples.Select(s => (s.Server, s.Slot)).Distinct().Count());
        foreach (var sample in samples)
        {
            var (cpu, memory) = Course.At(numbers[sample.Server.Value], sample.Slot);
            if (sample.Slot > from)
            {
                Assert.Equal(cpu, sample.CpuPercent!.Value, tolerance: 0.01);
            }

            Assert.Equal(memory, sample.MemoryPercent!.Value, tolerance: 0.01);
            Assert.Null(sample.DiskPercent);
        }
    }

    [Fact]
    public async Task An_outage_of_Gnocchi_is_made_up_for_without_gap_or_double()
    {
        Assert.SkipUnless(TheLab.IsThere, TheLab.Missing);
        await using var project = await LabProject.CreateAsync();
        var now = Floor(TimeProvider.System.GetUtcNow());
        var start = now.AddHours(-30);
        await using var host = await project.StartHostAsync(null, "--clock", start.ToString("o"));
        await TestingAsync(host, "lab", Servers(1, 2, 4));
        var server = Assert.Single(await ResourcesAsync(host, "server", "testing"));
        var native = Text(server, "nativeId");
        using var ceilometer = await Ceilometer.OpenAsync(project);
        await ceilometer.CreateAsync(native, "2C4G", CancellationToken.None);
        await ceilometer.PushAsync(native, Course.Of(7, start.AddHours(-1), now), CancellationToken.None);
        await ceilometer.DigestedAsync();

        await AdvanceAsync(host, start.AddHours(10));
        await Services.StopAsync("gnocchi-api");
        try
        {
            await AdvanceAsync(host, start.AddHours(13));
        }
        finally
        {
            await Services.StartAsync("gnocchi-api");
        }

        await AdvanceAsync(host, start.AddHours(26));

        var (from, until) = (start.AddHours(1), start.AddHours(25));
        var path = $"/api/v1/resources/{Text(server, "id")}/samples?from={Time(from)}&until={Time(until)}&step=5m";
        var series = await host.CallAsync(HttpMethod.Get, path, "technical");
        var points = series["points"]!.AsArray();
        Assert.Equal(24 * 12, points.Count);
        for (var i = 0; i < points.Count; i++)
        {
            var (cpu, memory) = Course.At(7, from + (i * Slot));
            Assert.True(points[i]!["cpu"] is not null, $"slot {i} is missing: {host.Output}");
            Assert.Equal(cpu, points[i]!["cpu"]!.GetValue<double>(), tolerance: 0.01);
            Assert.Equal(memory, points[i]!["memory"]!.GetValue<double>(), tolerance: 0.01);
        }
    }

    private static async Task<IReadOnlyList<UsageSample>> ReadAsync(
        LabProject project,
        IEnumerable<string> servers,
        (DateTimeOffset From, DateTimeOffset Until) range
    )
    {
        var pool = JsonDocument.Parse(await File.ReadAllTextAsync(project.WriteAdapters(null))).RootElement;
        var settings = pool.GetProperty("pools")[0].GetProperty("settings").GetRawText();
        var resolved = settings.Replace($"env:{TheLab.PasswordVariable}", TheLab.Password, StringComparison.Ordinal);
        var context = new AdapterContext(
            "lab",
            JsonElement.Parse(resolved),
            project.Folder,
            TimeProvider.System,
            TimeProvider.System
        );
        await using var adapter = new OpenStackAdapterFactory().Create(context);
        await adapter.CheckAsync(CancellationToken.None);
        var samples = new List<UsageSample>();
        NativeId[] ids = [.. servers.Select(s => new NativeId(s))];
        await foreach (var batch in adapter.Usage!.ReadAsync(ids, range.From, range.Until, CancellationToken.None))
        {
            samples.AddRange(batch);
        }

        return samples;
    }

    private static Task AdvanceAsync(HostProcess host, DateTimeOffset to) =>
        host.CallAsync(HttpMethod.Post, "/api/v1/demo/clock", "technical", new { advanceTo = to.ToString("o") });

    private static string Time(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("o"));

    private static DateTimeOffset Floor(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % Slot.Ticks), TimeSpan.Zero);
}

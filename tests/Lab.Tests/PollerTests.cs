using System.Text.Json.Nodes;
using CloudManager.Journey.Tests.Support;
using CloudManager.Lab.Tests.Support;
using static CloudManager.Lab.Tests.Support.Orders;

namespace CloudManager.Lab.Tests;

/// <summary>
/// Real guests on libvirt and QEMU, ordered through the platform and measured by Ceilometer's own poller every minute
/// (art. 22). Runs beside the other tests: most of it is waiting for two whole slots of five minutes.
/// </summary>
public sealed class PollerTests
{
    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task An_idle_guest_is_seen_idle_and_a_busy_one_busy()
    {
        Assert.SkipUnless(TheLab.HasGuests, TheLab.NoGuests);
        await using var project = await LabProject.CreateAsync();
        await using var host = await project.StartHostAsync(pools =>
        {
            pools[0]!["settings"]!["availabilityZone"] = "libvirt";
            pools[0]!["mapping"]!["flavours"]![0]!["flavour"] = "guest-1C1G";
            var images = pools[0]!["mapping"]!["images"]!;
            (images["lab-idle"], images["lab-busy"]) = ("lab-idle", "lab-busy");
        });
        await TestingAsync(host, "lab", Servers(1, 1, 1, "lab-idle"), Servers(1, 1, 1, "lab-busy"));
        var since = TimeProvider.System.GetUtcNow();
        var servers = await ResourcesAsync(host, "server", "testing");
        var busy = servers.Single(s => Image(s) == "lab-busy");
        var idle = servers.Single(s => Image(s) == "lab-idle");

        // The rest of the slot under way, two whole ones, which tell how often is polled, and what the poller and Gnocchi need
        // to get done with it.
        JsonNode? seenBusy = null;
        JsonNode? seenIdle = null;
        var measured = await Patience.UntilAsync(
            async () =>
            {
                await host.SendAsync(HttpMethod.Post, "/api/v1/jobs/collect/run", "technical");
                seenBusy = await WholeSlotAsync(host, busy, since);
                seenIdle = await WholeSlotAsync(host, idle, since);
                return seenBusy is not null && seenIdle is not null;
            },
            TimeSpan.FromMinutes(20),
            TimeSpan.FromSeconds(10)
        );

        Assert.True(measured, host.Output);
        Assert.InRange(seenIdle!["cpu"]!.GetValue<double>(), 0, 10);
        // It computes without end, but on cores that it shares with the cloud and the other tests.
        Assert.InRange(seenBusy!["cpu"]!.GetValue<double>(), 25, 110);
        // The guests have no balloon driver: nobody measured their memory, which is not the same as none being used.
        Assert.Null(seenIdle["memory"]);
        Assert.Null(seenBusy["memory"]);
    }

    /// <summary>The first measured slot that lies wholly after the instant.</summary>
    private static async Task<JsonNode?> WholeSlotAsync(HostProcess host, JsonNode server, DateTimeOffset since)
    {
        var from = new DateTimeOffset(since.UtcTicks - (since.UtcTicks % Slot.Ticks), TimeSpan.Zero) + Slot;
        var path =
            $"/api/v1/resources/{Text(server, "id")}/samples?from={Time(from)}&until={Time(from.AddHours(1))}&step=5m";
        var series = await host.CallAsync(HttpMethod.Get, path, "technical");
        return series["points"]!.AsArray().FirstOrDefault(p => p!["cpu"] is not null);
    }

    private static string Image(JsonNode server) => Text(server["spec"]!, "image");

    private static string Time(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("o"));
}

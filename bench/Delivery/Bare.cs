using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CloudManager.Bench.Delivery;

/// <summary>The peer: so many POSTs at once, each server then polled by itself until it is ACTIVE.</summary>
internal sealed class Bare(Cloud cloud, int atOnce)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>How long it took until the last of them was ACTIVE.</summary>
    public async Task<TimeSpan> DeliverAsync(int servers)
    {
        var image = await cloud.FindAsync("image", "/v2/images?name=lab-linux", "images");
        var network = await cloud.FindAsync("network", "/v2.0/networks?name=demo-net", "networks");
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, servers),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (number, token) =>
            {
                var made = await cloud.PostAsync("compute", "/servers", Server(number, image, network));
                var id = (string)made["server"]!["id"]!;
                while (true)
                {
                    var shown = await cloud.GetAsync("compute", $"/servers/{id}");
                    var status = (string)shown["server"]!["status"]!;
                    if (status == "ACTIVE")
                    {
                        break;
                    }

                    if (status == "ERROR")
                    {
                        throw new InvalidOperationException($"{id} is in error");
                    }

                    await Task.Delay(Pause, token);
                }
            }
        );
        return watch.Elapsed;
    }

    private static JsonObject Server(int number, string image, string network) =>
        new()
        {
            ["server"] = new JsonObject
            {
                ["name"] = $"lab-bare-{number}",
                // Its disk is as large as ordered by the platform: neither side makes a volume to boot from.
                ["flavorRef"] = "2c4g",
                ["imageRef"] = image,
                ["tags"] = new JsonArray($"lab-bare-{number}"),
                ["networks"] = new JsonArray(new JsonObject { ["uuid"] = network }),
            },
        };
}

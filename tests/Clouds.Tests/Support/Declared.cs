using System.Text.Json.Nodes;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Clouds.Tests.Support;

/// <summary>The demonstration's adapters.json with other clouds behind some of its pools: nothing else is changed.</summary>
internal static class Declared
{
    /// <summary>Writes the file into the folder.</summary>
    /// <returns>Its path.</returns>
    public static string Write(
        string folder,
        IReadOnlyDictionary<string, IOtherCloud> clouds,
        Action<JsonObject>? change = null
    )
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "adapters.json")))!.AsObject();
        foreach (var (id, cloud) in clouds)
        {
            var pool = file["pools"]!.AsArray().Single(p => p!["id"]!.GetValue<string>() == id)!.AsObject();
            foreach (var (member, value) in cloud.Declare(pool, folder))
            {
                file[member] = value;
            }
        }

        change?.Invoke(file);
        var path = Path.Combine(folder, "adapters.json");
        File.WriteAllText(path, file.ToJsonString());
        return path;
    }

    /// <summary>A secret in a file of the folder, and its reference.</summary>
    public static string Secret(string folder, string name, string value)
    {
        File.WriteAllText(Path.Combine(folder, name), value);
        return $"file:{name}";
    }

    /// <summary>The pool's table of sizes, images and volume types.</summary>
    public static JsonObject Mapping(
        IEnumerable<(int Vcpus, int MemoryGiB, string Flavour)> flavours,
        string image,
        string volumeType
    ) =>
        new()
        {
            ["flavours"] = new JsonArray([
                .. flavours.Select(row => new JsonObject
                {
                    ["vcpus"] = row.Vcpus,
                    ["memoryGiB"] = row.MemoryGiB,
                    ["flavour"] = row.Flavour,
                }),
            ]),
            ["images"] = new JsonObject { ["kylin-v10-x86"] = image },
            ["volumeTypes"] = new JsonObject { ["vol-ssd"] = volumeType },
        };
}

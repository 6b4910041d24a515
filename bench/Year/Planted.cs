using System.Globalization;
using System.Text.Json.Nodes;

namespace CloudManager.Bench.Year;

/// <summary>
/// Servers whose use is planted, a system for each sort, and the confusion table of what the platform found of them: every
/// finding of use that was ever opened counts, whether or not it stands at the end.
/// </summary>
internal sealed class Planted(Host host, int servers)
{
    private static readonly (string Habit, string? Kind, string? OfSystem)[] Sorts =
    [
        ("idle", "zombie", "zombie"),
        ("lowUse", "lowUse", "lowUse"),
        ("oversized", "oversized", null),
        ("rightSized", null, null),
        ("busy", "undersized", null),
        ("bursty", null, null),
        ("officeHours", null, null),
    ];

    private static readonly string[] Kinds = ["zombie", "lowUse", "oversized", "undersized"];

    /// <summary>The repository's pools, in the first of which the n-th server is of the n-th sort of the plan.</summary>
    public static async Task<string> WriteAdaptersAsync(string folder, int servers)
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync("adapters.json"))!.AsObject();
        file.Remove("$schema");
        var settings = file["pools"]!.AsArray().Single(p => (string?)p!["id"] == "mock-a")!["settings"]!.AsObject();
        var plan = Sorts.SelectMany((sort, i) => Enumerable.Repeat(sort.Habit, CountOf(servers, i)));
        settings["habits"] = new JsonArray([.. plan.Select(h => JsonValue.Create(h))]);
        var path = Path.Combine(folder, "adapters.json");
        await File.WriteAllTextAsync(path, file.ToJsonString());
        return path;
    }

    /// <summary>Brings them into service, system by system, so that each system's servers are of one sort.</summary>
    public async Task ServeAsync()
    {
        var province = new Province(host);
        for (var i = 0; i < Sorts.Length; i++)
        {
            var system = SystemOf(Sorts[i].Habit);
            await host.CallAsync(
                "tenant-a",
                "/systems",
                new
                {
                    code = system,
                    name = Sorts[i].Habit,
                    protectionLevel = 2,
                    classified = false,
                }
            );
            await province.ServeAsync(system, CountOf(servers, i));
        }
    }

    /// <summary>Prints the table; false if anything was found that was not planted, or not found that was.</summary>
    public async Task<bool> CompareAsync()
    {
        var systemOf = new Dictionary<string, string>();
        await foreach (var server in ItemsAsync("/resources"))
        {
            systemOf[(string)server["id"]!] = (string)server["system"]!;
        }

        var found = new HashSet<(string Subject, string Kind)>();
        foreach (var kind in Kinds)
        {
            await foreach (var finding in ItemsAsync($"/findings?kind={kind}"))
            {
                found.Add(((string)finding["subject"]!["id"]!, kind));
            }
        }

        Console.WriteLine($"planted | servers | {string.Join(" | ", Kinds)} | nothing | system");
        var isExact = true;
        foreach (var (habit, expected, ofSystem) in Sorts)
        {
            var own = systemOf.Where(s => s.Value == SystemOf(habit)).Select(s => s.Key).ToList();
            var counts = Kinds.ToDictionary(k => k, k => own.Count(id => found.Contains((id, k))));
            var none = own.Count(id => !Kinds.Any(k => found.Contains((id, k))));
            var systems = Kinds.Where(k => found.Contains((SystemOf(habit), k))).ToList();
            isExact &= own.Count == CountOf(servers, Array.FindIndex(Sorts, s => s.Habit == habit));
            isExact &= counts.All(c => c.Value == (c.Key == expected ? own.Count : 0));
            isExact &= none == (expected is null ? own.Count : 0);
            isExact &= systems.SequenceEqual(ofSystem is null ? [] : [ofSystem]);
            Console.WriteLine(
                $"{habit} | {own.Count} | {string.Join(" | ", Kinds.Select(k => counts[k]))} | {none} | {string.Join(", ", systems)}"
            );
        }

        Console.WriteLine(isExact ? "exactly what was planted" : "NOT what was planted");
        return isExact;
    }

    private static int CountOf(int servers, int sort) =>
        (servers / Sorts.Length) + (sort < servers % Sorts.Length ? 1 : 0);

    private static string SystemOf(string habit) => $"bench-{habit.ToLower(CultureInfo.InvariantCulture)}";

    private async IAsyncEnumerable<JsonNode> ItemsAsync(string path)
    {
        string? next = "";
        while (next is not null)
        {
            var join = path.Contains('?') ? '&' : '?';
            var cursor = next.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(next)}";
            var page = await host.CallAsync("technical", $"{path}{join}limit=500{cursor}");
            foreach (var item in page["items"]!.AsArray())
            {
                yield return item!;
            }

            next = (string?)page["next"];
        }
    }
}

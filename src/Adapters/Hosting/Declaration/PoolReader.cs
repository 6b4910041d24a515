using System.Text.Json;
using CloudManager.Adapters.Hosting.Secrets;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;

namespace CloudManager.Adapters.Hosting.Declaration;

/// <summary>Makes pools of a file that has no faults.</summary>
internal static class PoolReader
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <param name="pool">The pool's element.</param>
    /// <param name="folder">The folder of the file, from which secrets' paths start.</param>
    /// <param name="plugins">The builds of the plug-ins by their kinds.</param>
    public static Pool Read(JsonElement pool, string folder, IReadOnlyDictionary<string, string> plugins) =>
        new()
        {
            Id = new PoolId(Text(pool, "id")),
            Name = Text(pool, "name"),
            Provider = Text(pool, "provider"),
            Region = Text(pool, "region"),
            Kind = Enum.Parse<PoolKind>(Text(pool, "kind"), ignoreCase: true),
            Adapter = Text(pool, "adapter"),
            Build = plugins.GetValueOrDefault(Text(pool, "adapter")),
            Settings = SecretSettings.Anchored(Member(pool, "settings") ?? Nothing, folder),
            Limits = Limits(Member(pool, "limits") ?? Nothing),
            Mapping = Mapping(Member(pool, "mapping") ?? Nothing),
        };

    private static PoolLimits Limits(JsonElement limits)
    {
        var timeout = Member(limits, "callTimeoutSeconds")?.GetDouble();
        return new PoolLimits(
            Whole(limits, "concurrency") ?? PoolLimits.Default.Concurrency,
            Member(limits, "requestsPerSecond")?.GetDouble() ?? PoolLimits.Default.RequestsPerSecond,
            timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : PoolLimits.Default.CallTimeout,
            Whole(limits, "retries") ?? PoolLimits.Default.Retries
        );
    }

    private static PoolMapping Mapping(JsonElement mapping) =>
        new(
            [.. Items(mapping, "flavours").Select(Flavour)],
            Names(mapping, "images"),
            Names(mapping, "volumeTypes"),
            Member(mapping, "defaultNetwork")?.GetString()
        );

    private static FlavourRule Flavour(JsonElement row) =>
        new(
            [.. Items(row, "items").Select(item => item.GetString()!)],
            new ServerSize(Whole(row, "vcpus")!.Value, Whole(row, "memoryGiB")!.Value),
            Text(row, "flavour")
        );

    private static Dictionary<string, string> Names(JsonElement holder, string name) =>
        Member(holder, name)?.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString()!)
        ?? [];

    private static JsonElement? Member(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) ? value : null;

    private static IEnumerable<JsonElement> Items(JsonElement holder, string name) =>
        Member(holder, name)?.EnumerateArray() ?? Enumerable.Empty<JsonElement>();

    private static string Text(JsonElement holder, string name) => holder.GetProperty(name).GetString()!;

    /// <summary>A whole number; the schema takes 8.0 for one too.</summary>
    private static int? Whole(JsonElement holder, string name) => (int?)Member(holder, name)?.GetDouble();
}

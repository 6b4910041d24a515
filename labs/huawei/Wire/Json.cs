using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudManager.Labs.Huawei.Wire;

/// <summary>Reading members of a body that may be absent, and writing dates as each service has them.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Text(JsonNode node) => node.ToJsonString(Plain);

    /// <summary>The text of a member; a number or truth value as it is written; null if absent.</summary>
    public static string? Str(this JsonNode? node, string name) =>
        (node as JsonObject)?[name] switch
        {
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            JsonValue value => value.ToJsonString(),
            _ => null,
        };

    public static int? Int(this JsonNode? node, string name) => int.TryParse(node.Str(name), out var n) ? n : null;

    public static long? Long(this JsonNode? node, string name) => long.TryParse(node.Str(name), out var n) ? n : null;

    public static bool Flag(this JsonNode? node, string name) => node.Str(name) is "true" or "True" or "1";

    public static JsonObject? Obj(this JsonNode? node, string name) => (node as JsonObject)?[name] as JsonObject;

    public static IEnumerable<JsonObject> List(this JsonNode? node, string name) =>
        ((node as JsonObject)?[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    public static JsonArray Array(IEnumerable<JsonNode?> nodes) => [.. nodes];

    public static JsonArray Strings(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];

    public static JsonObject Map(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));

    /// <summary>The string members of an object, in a dictionary of one's own.</summary>
    public static Dictionary<string, string> Pairs(JsonObject? map) =>
        map?.ToDictionary(pair => pair.Key, pair => map.Str(pair.Key) ?? "") ?? [];

    /// <summary>A list of <c>{key,value}</c>.</summary>
    public static Dictionary<string, string> Tags(IEnumerable<JsonObject> tags)
    {
        var all = new Dictionary<string, string>();
        foreach (var tag in tags)
        {
            all[tag.Str("key") ?? ""] = tag.Str("value") ?? "";
        }

        return all;
    }

    public static JsonArray TagList(IReadOnlyDictionary<string, string> tags) =>
        Array(tags.Select(tag => new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value }));

    /// <summary><c>2019-05-22T03:19:19Z</c>: ECS, IMS, VPC.</summary>
    public static string Seconds(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary><c>2019-04-01T12:00:00.000Z</c>: jobs.</summary>
    public static string Millis(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    /// <summary><c>2016-05-25T02:38:40.392463</c>, UTC without saying so: EVS, launched_at.</summary>
    public static string Micros(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff");

    /// <summary><c>2019-05-22 03:19:19</c>: EIP v1.</summary>
    public static string Blank(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss");
}

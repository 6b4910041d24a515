using System.Text.Json;
using System.Text.Json.Nodes;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Secrets;

/// <summary>Rewrites the references in a pool's settings.</summary>
internal static class SecretSettings
{
    /// <summary>The settings with the paths of files made absolute from this folder.</summary>
    public static JsonElement Anchored(JsonElement settings, string folder) =>
        Rewrite(settings, reference => reference.From(folder).ToString());

    /// <summary>The settings with the secrets in them. What this answers is never logged or kept.</summary>
    /// <exception cref="AdapterException">A reference leads nowhere.</exception>
    public static JsonElement Resolved(JsonElement settings) =>
        Rewrite(
            settings,
            reference =>
                reference.Read(out var expected)
                ?? throw new AdapterException(
                    FailureKind.Unauthenticated,
                    $"The secret '{reference}' cannot be read; expected is {expected}."
                )
        );

    private static JsonElement Rewrite(JsonElement settings, Func<SecretReference, string> replace) =>
        JsonSerializer.SerializeToElement(Rewrite(JsonNode.Parse(settings.GetRawText()), replace));

    private static JsonNode? Rewrite(JsonNode? node, Func<SecretReference, string> replace)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    members[name] = Rewrite(value?.DeepClone(), replace);
                }

                return members;
            case JsonArray items:
                for (var index = 0; index < items.Count; index++)
                {
                    items[index] = Rewrite(items[index]?.DeepClone(), replace);
                }

                return items;
            case JsonValue value when value.TryGetValue<string>(out var text):
                return SecretReference.In(text) is { } reference ? JsonValue.Create(replace(reference)) : value;
            default:
                return node;
        }
    }
}

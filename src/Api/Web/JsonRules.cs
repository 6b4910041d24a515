using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CloudManager.Core.Catalogue;

namespace CloudManager.Api.Web;

/// <summary>Strict JSON: nothing unknown, nothing twice, no number as text, no null where something must stand.</summary>
internal static class JsonRules
{
    public static void Apply(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.PropertyNameCaseInsensitive = false;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.AllowDuplicateProperties = false;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.MaxDepth = 16;
        // An offset reads +08:00; answers are JSON by their media type and by nosniff, never part of a page.
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.Converters.Add(new InstantConverter());
        json.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RefuseNullElements, LeaveOutNulls } };
    }

    public static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Apply(options);
        return options;
    }

    /// <summary>Annotations do not reach into lists, so each list of an object is looked through once it is read.</summary>
    private static void RefuseNullElements(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        var lists = type.Properties.Where(p => p.Get is not null && IsList(p.PropertyType)).ToList();
        if (lists.Count > 0)
        {
            type.OnDeserialized = read => lists.ForEach(list => Examine(list.Name, list.Get!(read)));
        }
    }

    private static void Examine(string name, object? list)
    {
        var index = 0;
        foreach (var element in (IEnumerable?)list ?? Array.Empty<object>())
        {
            if (element is null)
            {
                throw new JsonException("null", $"$.{name}[{index}]", null, null);
            }

            index++;
        }
    }

    private static bool IsList(Type type) =>
        type != typeof(string) && type != typeof(JsonElement) && typeof(IEnumerable).IsAssignableFrom(type);

    /// <summary>A spec shows only what applies to its kind of item.</summary>
    private static void LeaveOutNulls(JsonTypeInfo type)
    {
        if (type.Type == typeof(Spec))
        {
            foreach (var property in type.Properties)
            {
                property.ShouldSerialize = (_, value) => value is not null;
            }
        }
    }
}

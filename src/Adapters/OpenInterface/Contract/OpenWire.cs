using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Contract;

/// <summary>
/// How the open interface (开放接口, art. 16) is written: the contract's own records in camel case. Both sides use it;
/// docs/open-interface/openapi.json says the same for everybody else, and a test compares the two.
/// </summary>
public static class OpenWire
{
    /// <summary>Where every path begins.</summary>
    public const string Root = "/open/v1";

    /// <summary>The header of a create that names it for ever.</summary>
    public const string KeyHeader = "Operation-Key";

    /// <summary>The header of every answer that names the call in the provider's logs.</summary>
    public const string RequestIdHeader = "X-Request-Id";

    /// <summary>
    /// Members nobody knows are passed over, so that a later minor version may add some. What must be there is asked for,
    /// a word that is none of an enumeration's is an error, and so is a number in quotes.
    /// </summary>
    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            AllowDuplicateProperties = false,
            PropertyNameCaseInsensitive = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NullMayBeLeftOut } },
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
                new NativeIdConverter(),
                new OperationKeyConverter(),
            },
        };

    /// <summary>Whether a text can be an identifier: 1 to 200 letters, digits and <c>._:-</c>, the first a letter or digit.</summary>
    public static bool IsId(string? text) =>
        text is { Length: > 0 and <= 200 }
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or ':' or '-');

    /// <summary>Whether a text can be an operation key: 1 to 60 letters, digits and hyphens.</summary>
    public static bool IsKey(string? text) =>
        text is { Length: > 0 and <= OperationKey.MaxLength }
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static void NullMayBeLeftOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.AssociatedParameter is { IsNullable: true }))
        {
            property.IsRequired = false;
        }
    }

    private sealed class NativeIdConverter : JsonConverter<NativeId>
    {
        public override NativeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && IsId(text)
                ? new NativeId(text)
                : throw new JsonException("An identifier has 1 to 200 letters, digits and . _ : -");

        public override void Write(Utf8JsonWriter writer, NativeId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    private sealed class OperationKeyConverter : JsonConverter<OperationKey>
    {
        public override OperationKey Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && IsKey(text)
                ? new OperationKey(text)
                : throw new JsonException("An operation key has 1 to 60 letters, digits and hyphens.");

        public override void Write(Utf8JsonWriter writer, OperationKey value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay.Wire;

/// <summary>
/// How the messages are written. What is asked for must be understood wholly, so nothing unknown is taken there; what
/// is answered may say more than the reader knows of, so that an agent may be newer than its platform.
/// </summary>
public static class RelayJson
{
    /// <summary>Calls and their arguments, and the messages around them: nothing unknown is taken.</summary>
    public static JsonSerializerOptions Strict { get; } = Make(JsonUnmappedMemberHandling.Disallow);

    /// <summary>What calls answer: unknown members are passed over.</summary>
    public static JsonSerializerOptions Answers { get; } = Make(JsonUnmappedMemberHandling.Skip);

    private static JsonSerializerOptions Make(JsonUnmappedMemberHandling unknown)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = unknown,
            PropertyNameCaseInsensitive = false,
            // A cloud may measure what is no number; the platform sets it aside where it takes samples in.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new KeyConverter());
        options.Converters.Add(new IdConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class KeyConverter : JsonConverter<OperationKey>
    {
        public override OperationKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return new OperationKey(reader.GetString()!);
            }
            catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
            {
                throw new JsonException("an operation key of 1 to 60 letters, digits and hyphens", fault);
            }
        }

        public override void Write(Utf8JsonWriter writer, OperationKey value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    private sealed class IdConverter : JsonConverter<NativeId>
    {
        public override NativeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
                ? new NativeId(reader.GetString()!)
                : throw new JsonException("a cloud's identifier");

        public override void Write(Utf8JsonWriter writer, NativeId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}

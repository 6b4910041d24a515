using System.Text.Json;
using System.Text.Json.Serialization;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Samples.OpenProvider;

internal sealed record Resize(string Flavour, ServerSize Size);

internal sealed record Extend(int SizeGiB);

internal sealed record Bandwidth([property: JsonPropertyName("bandwidthMbps")] int Mbps);

internal sealed record OnServer(NativeId Server);

internal sealed record UsageQuestion(IReadOnlyList<NativeId> Servers, DateTimeOffset From, DateTimeOffset Until);

internal delegate Task<T> Create<T, in TSpec>(TSpec spec, OperationKey key, CancellationToken token);

internal delegate Task<T?> Find<T>(OperationKey key, CancellationToken token);

internal delegate Task<T> Look<T>(NativeId id, CancellationToken token);

internal delegate Task Act(NativeId id, CancellationToken token);

internal delegate IAsyncEnumerable<T> Lister<out T>(CancellationToken token);

/// <summary>How the open interface is written.</summary>
internal static class Wire
{
    public static void Set(JsonSerializerOptions json)
    {
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.RespectNullableAnnotations = true;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.Converters.Add(new TextConverter<NativeId>(text => new NativeId(text), id => id.Value));
        json.Converters.Add(new TextConverter<OperationKey>(text => new OperationKey(text), key => key.Value));
    }

    public static int Status(FailureKind kind) =>
        kind switch
        {
            FailureKind.NotFound => 404,
            FailureKind.Conflict or FailureKind.QuotaExceeded or FailureKind.NoCapacity => 409,
            FailureKind.InvalidRequest => 422,
            FailureKind.Unauthenticated => 401,
            FailureKind.Throttled => 429,
            FailureKind.Unsupported => 501,
            _ => 503,
        };

    private sealed class TextConverter<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            read(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(write(value));
    }
}

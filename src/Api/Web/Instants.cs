using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.Web;

/// <summary>Instants as the surface writes them: ISO 8601 with the offset of China.</summary>
internal static class Instants
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mmzzz",
        "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd'T'HH:mm'Z'",
        "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    ];

    public static bool TryParse(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(
            text,
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out instant
        ) && IsWritable(instant);

    /// <summary>Not so late on the calendar's last day that China's clock would show the year 10000.</summary>
    private static bool IsWritable(DateTimeOffset instant) =>
        instant.UtcTicks <= DateTimeOffset.MaxValue.Ticks - China.Offset.Ticks;

    public static string Write(DateTimeOffset instant) =>
        China.Local(instant).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFzzz", CultureInfo.InvariantCulture);
}

/// <summary>Reads and writes instants in JSON.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Instants.TryParse(reader.GetString(), out var instant)
            ? instant
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Instants.Write(value));
}

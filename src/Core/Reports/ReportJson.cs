using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Reports;

/// <summary>
/// The canonical JSON of a report: members in the order in which they are declared, camelCase, money as decimal strings
/// with two places, instants with the offset of China. The same report gives the same bytes.
/// </summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        // Chinese stays readable; whoever puts it into a page encodes it there.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new YuanConverter(),
            new InstantConverter(),
        },
    };

    public static string Write<T>(T report) => JsonSerializer.Serialize(report, Options);

    /// <exception cref="InvalidDataException">The text is no report.</exception>
    public static MonthlyReport Read(string body) => ReadAs<MonthlyReport>(body);

    /// <summary>Any kind of frozen document.</summary>
    /// <exception cref="InvalidDataException">The text is none.</exception>
    public static T ReadAs<T>(string body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Options)
                ?? throw new InvalidDataException("the books hold null where a report was written");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException("the books hold no report where one was written", fault);
        }
    }

    private sealed class YuanConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            decimal.TryParse(reader.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var yuan)
                ? yuan
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("0.00", CultureInfo.InvariantCulture));
    }

    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        private const string Form = "yyyy-MM-dd'T'HH:mm:ss.FFFzzz";

        public override DateTimeOffset Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(China.Local(value).ToString(Form, CultureInfo.InvariantCulture));
    }
}

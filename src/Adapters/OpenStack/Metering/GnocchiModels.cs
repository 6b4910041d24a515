using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Refit;

namespace CloudManager.Adapters.OpenStack.Metering;

/// <summary>What to aggregate: https://gnocchi.osci.io/rest.html#dynamic-aggregates.</summary>
internal sealed record AggregateBody(
    [property: JsonPropertyName("resource_type")] string ResourceType,
    [property: JsonPropertyName("search")] Dictionary<string, object> Search,
    [property: JsonPropertyName("operations")] object[] Operations
);

/// <summary>The range [Start, Stop) and the granularity read, in seconds.</summary>
internal sealed record AggregateRange(
    [property: AliasAs("granularity")] int Granularity,
    [property: AliasAs("start")] string Start,
    [property: AliasAs("stop")] string Stop
);

/// <summary>The series of one group.</summary>
internal sealed record AggregateGroup
{
    /// <summary>What they were grouped by, e.g. <c>id</c>.</summary>
    [JsonPropertyName("group")]
    public required Dictionary<string, string?> Group { get; init; }

    [JsonPropertyName("measures")]
    public required AggregateMeasures Measures { get; init; }
}

/// <summary>Series by resource, metric and aggregation.</summary>
internal sealed record AggregateMeasures(
    [property: JsonPropertyName("measures")]
        Dictionary<string, Dictionary<string, Dictionary<string, List<GnocchiPoint>>>> ByResource
);

/// <summary>One point; on the wire <c>[time, granularity, value]</c>.</summary>
[JsonConverter(typeof(GnocchiPointConverter))]
internal readonly record struct GnocchiPoint(DateTimeOffset At, double Value);

/// <summary>An instance as Gnocchi knows it from one instant on.</summary>
internal sealed record InstanceRevision
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("flavor_id")]
    public string? FlavourId { get; init; }

    [JsonPropertyName("flavor_name")]
    public string? FlavourName { get; init; }

    [JsonPropertyName("revision_start")]
    public required DateTimeOffset From { get; init; }
}

/// <summary>How long and how finely a metric is kept.</summary>
internal sealed record ArchivePolicy(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("definition")] List<ArchiveDefinition> Definition
);

/// <summary>One of a policy's resolutions, e.g. <c>0:05:00</c>.</summary>
internal sealed record ArchiveDefinition([property: JsonPropertyName("granularity")] string Granularity)
{
    /// <summary>In seconds; null where it is none of whole seconds below a day.</summary>
    public int? Seconds =>
        TimeSpan.TryParseExact(Granularity, @"h\:mm\:ss", CultureInfo.InvariantCulture, out var span)
            ? (int)span.TotalSeconds
            : null;
}

/// <summary>A size of Nova.</summary>
internal sealed record FlavourAnswer([property: JsonPropertyName("flavor")] FlavourSize Flavour);

/// <summary>Cores and MiB of memory.</summary>
internal sealed record FlavourSize(
    [property: JsonPropertyName("vcpus")] int Vcpus,
    [property: JsonPropertyName("ram")] int MemoryMiB
);

internal sealed class GnocchiPointConverter : JsonConverter<GnocchiPoint>
{
    public override GnocchiPoint Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartArray || !reader.Read())
        {
            throw new JsonException("a point is [time, granularity, value]");
        }

        var at = reader.GetDateTimeOffset();
        reader.Read();
        reader.Read();
        var value = reader.TokenType is JsonTokenType.Number ? reader.GetDouble() : double.NaN;
        while (reader.TokenType is not JsonTokenType.EndArray && reader.Read()) { }
        return new GnocchiPoint(at, value);
    }

    public override void Write(Utf8JsonWriter writer, GnocchiPoint value, JsonSerializerOptions options) =>
        throw new NotSupportedException("points are only read");
}

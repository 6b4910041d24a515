using System.Reflection;
using System.Text.Json;
using NJsonSchema;
using NJsonSchema.Validation;

namespace CloudManager.Adapters.Hosting.Declaration;

/// <summary>Checks the shape of adapters.json against its published schema, docs/adapters.schema.json.</summary>
internal static class SchemaCheck
{
    private const string Resource = "adapters.schema.json";

    /// <summary>Adds a fault for everything the schema does not allow.</summary>
    public static async Task RunAsync(JsonElement file, List<AdaptersFault> faults, CancellationToken cancellationToken)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        var schema = await JsonSchema.FromJsonAsync(stream, cancellationToken);
        var errors = schema.Validate(file.GetRawText()).SelectMany(Leaves).ToList();

        // What is no object at all lacks nothing.
        var notObjects = errors
            .Where(error => error.Kind == ValidationErrorKind.ObjectExpected)
            .Select(PathOf)
            .ToHashSet();
        faults.AddRange(
            errors.Where(error => HolderOf(error) is not { } holder || !notObjects.Contains(holder)).Select(Fault)
        );
    }

    /// <summary>Where a member is missing; null for other errors.</summary>
    private static string? HolderOf(ValidationError error) =>
        error.Kind == ValidationErrorKind.PropertyRequired
            ? PathOf(error)[..^error.Property!.Length].TrimEnd('.')
            : null;

    /// <summary>A fault inside a list or map comes wrapped in one of its holder, which says nothing more.</summary>
    private static IEnumerable<ValidationError> Leaves(ValidationError error) =>
        error is ChildSchemaValidationError holder
            ? holder.Errors.SelectMany(inner => inner.Value).SelectMany(Leaves)
            : [error];

    private static AdaptersFault Fault(ValidationError error)
    {
        var path = PathOf(error);
        var schema = error.Schema.ActualSchema;
        return error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => AdaptersFault.At(
                path,
                null,
                $"missing, expected: {schema.Properties[error.Property!].Description}"
            ),
            ValidationErrorKind.NoAdditionalPropertiesAllowed => AdaptersFault.At(
                path,
                Text(error),
                $"no such member; known are {string.Join(", ", schema.Properties.Keys)}"
            ),
            _ => AdaptersFault.At(path, Text(error), schema.Description ?? error.Kind.ToString()),
        };
    }

    private static string PathOf(ValidationError error) => error.Path?.TrimStart('#', '/') ?? "";

    private static string? Text(ValidationError error) =>
        error.Token switch
        {
            null => null,
            Newtonsoft.Json.Linq.JProperty member => member.Value.ToString(Newtonsoft.Json.Formatting.None),
            var value => value.ToString(Newtonsoft.Json.Formatting.None),
        };
}

using System.Text.Json;

namespace CloudManager.Adapters.OpenStack;

/// <summary>
/// The one error of an answer, whatever envelope the service puts it in: Keystone <c>{"error": …}</c>, Nova and Cinder
/// <c>{"itemNotFound": …}</c>, Neutron <c>{"NeutronError": …}</c>, Placement <c>{"errors": […]}</c>, Glance and Gnocchi
/// bare. See https://docs.openstack.org/api-ref/ and https://specs.openstack.org/openstack/api-wg/guidelines/errors.html
/// </summary>
/// <param name="Type">The service's own word for it.</param>
/// <param name="Message">What it says; null where it says nothing readable.</param>
/// <param name="RetryAfter">The pause it asks for.</param>
/// <param name="RequestId">The call's id, where only the body has it.</param>
internal sealed record ErrorBody(string? Type, string? Message, TimeSpan? RetryAfter, string? RequestId)
{
    private static readonly ErrorBody Unreadable = new(null, null, null, null);

    public static ErrorBody Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return Unreadable;
        }
    }

    private static ErrorBody Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Unreadable;
        }

        if (root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
        {
            return errors.GetArrayLength() > 0 ? Of(errors[0], null) : Unreadable;
        }

        var members = root.EnumerateObject().ToList();
        return members is [{ Value.ValueKind: JsonValueKind.Object } only]
            ? Of(only.Value, only.Name is "error" or "NeutronError" ? null : only.Name)
            : Of(root, null);
    }

    private static ErrorBody Of(JsonElement error, string? name)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return Unreadable;
        }

        var message = Text(error, "message") ?? Text(error, "detail") ?? Text(error, "description");
        return new ErrorBody(
            name ?? Text(error, "type") ?? Text(error, "title"),
            message ?? (error.TryGetProperty("description", out var more) ? more.GetRawText() : null),
            int.TryParse(Text(error, "retryAfter"), out var seconds) ? TimeSpan.FromSeconds(seconds) : null,
            Text(error, "request_id")
        );
    }

    private static string? Text(JsonElement error, string name) =>
        !error.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : null;
}

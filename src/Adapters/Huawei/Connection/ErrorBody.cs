using System.Text.Json;

namespace CloudManager.Adapters.Huawei;

/// <summary>
/// The one error of an answer, whatever envelope the service puts it in: <c>error_code, error_msg</c> (the gateway, VPC v3, EIP
/// v3), <c>{"error": {code, message}}</c> (ECS, EVS, IMS, IAM), <c>code, message</c> (VPC and EIP v1), a <c>message</c> or
/// <c>details</c> that is an object (CES), <c>{"badRequest": …}</c> (the native Nova and Cinder paths), <c>NeutronError</c>.
/// </summary>
/// <param name="Code">The service's own code.</param>
/// <param name="Message">What it says; null where it says nothing readable.</param>
/// <param name="RequestId">The call's id, where the body has it.</param>
internal sealed record ErrorBody(string? Code, string? Message, string? RequestId)
{
    private const int Deepest = 4;
    private static readonly ErrorBody Unreadable = new(null, null, null);

    public static ErrorBody Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Of(document.RootElement, null, Deepest)
                : Unreadable;
        }
        catch (JsonException)
        {
            return Unreadable;
        }
    }

    private static ErrorBody Of(JsonElement error, string? name, int depth)
    {
        var request = Text(error, "request_id");
        if (Text(error, "error_code") is { } gateway)
        {
            return new ErrorBody(gateway, Text(error, "error_msg"), request);
        }

        // Cloud Eye: the real code is one level further in.
        foreach (var inner in new[] { "message", "details" })
        {
            if (error.TryGetProperty(inner, out var it) && it.ValueKind == JsonValueKind.Object)
            {
                return new ErrorBody(Text(it, "code"), Text(it, "details") ?? Text(error, "message"), request);
            }
        }

        var message = Text(error, "message") ?? Text(error, "error_msg");
        if ((Text(error, "code") ?? Text(error, "type")) is { } code && message is not null)
        {
            return new ErrorBody(name is null or "error" or "NeutronError" ? code : name, message, request);
        }

        var objects = error.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object);
        var found =
            depth == 0
                ? Unreadable
                : objects
                    .Select(member => Of(member.Value, member.Name, depth - 1))
                    .FirstOrDefault(it => it.Code is not null || it.Message is not null, Unreadable);
        return found with { Message = found.Message ?? message, RequestId = found.RequestId ?? request };
    }

    private static string? Text(JsonElement error, string name) =>
        !error.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : null;
}

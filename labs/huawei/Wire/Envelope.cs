using System.Text.Json.Nodes;

namespace CloudManager.Labs.Huawei.Wire;

/// <summary>The body of a refusal as each service has it.</summary>
internal static class Envelope
{
    public static JsonObject Of(Family family, Fault fault, string requestId) =>
        family switch
        {
            Family.Iam => Nested(
                new JsonObject
                {
                    ["code"] = fault.Status,
                    ["message"] = fault.Message,
                    ["title"] = Title(fault.Status),
                }
            ),
            Family.Native => Nested(new JsonObject { ["code"] = fault.Code, ["message"] = fault.Message }),
            Family.Flat => new JsonObject { ["code"] = fault.Code, ["message"] = fault.Message },
            Family.Ces => new JsonObject
            {
                ["http_code"] = fault.Status.ToString(),
                ["message"] = new JsonObject { ["details"] = fault.Message, ["code"] = fault.Code },
                ["encoded_authorization_message"] = null,
            },
            Family.OpenStack => new JsonObject
            {
                [OpenStackName(fault.Status)] = new JsonObject { ["code"] = fault.Status, ["message"] = fault.Message },
            },
            Family.Neutron => Neutron(fault),
            _ => new JsonObject
            {
                ["error_code"] = fault.Code,
                ["error_msg"] = fault.Message,
                ["request_id"] = requestId,
            },
        };

    private static JsonObject Neutron(Fault fault) =>
        new()
        {
            ["NeutronError"] = new JsonObject
            {
                ["type"] = fault.Code,
                ["message"] = fault.Message,
                ["detail"] = "",
            },
        };

    private static JsonObject Nested(JsonObject error) => new() { ["error"] = error };

    private static string Title(int status) =>
        status switch
        {
            400 => "Bad Request",
            401 => "Unauthorized",
            403 => "Forbidden",
            404 => "Not Found",
            409 => "Conflict",
            _ => "Error",
        };

    private static string OpenStackName(int status) =>
        status switch
        {
            400 => "badRequest",
            403 => "forbidden",
            404 => "itemNotFound",
            409 => "conflictingRequest",
            413 => "overLimit",
            _ => "computeFault",
        };
}

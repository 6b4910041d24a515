using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Iam;

/// <summary>A token by user and password: 201, the token in the header X-Subject-Token, good for a day.</summary>
internal static class TokenCreate
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public static readonly IReadOnlyList<string> ServiceTypes = ["iam", "ecs", "evs", "vpc", "ims", "ces"];

    public static Reply Create(Call call)
    {
        var auth = call.Section("auth", "1100");
        var user = auth.Obj("identity")?.Obj("password")?.Obj("user");
        var options = call.Cloud.Options;
        if (auth.Obj("identity")?["methods"] is not JsonArray methods || methods.Count == 0 || user is null)
        {
            throw new Fault(400, "400", "Invalid input for field 'identity'");
        }

        if (
            user.Str("name") != options.UserName
            || user.Str("password") != options.Password
            || user.Obj("domain")?.Str("name") != options.DomainName
        )
        {
            throw new Fault(401, "401", "The username or password is wrong.");
        }

        var project = Project(call.Cloud, auth.Obj("scope")?.Obj("project"));
        var expires = call.Cloud.Now + Life;
        var token = "MII" + call.Cloud.Ids.NextHex() + call.Cloud.Ids.NextHex();
        call.Cloud.Accounts.Tokens[token] = (expires, project?.Id);
        return new Reply(201, new JsonObject { ["token"] = Body(call, project, expires) })
        {
            Headers = new Dictionary<string, string> { ["X-Subject-Token"] = token },
        };
    }

    public static JsonArray Catalogue(Call call) =>
        Json.Array(
            ServiceTypes.Select(type => new JsonObject
            {
                ["id"] = call.Cloud.Ids.Fixed($"service-{type}"),
                ["name"] = type,
                ["type"] = type,
                ["endpoints"] = new JsonArray(Endpoint(call, type)),
            })
        );

    public static JsonObject Endpoint(Call call, string type) =>
        new()
        {
            ["id"] = call.Cloud.Ids.Fixed($"endpoint-{type}"),
            ["interface"] = "public",
            ["region"] = call.Cloud.Options.Region,
            ["region_id"] = call.Cloud.Options.Region,
            ["service_id"] = call.Cloud.Ids.Fixed($"service-{type}"),
            ["url"] = call.BaseUrl,
        };

    private static (string Id, string Name)? Project(Cloud cloud, JsonObject? asked)
    {
        if (asked is null)
        {
            return null;
        }

        var found = cloud
            .Projects.Where(project => project.Id == asked.Str("id") || project.Name == asked.Str("name"))
            .ToList();
        return found.Count == 1 ? found[0] : throw new Fault(401, "401", "The project could not be found.");
    }

    private static JsonObject Body(Call call, (string Id, string Name)? project, DateTimeOffset expires)
    {
        var options = call.Cloud.Options;
        var domain = new JsonObject { ["id"] = options.DomainId, ["name"] = options.DomainName };
        var body = new JsonObject
        {
            ["expires_at"] = Json.Millis(expires),
            ["issued_at"] = Json.Millis(call.Cloud.Now),
            ["methods"] = new JsonArray("password"),
            ["user"] = new JsonObject
            {
                ["id"] = call.Cloud.Ids.Fixed("user"),
                ["name"] = options.UserName,
                ["domain"] = domain,
                ["password_expires_at"] = "",
            },
            ["roles"] = new JsonArray(new JsonObject { ["id"] = "0", ["name"] = "te_admin" }),
            ["catalog"] = call.Query("nocatalog") is null ? Catalogue(call) : new JsonArray(),
        };
        if (project is { } scope)
        {
            body["project"] = new JsonObject
            {
                ["id"] = scope.Id,
                ["name"] = scope.Name,
                ["domain"] = domain.DeepClone(),
            };
        }
        else
        {
            body["domain"] = domain.DeepClone();
        }

        return body;
    }
}

using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Iam;

/// <summary>Projects, account, regions, catalogue, tokens (host iam, https://support.huaweicloud.com/intl/en-us/api-iam/).</summary>
internal static class IamRoutes
{
    public static void Map(RouteTable routes) =>
        routes
            .Of(Family.Iam)
            .Get("/v3/projects", Projects)
            .Get("/v3/auth/projects", Projects)
            .Get("/v3/auth/domains", Domains)
            .Get("/v3/regions", Regions)
            .Get("/v3/auth/catalog", Catalogue)
            .Get("/v3/services", Services)
            .Get("/v3/endpoints", Endpoints)
            .Post("/v3/auth/tokens", TokenCreate.Create)
            .Post("/v3.0/OS-CREDENTIAL/securitytokens", SecurityTokenCreate.Create);

    private static Reply Projects(Call call)
    {
        var perPage = call.Number("per_page", int.MaxValue, (1, 5000), "1100");
        var page = call.Number("page", 1, (1, int.MaxValue), "1100");
        var name = call.Query("name");
        var found = call
            .Cloud.Projects.Where(project => name is null || project.Name == name)
            .Skip((int)Math.Min(int.MaxValue, (long)(page - 1) * perPage))
            .Take(perPage)
            .Select(project => Project(call, project.Id, project.Name));
        return Reply.Ok(
            new JsonObject { ["projects"] = Json.Array(found), ["links"] = Links($"{call.BaseUrl}/v3/projects") }
        );
    }

    private static JsonNode Project(Call call, string id, string name) =>
        new JsonObject
        {
            ["id"] = id,
            ["name"] = name,
            ["domain_id"] = call.Cloud.Options.DomainId,
            ["parent_id"] = call.Cloud.Options.DomainId,
            ["enabled"] = true,
            ["is_domain"] = false,
            ["description"] = "",
            ["links"] = Links($"{call.BaseUrl}/v3/projects/{id}"),
        };

    private static JsonObject Links(string self) =>
        new()
        {
            ["self"] = self,
            ["previous"] = null,
            ["next"] = null,
        };

    private static Reply Domains(Call call) =>
        Reply.Ok(
            new JsonObject
            {
                ["domains"] = new JsonArray(
                    new JsonObject
                    {
                        ["id"] = call.Cloud.Options.DomainId,
                        ["name"] = call.Cloud.Options.DomainName,
                        ["enabled"] = true,
                        ["description"] = "",
                        ["links"] = new JsonObject
                        {
                            ["self"] = $"{call.BaseUrl}/v3/domains/{call.Cloud.Options.DomainId}",
                        },
                    }
                ),
                ["links"] = Links($"{call.BaseUrl}/v3/auth/domains"),
            }
        );

    private static Reply Regions(Call call)
    {
        var region = call.Cloud.Options.Region;
        return Reply.Ok(
            new JsonObject
            {
                ["regions"] = new JsonArray(
                    new JsonObject
                    {
                        ["id"] = region,
                        ["type"] = "public",
                        ["description"] = "",
                        ["parent_region_id"] = null,
                        ["locales"] = new JsonObject { ["zh-cn"] = "实验室", ["en-us"] = "Laboratory" },
                        ["links"] = new JsonObject { ["self"] = $"{call.BaseUrl}/v3/regions/{region}" },
                    }
                ),
                ["links"] = Links($"{call.BaseUrl}/v3/regions"),
            }
        );
    }

    private static Reply Catalogue(Call call) =>
        Reply.Ok(
            new JsonObject
            {
                ["catalog"] = TokenCreate.Catalogue(call),
                ["links"] = Links($"{call.BaseUrl}/v3/auth/catalog"),
            }
        );

    private static Reply Services(Call call) =>
        Reply.Ok(
            new JsonObject
            {
                ["services"] = Json.Array(
                    TokenCreate.ServiceTypes.Select(type => new JsonObject
                    {
                        ["id"] = call.Cloud.Ids.Fixed($"service-{type}"),
                        ["name"] = type,
                        ["type"] = type,
                        ["enabled"] = true,
                    })
                ),
                ["links"] = Links($"{call.BaseUrl}/v3/services"),
            }
        );

    private static Reply Endpoints(Call call)
    {
        var service = call.Query("service_id");
        var found = TokenCreate
            .ServiceTypes.Where(type => service is null || call.Cloud.Ids.Fixed($"service-{type}") == service)
            .Where(_ => call.Query("interface") is null or "public")
            .Select(type => TokenCreate.Endpoint(call, type));
        return Reply.Ok(
            new JsonObject { ["endpoints"] = Json.Array(found), ["links"] = Links($"{call.BaseUrl}/v3/endpoints") }
        );
    }
}

using System.Text.Json.Nodes;

namespace CloudManager.Api.Tests.Support;

/// <summary>Requests as a tenant writes them, right until a test spoils them.</summary>
public static class Drafts
{
    public const string Path = "/api/v1/requests";

    public static JsonObject Right(string system = "a-social-security", string pool = "mock-a") =>
        new()
        {
            ["type"] = "provision",
            ["system"] = system,
            ["reason"] = "新增业务模块",
            ["pool"] = pool,
            ["lines"] = new JsonArray(
                new JsonObject
                {
                    ["item"] = "ecs-general",
                    ["quantity"] = 1,
                    ["spec"] = new JsonObject
                    {
                        ["vcpus"] = 2,
                        ["memoryGiB"] = 4,
                        ["image"] = "kylin-v10-x86",
                    },
                }
            ),
        };

    /// <summary>The right body, spoilt.</summary>
    public static string Spoilt(Action<JsonObject> spoil)
    {
        var body = Right();
        spoil(body);
        return body.ToJsonString();
    }

    /// <summary>The right body with its only line spoilt.</summary>
    public static string Line(Action<JsonObject> spoil) => Spoilt(body => spoil(body["lines"]![0]!.AsObject()));

    /// <summary>The right body with the spec of its only line spoilt.</summary>
    public static string Spec(Action<JsonObject> spoil) => Line(line => spoil(line["spec"]!.AsObject()));

    public static string Text(string reason, string system = "a-social-security", string pool = "mock-a")
    {
        var body = Right(system, pool);
        body["reason"] = reason;
        return body.ToJsonString();
    }

    /// <summary>Drafts a request for the tenant and gives its id.</summary>
    public static async Task<string> AddAsync(DemoHost host, string tenant, string system, string pool = "mock-a")
    {
        var made = await host.PostAsync(tenant, Path, Text("新增业务模块", system, pool));
        Assert.True(made.Status == 201, made.Text);
        return made.Id;
    }
}

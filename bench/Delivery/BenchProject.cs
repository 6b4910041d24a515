using System.Text.Json.Nodes;

namespace CloudManager.Bench.Delivery;

/// <summary>A project of OpenStack that holds nothing but what is measured.</summary>
internal sealed class BenchProject(Cloud admin, string name)
{
    public async Task MakeAsync()
    {
        var found = (await admin.GetAsync("identity", $"/projects?name={name}"))["projects"]!.AsArray();
        var project = found.Count > 0 ? found[0]! : await CreateAsync();
        var user = await admin.FindAsync("identity", "/users?name=demo", "users");
        var role = await admin.FindAsync("identity", "/roles?name=member", "roles");
        await admin.PutAsync("identity", $"/projects/{(string)project["id"]!}/users/{user}/roles/{role}");
    }

    /// <summary>The lab's declaration with this project in it, and the pool's part of it.</summary>
    public static (string Path, JsonNode Pool) WriteAdapters(string folder, string project, string keystone)
    {
        var file = JsonNode.Parse(File.ReadAllText("labs/openstack/adapters.json"))!;
        var pool = file["pools"]![0]!;
        pool["settings"]!["authUrl"] = keystone;
        pool["settings"]!["auth"]!["project"] = project;
        var path = Path.Combine(folder, "adapters.json");
        File.WriteAllText(path, file.ToJsonString());
        return (path, pool);
    }

    private async Task<JsonNode> CreateAsync()
    {
        var body = new JsonObject
        {
            ["project"] = new JsonObject { ["name"] = name, ["domain_id"] = "default" },
        };
        return (await admin.PostAsync("identity", "/projects", body))["project"]!;
    }
}

using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ecs;

/// <summary>What changes or tells something at once: name, tags, console.</summary>
internal static class ServerChange
{
    public static Reply Rename(Call call)
    {
        var change = call.Section("server", "Ecs.0005");
        var server = ServerList.Edit(call.Cloud, call.Id);
        server.Name = change.Str("name") ?? server.Name;
        server.Description = change.Str("description") ?? server.Description;
        server.Updated = call.Cloud.Now;
        return Reply.Ok(new JsonObject { ["server"] = ServerView.Of(call.Cloud, server) });
    }

    public static Reply Tag(Call call)
    {
        var server = ServerList.Edit(call.Cloud, call.Id);
        Apply(call, server.Tags, "Ecs.0005");
        server.Updated = call.Cloud.Now;
        return Reply.NoContent;
    }

    /// <summary>Sets or removes tags of anything that has them.</summary>
    public static void Apply(Call call, Dictionary<string, string> tags, string code)
    {
        var changes = Json.Tags(call.Body.List("tags"));
        switch (call.Body.Str("action"))
        {
            case "create":
                foreach (var (key, value) in changes)
                {
                    tags[key] = value;
                }

                break;
            case "delete":
                foreach (var key in changes.Keys)
                {
                    tags.Remove(key);
                }

                break;
            default:
                throw new Fault(400, code, "action must be create or delete");
        }
    }

    public static Reply Tags(Call call) =>
        Reply.Ok(new JsonObject { ["tags"] = Json.TagList(ServerList.Find(call.Cloud, call.Id).Tags) });

    public static Reply SearchByTags(Call call)
    {
        var limit = call.Body.Int("limit") ?? 1000;
        var offset = call.Body.Int("offset") ?? 0;
        if (limit is < 1 or > 1000 || offset < 0)
        {
            throw new Fault(400, "Ecs.0005", "limit or offset is invalid");
        }

        var wanted = call.Body.List("tags").ToList();
        var found = call.Cloud.Servers.All().Where(server => wanted.TrueForAll(tag => Carries(server, tag))).ToList();
        var answer = new JsonObject { ["total_count"] = found.Count };
        if (call.Body.Str("action") == "filter")
        {
            answer["resources"] = Json.Array(found.Skip(offset).Take(limit).Select(Resource));
        }

        return Reply.Ok(answer);
    }

    public static Reply Console(Call call)
    {
        var order = call.Section("remote_console", "Ecs.0005");
        var server = ServerList.Find(call.Cloud, call.Id);
        if (server.Status != "ACTIVE")
        {
            throw new Fault(409, "Ecs.0000", $"The ECS is in status {server.Status}; its console is closed");
        }

        return Reply.Ok(
            new JsonObject
            {
                ["remote_console"] = new JsonObject
                {
                    ["protocol"] = order.Str("protocol") ?? "vnc",
                    ["type"] = order.Str("type") ?? "novnc",
                    ["url"] = $"{call.BaseUrl}/console/vnc_auto.html?token={call.Cloud.Ids.Next()}",
                },
            }
        );
    }

    private static bool Carries(Server server, JsonObject tag)
    {
        var values = (tag["values"] as JsonArray ?? []).Select(value => value?.GetValue<string>()).ToList();
        return server.Tags.TryGetValue(tag.Str("key") ?? "", out var value)
            && (values.Count == 0 || values.Contains(value));
    }

    private static JsonObject Resource(Server server) =>
        new()
        {
            ["resource_id"] = server.Id,
            ["resource_name"] = server.Name,
            ["resource_detail"] = null,
            ["tags"] = Json.TagList(server.Tags),
        };
}

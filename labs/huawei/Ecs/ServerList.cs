using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ecs;

/// <summary>
/// Showing and listing, v1. The offset of a list is a page's number from 1; server_id switches all other filters off
/// and answers unknown ids with empty items.
/// </summary>
internal static class ServerList
{
    private static readonly string[] Filters =
    [
        "name",
        "status",
        "flavor",
        "ip",
        "ip_eq",
        "tags",
        "not-tags",
        "enterprise_project_id",
    ];

    public static Reply Show(Call call) =>
        Reply.Ok(new JsonObject { ["server"] = ServerView.Of(call.Cloud, Find(call.Cloud, call.Id)) });

    public static Server Find(Cloud cloud, string id) => cloud.Servers.Find(id) ?? throw Gone(404);

    public static Server Edit(Cloud cloud, string id) => cloud.Servers.Edit(id) ?? throw Gone(404);

    public static Fault Gone(int status) => new(status, "Ecs.0114", "The ECS does not exist");

    public static Reply Detail(Call call)
    {
        if (call.Query("server_id") is { } ids)
        {
            return ByIds(call, ids.Split(','));
        }

        var limit = call.Number("limit", 25, (1, 1000), "Ecs.0005");
        var page = call.Number("offset", 1, (0, int.MaxValue), "Ecs.0005");
        var skip = (int)Math.Min(int.MaxValue, (Math.Max(page, 1) - 1L) * limit);
        var servers = call.Cloud.Servers;
        if (call.Query("marker") is { } marker)
        {
            var behind = servers.After(marker) ?? throw new Fault(400, "Ecs.0005", $"marker [{marker}] not found");
            return Answer(call, behind.Where(server => Fits(call, server)).Take(limit), Count(call));
        }

        return Filters.Any(name => call.Query(name) is not null)
            ? Answer(call, servers.All().Where(server => Fits(call, server)).Skip(skip).Take(limit), Count(call))
            : Answer(call, servers.All(skip).Take(limit), servers.Count);
    }

    /// <summary>Whether a server fits the filters of v1 and of v1.1 that have the same name.</summary>
    public static bool Fits(Call call, Server server) =>
        Like(call.Query("name"), server.Name)
        && Status(call.Query("status"), server)
        && Same(call.Query("flavor"), server.Flavor)
        && EnterpriseProject(call.Query("enterprise_project_id"), server.EnterpriseProject)
        && Tags(call.Query("tags"), server.Tags, isWanted: true)
        && Tags(call.Query("not-tags"), server.Tags, isWanted: false)
        && Address(call, server);

    public static bool Same(string? wanted, string value) => wanted is null || wanted == value;

    public static bool Like(string? wanted, string value) =>
        wanted is null || value.Contains(wanted, StringComparison.OrdinalIgnoreCase);

    public static bool EnterpriseProject(string? wanted, string value) =>
        wanted is "all_granted_eps" || Same(wanted, value);

    private static bool Status(string? wanted, Server server) =>
        wanted is null || wanted.Split(',').Contains(server.Status, StringComparer.OrdinalIgnoreCase);

    private static bool Tags(string? wanted, IReadOnlyDictionary<string, string> tags, bool isWanted) =>
        wanted is null
        || wanted
            .Split(',')
            .All(tag =>
            {
                var cut = tag.IndexOf('=');
                var has =
                    cut < 0
                        ? tags.ContainsKey(tag)
                        : tags.TryGetValue(tag[..cut], out var value) && value == tag[(cut + 1)..];
                return has == isWanted;
            });

    private static bool Address(Call call, Server server)
    {
        var like = call.Query("ip");
        var exact = call.Query("ip_eq");
        return (like is null && exact is null)
            || ServerView.Ports(call.Cloud, server).Any(port => Like(like, port.Address) && Same(exact, port.Address));
    }

    private static int Count(Call call) =>
        Filters.Any(name => call.Query(name) is not null)
            ? call.Cloud.Servers.All().Count(server => Fits(call, server))
            : call.Cloud.Servers.Count;

    private static Reply Answer(Call call, IEnumerable<Server> servers, int count) =>
        Reply.Ok(
            new JsonObject
            {
                ["count"] = count,
                ["servers"] = Json.Array(servers.Select(server => ServerView.Of(call.Cloud, server))),
            }
        );

    private static Reply ByIds(Call call, string[] ids)
    {
        if (ids.Length > 100)
        {
            throw new Fault(400, "Ecs.0005", "server_id names more than 100 servers");
        }

        var items = ids.Select(id =>
            call.Cloud.Servers.Find(id) is { } server ? ServerView.Of(call.Cloud, server) : ServerView.Nobody(id)
        );
        return Reply.Ok(new JsonObject { ["count"] = ids.Length, ["servers"] = Json.Array(items) });
    }
}

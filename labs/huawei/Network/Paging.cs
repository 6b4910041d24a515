using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Network;

/// <summary>Lists of the host vpc: limit and marker; v1 gives no next link, v3 a next_marker on all pages but the last.</summary>
internal static class Paging
{
    /// <summary>The page of v1.</summary>
    public static IEnumerable<T> First<T>(Call call, Table<T> table, Func<T, bool> fits)
        where T : class, IThing =>
        Behind(call, table).Where(fits).Take(call.Number("limit", 2000, (0, 2000), "VPC.0002"));

    /// <summary>The page of v3 with its page_info.</summary>
    public static JsonObject Third<T>(
        Call call,
        Table<T> table,
        string name,
        Func<T, bool> fits,
        Func<T, JsonObject> view
    )
        where T : class, IThing
    {
        var limit = call.Number("limit", 2000, (0, 2000), "VPC.0002");
        var found = Behind(call, table).Where(fits).Take(limit + 1).ToList();
        var shown = found.Take(limit).ToList();
        var info = new JsonObject { ["current_count"] = shown.Count };
        if (shown.Count > 0)
        {
            info["previous_marker"] = shown[0].Id;
        }

        if (found.Count > limit && shown.Count > 0)
        {
            info["next_marker"] = shown[^1].Id;
        }

        return new JsonObject
        {
            ["request_id"] = call.RequestId,
            [name] = Json.Array(shown.Select(view)),
            ["page_info"] = info,
        };
    }

    /// <summary>Whether a filter that may be given several times is absent or names this value.</summary>
    public static bool Any(Call call, string name, string? value) =>
        call.QueryAll(name).Where(wanted => wanted.Length > 0).ToList() is var all
        && (all.Count == 0 || all.Contains(value ?? ""));

    /// <summary>Whether the filter by enterprise project lets this one through.</summary>
    public static bool InEnterprise(Call call, string project) =>
        call.Query("enterprise_project_id") is not { } wanted || wanted == "all_granted_eps" || wanted == project;

    private static IEnumerable<T> Behind<T>(Call call, Table<T> table)
        where T : class, IThing =>
        call.Query("marker") is { } marker
            ? table.After(marker) ?? throw new Fault(400, "VPC.0002", $"marker [{marker}] is invalid")
            : table.All();
}

using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ces;

/// <summary>Cloud Eye (host ces, https://support.huaweicloud.com/intl/en-us/api-ces/).</summary>
internal static class CesRoutes
{
    private const int MostMetrics = 500;

    public static void Map(RouteTable routes)
    {
        routes
            .Of(Family.Ces)
            .Get("/V1.0/{p}/metric-data", One)
            .Post("/V1.0/{p}/batch-query-metric-data", Batch)
            .Get("/V1.0/{p}/metrics", List);
        routes.Of(Family.Gateway).Get("/v2/{p}/instances/{id}/agent-dimensions", AgentDimensions);
    }

    private static Reply One(Call call)
    {
        var dimension = call.Query("dim.0")?.Split(',') ?? [];
        if (
            dimension.Length != 2
            || call.Query("namespace") is not { } space
            || call.Query("metric_name") is not { } name
        )
        {
            throw new Fault(400, "ces.0014", "namespace, metric_name and dim.0 are needed");
        }

        var window = Window.Of(
            long.TryParse(call.Query("from"), out var from) ? from : null,
            long.TryParse(call.Query("to"), out var to) ? to : null,
            int.TryParse(call.Query("period"), out var period) ? period : null,
            call.Query("filter"),
            1
        );
        var metric = Series.Find(space, name);
        var points = Points(call.Cloud, metric, dimension[0] == "instance_id" ? dimension[1] : "", window);
        foreach (var point in points)
        {
            point!["unit"] = metric!.Unit;
        }

        return Reply.Ok(new JsonObject { ["metric_name"] = name, ["datapoints"] = points });
    }

    private static Reply Batch(Call call)
    {
        var body = call.Body;
        var asked = body.List("metrics").ToList();
        if (asked.Count is 0 or > MostMetrics)
        {
            throw new Fault(400, "ces.0014", $"metrics must name 1 to {MostMetrics}");
        }

        if (body["period"] is not JsonValue value || !value.TryGetValue<string>(out _))
        {
            throw new Fault(400, "ces.0014", "period must be a string");
        }

        var window = Window.Of(body.Long("from"), body.Long("to"), body.Int("period"), body.Str("filter"), asked.Count);
        return Reply.Ok(
            new JsonObject { ["metrics"] = Json.Array(asked.Select(metric => Answer(call.Cloud, metric, window))) }
        );
    }

    private static JsonObject Answer(Cloud cloud, JsonObject asked, Window window)
    {
        var dimensions = asked.List("dimensions").ToList();
        var metric = Series.Find(asked.Str("namespace"), asked.Str("metric_name"));
        var server =
            dimensions.Count == 1 && dimensions[0].Str("name") == "instance_id" ? dimensions[0].Str("value") : "";
        return new JsonObject
        {
            ["namespace"] = asked.Str("namespace"),
            ["metric_name"] = asked.Str("metric_name"),
            ["dimensions"] = Json.Array(dimensions.Select(dimension => dimension.DeepClone())),
            ["unit"] = metric?.Unit ?? "",
            ["datapoints"] = Points(cloud, metric, server ?? "", window),
        };
    }

    private static JsonArray Points(Cloud cloud, Metric? metric, string id, Window window)
    {
        if (metric is null || cloud.Servers.Find(id) is not { } server)
        {
            return [];
        }

        var points = new JsonArray();
        foreach (var start in window.Starts())
        {
            if (Series.Point(cloud, metric, server, new Period(start, window.Period), window.Filter) is { } value)
            {
                points.Add(new JsonObject { [window.Filter] = value, ["timestamp"] = start.ToUnixTimeMilliseconds() });
            }
        }

        return points;
    }

    private static Reply List(Call call)
    {
        var limit = call.Number("limit", 1000, (1, 1000), "ces.0014");
        var servers = call.Query("dim.0")?.Split(',') is ["instance_id", var id]
            ? new[] { call.Cloud.Servers.Find(id) }.OfType<Server>()
            : call.Cloud.Servers.All();
        var all = servers.SelectMany(server => Of(call, server));
        if (call.Query("start") is { } start)
        {
            all = all.SkipWhile(item => Marker(item) != start).Skip(1);
        }

        var page = all.Take(limit).ToList();
        return Reply.Ok(
            new JsonObject
            {
                ["metrics"] = Json.Array(
                    page.Select(item => new JsonObject
                    {
                        ["namespace"] = item.Metric.Namespace,
                        ["metric_name"] = item.Metric.Name,
                        ["unit"] = item.Metric.Unit,
                        ["dimensions"] = new JsonArray(
                            new JsonObject { ["name"] = "instance_id", ["value"] = item.Server }
                        ),
                    })
                ),
                ["meta_data"] = new JsonObject
                {
                    ["count"] = page.Count,
                    ["marker"] = page.Count > 0 ? Marker(page[^1]) : "",
                    ["total"] = call.Cloud.Servers.Count * Series.All.Count,
                },
            }
        );
    }

    private static IEnumerable<(Metric Metric, string Server)> Of(Call call, Server server) =>
        Series
            .All.Where(metric => call.Query("namespace") is not { } space || metric.Namespace == space)
            .Where(metric => call.Query("metric_name") is not { } name || metric.Name == name)
            .Where(metric => Series.Exists(call.Cloud, metric, server))
            .Select(metric => (metric, server.Id));

    private static string Marker((Metric Metric, string Server) item) =>
        $"{item.Metric.Namespace}.{item.Metric.Name}.instance_id:{item.Server}";

    private static Reply AgentDimensions(Call call)
    {
        var name = call.Query("dim_name") ?? "mount_point";
        var server =
            call.Cloud.Servers.Find(call.Id) ?? throw new Fault(404, "ces.0002", "The instance does not exist");
        var found =
            Series.Exists(call.Cloud, Series.Find("AGT.ECS", "cpu_usage")!, server) && name is "mount_point" or "disk"
                ? new[] { name == "disk" ? "vda" : "/" }
                : [];
        return Reply.Ok(
            new JsonObject
            {
                ["dimensions"] = Json.Array(
                    found.Select(origin => new JsonObject
                    {
                        ["name"] = name,
                        ["value"] = call
                            .Cloud.Ids.Fixed($"{call.Id}/{origin}")
                            .Replace("-", "", StringComparison.Ordinal),
                        ["origin_value"] = origin,
                    })
                ),
                ["count"] = found.Length,
            }
        );
    }
}

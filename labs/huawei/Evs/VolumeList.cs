using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Evs;

/// <summary>Showing and listing volumes. Here the offset is a row's, and <c>ids</c> looks like <c>['a','b']</c>.</summary>
internal static class VolumeList
{
    private static readonly string[] Filters =
    [
        "name",
        "status",
        "availability_zone",
        "volume_type_id",
        "server_id",
        "id",
        "ids",
        "metadata",
        "multiattach",
        "enterprise_project_id",
        "service_type",
    ];

    public static Reply Show(Call call) =>
        Reply.Ok(new JsonObject { ["volume"] = VolumeView.Of(call.Cloud, Find(call.Cloud, call.Id)) });

    public static Volume Find(Cloud cloud, string id) => cloud.Volumes.Find(id) ?? throw Gone(id);

    public static Volume Edit(Cloud cloud, string id) => cloud.Volumes.Edit(id) ?? throw Gone(id);

    public static Reply Detail(Call call)
    {
        var limit = call.Number("limit", 1000, (0, 1000), "EVS.5400");
        var offset = call.Number("offset", 0, (0, int.MaxValue), "EVS.5400");
        var volumes = call.Cloud.Volumes;
        var filtered = Filters.Any(name => call.Query(name) is not null);
        var ids = Ids(call.Query("ids"));
        bool Wanted(Volume volume) => !filtered || Fits(call, volume, ids);
        var ascending = call.Query("sort_dir") == "asc";
        IEnumerable<Volume> page;
        if (call.Query("marker") is { } marker)
        {
            var behind = volumes.After(marker) ?? throw new Fault(400, "EVS.5400", $"marker [{marker}] not found");
            page = behind.Where(Wanted).Take(limit);
        }
        else if (ascending || filtered)
        {
            var all = ascending ? volumes.All().Reverse() : volumes.All();
            page = all.Where(Wanted).Skip(offset).Take(limit);
        }
        else
        {
            page = volumes.All(offset).Take(limit);
        }

        var shown = page.ToList();
        return Reply.Ok(
            new JsonObject
            {
                ["count"] = filtered ? volumes.All().Count(Wanted) : volumes.Count,
                ["volumes"] = Json.Array(shown.Select(volume => VolumeView.Of(call.Cloud, volume))),
                ["volumes_links"] = shown.Count == limit && limit > 0 ? Next(call, shown[^1].Id) : new JsonArray(),
            }
        );
    }

    private static JsonArray Next(Call call, string marker) =>
        [
            new JsonObject
            {
                ["rel"] = "next",
                ["href"] = $"{call.BaseUrl}/v2/{call.Route("p")}/cloudvolumes/detail?marker={marker}",
            },
        ];

    private static Fault Gone(string id) => new(404, "EVS.5404", $"Volume {id} could not be found.");

    private static HashSet<string>? Ids(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var ids = text.Trim('[', ']').Split(',').Select(id => id.Trim().Trim('\'')).ToHashSet();
        return ids.Count <= 60 ? ids : throw new Fault(400, "EVS.5400", "ids names more than 60 volumes");
    }

    private static bool Fits(Call call, Volume volume, HashSet<string>? ids)
    {
        bool Same(string name, string? value) => call.Query(name) is not { } wanted || wanted == value;
        return (ids is null || ids.Contains(volume.Id))
            && Same("id", volume.Id)
            && (call.Query("name") is not { } name || volume.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
            && Same("status", volume.Status)
            && Same("availability_zone", volume.Zone)
            && Same("server_id", volume.Server)
            && Same("multiattach", volume.IsShared ? "true" : "false")
            && Same("service_type", "EVS")
            && Same("volume_type_id", call.Cloud.Ids.Fixed($"type-{volume.Type}"))
            && (
                call.Query("enterprise_project_id") is "all_granted_eps"
                || Same("enterprise_project_id", volume.EnterpriseProject)
            )
            && Carries(call.Query("metadata"), volume);
    }

    // The filter's value is an object: {"key":"value"}, with either sort of quotes.
    private static bool Carries(string? wanted, Volume volume) =>
        wanted is null
        || Json.Pairs(Parse(wanted)).All(pair => volume.Metadata.GetValueOrDefault(pair.Key) == pair.Value);

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text.Replace('\'', '"')) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            throw new Fault(400, "EVS.5400", "metadata is not an object");
        }
    }
}

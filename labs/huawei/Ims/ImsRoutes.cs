using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.Ecs;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ims;

/// <summary>
/// Image Management Service (host ims, https://support.huaweicloud.com/intl/en-us/api-ims/): lists without a total and
/// without a link to the next page.
/// </summary>
internal static class ImsRoutes
{
    public static void Map(RouteTable routes) =>
        routes
            .Of(Family.Native)
            .Get("/v2/cloudimages", List)
            .Patch("/v2/cloudimages/{id}", Patch)
            .Post("/v2/cloudimages/action", Create)
            .Get("/v1/cloudimages/job/{id}", ShowJob)
            .Get("/v1/cloudimages/quota", Quota)
            .Get("/v2/images", List)
            .Get("/v2/images/{id}", Show)
            .Patch("/v2/images/{id}", Patch)
            .Delete("/v2/images/{id}", Delete);

    private static Reply List(Call call)
    {
        var limit = call.Number("limit", 500, (0, 500), "IMG.0024");
        var images = call.Query("marker") is { } marker
            ? call.Cloud.Images.After(marker) ?? throw new Fault(400, "IMG.0024", $"marker [{marker}] not found")
            : call.Cloud.Images.All();
        var page = images.Where(image => Fits(call, image)).Take(limit);
        return Reply.Ok(new JsonObject { ["images"] = Json.Array(page.Select(View)) });
    }

    private static bool Fits(Call call, Image image) =>
        Same(call, "__imagetype", image.Kind)
        && Same(call, "id", image.Id)
        && Same(call, "name", image.Name)
        && Same(call, "status", image.Status)
        && Same(call, "__os_type", image.OsType)
        && Same(call, "__platform", image.Platform)
        && Same(call, "__os_bit", "64")
        && Same(call, "__isregistered", "true")
        && Same(call, "visibility", image.Kind == "gold" ? "public" : "private")
        && Same(call, "architecture", image.IsArm ? "arm" : "x86")
        && Same(call, "virtual_env_type", "FusionCompute")
        && Same(call, "owner", image.Owner)
        && FitsFlavor(call, image)
        && (
            call.Query("enterprise_project_id") is "all_granted_eps"
            || Same(call, "enterprise_project_id", image.EnterpriseProject)
        );

    private static bool Same(Call call, string name, string value) =>
        call.Query(name) is not { } wanted || wanted == value;

    private static bool FitsFlavor(Call call, Image image) =>
        call.Query("flavor_id") is not { } id
        || (call.Cloud.Flavors.TryGetValue(id, out var flavor) && flavor.Architecture == "arm64" == image.IsArm);

    private static Reply Show(Call call) => Reply.Ok(View(Find(call)));

    private static Image Find(Call call) =>
        call.Cloud.Images.Find(call.Id) ?? throw new Fault(404, "IMG.0027", $"No image found with ID {call.Id}");

    private static Image Own(Call call)
    {
        var image = Find(call);
        return image.Kind == "private" ? image : throw new Fault(403, "IMG.0003", "Only private images can be changed");
    }

    private static Reply Patch(Call call)
    {
        var image = Own(call);
        foreach (var change in (call.Json as JsonArray ?? []).OfType<JsonObject>())
        {
            if (change.Str("path") != "/name" || change.Str("op") != "replace")
            {
                throw new Fault(400, "IMG.0024", "only the name can be replaced");
            }

            image.Rename(change.Str("value") ?? "");
        }

        return Reply.Ok(View(image));
    }

    private static Reply Delete(Call call)
    {
        call.Cloud.Images.Remove(Own(call).Id);
        return Reply.NoContent;
    }

    private static Reply Create(Call call)
    {
        var cloud = call.Cloud;
        var asked = call.Body;
        var server =
            cloud.Servers.Find(asked.Str("instance_id") ?? "")
            ?? throw new Fault(400, "IMG.0005", "instance_id names no server");
        if (asked.Str("name") is not { Length: > 0 and <= 128 } name || server.Status is not ("ACTIVE" or "SHUTOFF"))
        {
            throw new Fault(400, "IMG.0024", "name is invalid or the server is neither running nor stopped");
        }

        var source = cloud.Images.Find(server.Image);
        var image = new Image(cloud.Ids.Next(), name, source?.Platform ?? "Other", cloud.Now)
        {
            Kind = "private",
            OsType = source?.OsType ?? "Linux",
            OsVersion = source?.OsVersion ?? "",
            IsArm = source?.IsArm ?? false,
            MinDisk = cloud.Volumes.Find(server.Disks[0].VolumeId)?.Size ?? 40,
            Owner = cloud.Options.ProjectId,
            Status = "queued",
            Tags = Json.Tags(asked.List("image_tags")),
        };
        var entities = new JsonObject { ["image_id"] = image.Id, ["image_name"] = name };
        var job = cloud.Jobs.Start(
            new Work("createImageByInstance", entities)
            {
                Begins = () => cloud.Images.Add(image),
                Ends = () =>
                {
                    image.Status = "active";
                    return null;
                },
                Fails = _ => cloud.Images.Remove(image.Id),
            }
        );
        return Reply.Ok(new JsonObject { ["job_id"] = job.Id });
    }

    private static Reply ShowJob(Call call) => EcsRoutes.ShowJob(call);

    private static Reply Quota(Call call) =>
        Reply.Ok(
            new JsonObject
            {
                ["quotas"] = new JsonObject
                {
                    ["resources"] = new JsonArray(
                        new JsonObject
                        {
                            ["type"] = "image",
                            ["used"] = call.Cloud.Images.All().Count(image => image.Kind == "private"),
                            ["quota"] = 100,
                            ["min"] = 0,
                            ["max"] = 100,
                        }
                    ),
                },
            }
        );

    private static JsonObject View(Image image)
    {
        var view = new JsonObject
        {
            ["id"] = image.Id,
            ["name"] = image.Name,
            ["status"] = image.Status,
            ["visibility"] = image.Kind == "gold" ? "public" : "private",
            ["protected"] = image.Kind == "gold",
            ["owner"] = image.Owner,
            ["min_disk"] = image.MinDisk,
            ["min_ram"] = 0,
            ["disk_format"] = "zvhd2",
            ["container_format"] = "bare",
            ["schema"] = "/v2/schemas/image",
            ["self"] = $"/v2/images/{image.Id}",
            ["file"] = $"/v2/images/{image.Id}/file",
            ["size"] = null,
            ["created_at"] = Json.Seconds(image.Created),
            ["updated_at"] = Json.Seconds(image.Created),
            ["tags"] = Json.Strings(image.Tags.Select(tag => $"{tag.Key}={tag.Value}")),
            ["virtual_env_type"] = "FusionCompute",
            ["__imagetype"] = image.Kind,
            ["__os_type"] = image.OsType,
            ["__os_version"] = image.OsVersion,
            ["__platform"] = image.Platform,
            ["__os_bit"] = "64",
            ["__isregistered"] = "true",
            ["__image_source_type"] = "uds",
            ["__image_size"] = "1073741824",
            ["__support_kvm"] = "true",
            ["hw_firmware_type"] = image.IsArm ? "uefi" : "bios",
            ["enterprise_project_id"] = image.EnterpriseProject,
        };
        if (image.IsArm)
        {
            view["__support_arm"] = "true";
        }

        return view;
    }
}

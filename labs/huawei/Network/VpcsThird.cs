using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Network;

/// <summary>VPCs and subnets of v3.</summary>
internal static class VpcsThird
{
    public static Reply Create(Call call)
    {
        if (call.Body.Flag("dry_run"))
        {
            return new Reply(202, new JsonObject { ["request_id"] = call.RequestId });
        }

        var vpc = Vpcs.Make(call, Json.Tags(call.Section("vpc", "VPC.0101").List("tags")));
        return new Reply(201, new JsonObject { ["request_id"] = call.RequestId, ["vpc"] = View(call.Cloud, vpc) });
    }

    public static Reply Show(Call call) =>
        Reply.Ok(
            new JsonObject
            {
                ["request_id"] = call.RequestId,
                ["vpc"] = View(call.Cloud, Vpcs.Find(call.Cloud, call.Id)),
            }
        );

    public static Reply List(Call call) =>
        Reply.Ok(
            Paging.Third(
                call,
                call.Cloud.Vpcs,
                "vpcs",
                vpc =>
                    Paging.Any(call, "id", vpc.Id)
                    && Paging.Any(call, "name", vpc.Name)
                    && Paging.Any(call, "description", vpc.Description)
                    && Paging.Any(call, "cidr", vpc.Cidr)
                    && Paging.InEnterprise(call, vpc.EnterpriseProject),
                vpc => View(call.Cloud, vpc)
            )
        );

    public static Reply Subnets(Call call) =>
        Reply.Ok(
            Paging.Third(
                call,
                call.Cloud.Subnets,
                "virsubnets",
                subnet => Paging.Any(call, "id", subnet.Id) && Paging.Any(call, "virsubnet_name", subnet.Name),
                subnet => Network.Subnets.View(call.Cloud, subnet)
            )
        );

    private static JsonObject View(Cloud cloud, Vpc vpc) =>
        new()
        {
            ["id"] = vpc.Id,
            ["name"] = vpc.Name,
            ["description"] = vpc.Description,
            ["cidr"] = vpc.Cidr,
            ["extend_cidrs"] = new JsonArray(),
            ["status"] = vpc.Status == "OK" ? "ACTIVE" : "PENDING",
            ["project_id"] = cloud.Options.ProjectId,
            ["enterprise_project_id"] = vpc.EnterpriseProject,
            ["created_at"] = Json.Seconds(vpc.Created),
            ["updated_at"] = Json.Seconds(vpc.Updated),
            ["tags"] = Json.TagList(vpc.Tags),
            ["cloud_resources"] = new JsonArray(
                new JsonObject
                {
                    ["resource_type"] = "virsubnet",
                    ["resource_count"] = cloud.Subnets.All().Count(subnet => subnet.Vpc == vpc.Id),
                }
            ),
        };
}

using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Network;

/// <summary>Bandwidths: one of its own for each address (PER), or one that several share (WHOLE).</summary>
internal static class Bandwidths
{
    /// <summary>The bandwidth an address is ordered with.</summary>
    public static Bandwidth Of(Cloud cloud, JsonObject? asked, AddressOrder order)
    {
        if (asked?.Str("id") is { Length: > 0 } id)
        {
            return cloud.Bandwidths.Find(id) is { Share: "WHOLE" } shared
                ? shared
                : throw new Fault(400, "VPC.0301", $"shared bandwidth {id} does not exist");
        }

        var share = asked.Str("share_type") ?? asked.Str("sharetype");
        if (share != "PER")
        {
            throw new Fault(400, "VPC.0301", "bandwidth share_type must be PER, or WHOLE with an id");
        }

        return Make(cloud, asked!, share, asked.Str("name") ?? order.Name, order.EnterpriseProject);
    }

    public static Reply CreateShared(Call call)
    {
        var asked = call.Section("bandwidth", "VPC.0301");
        var made = Make(call.Cloud, asked, "WHOLE", asked.Str("name") ?? "", asked.Str("enterprise_project_id") ?? "0");
        return Reply.Ok(new JsonObject { ["bandwidth"] = View(call.Cloud, made) });
    }

    public static Reply List(Call call)
    {
        var page = Paging.First(
            call,
            call.Cloud.Bandwidths,
            width => Paging.Any(call, "share_type", width.Share) && Paging.InEnterprise(call, width.EnterpriseProject)
        );
        return Reply.Ok(new JsonObject { ["bandwidths"] = Json.Array(page.Select(width => View(call.Cloud, width))) });
    }

    public static Reply Show(Call call) => Reply.Ok(new JsonObject { ["bandwidth"] = View(call.Cloud, Find(call)) });

    public static Reply Update(Call call)
    {
        var width = Find(call);
        var change = call.Section("bandwidth", "VPC.0301");
        if (change.Str("size") is not null)
        {
            width.Size = SizeOf(change);
        }

        width.Name = change.Str("name") ?? width.Name;
        width.ChargeMode = change.Str("charge_mode") ?? width.ChargeMode;
        return Show(call);
    }

    public static Reply DeleteShared(Call call)
    {
        var width = Find(call);
        if (width.Share != "WHOLE" || call.Cloud.Eips.All().Any(eip => eip.Bandwidth == width.Id))
        {
            throw new Fault(409, "VPC.0309", "The bandwidth is not shared or in use");
        }

        call.Cloud.Bandwidths.Remove(width.Id);
        return Reply.NoContent;
    }

    private static Bandwidth Make(Cloud cloud, JsonObject asked, string share, string name, string enterprise)
    {
        var mode = asked.Str("charge_mode") ?? asked.Str("chargemode") ?? "bandwidth";
        if (mode is not ("bandwidth" or "traffic"))
        {
            throw new Fault(400, "VPC.0301", "bandwidth charge_mode is invalid");
        }

        var width = new Bandwidth(cloud.Ids.Next(), cloud.Now)
        {
            Name = name,
            Size = SizeOf(asked),
            Share = share,
            ChargeMode = mode,
            EnterpriseProject = enterprise,
        };
        cloud.Bandwidths.Add(width);
        return width;
    }

    private static int SizeOf(JsonObject asked) =>
        asked.Int("size") is { } size and >= 1 and <= 2000
            ? size
            : throw new Fault(400, "VPC.0301", "bandwidth size must be 1 to 2000");

    private static Bandwidth Find(Call call) =>
        call.Cloud.Bandwidths.Find(call.Id)
        ?? throw new Fault(404, "VPC.0306", $"Bandwidth {call.Id} could not be found");

    private static JsonObject View(Cloud cloud, Bandwidth width) =>
        new()
        {
            ["id"] = width.Id,
            ["name"] = width.Name,
            ["size"] = width.Size,
            ["share_type"] = width.Share,
            ["charge_mode"] = width.ChargeMode,
            ["bandwidth_type"] = width.Share == "PER" ? "bgp" : "share",
            ["status"] = "NORMAL",
            ["tenant_id"] = cloud.Options.ProjectId,
            ["enterprise_project_id"] = width.EnterpriseProject,
            ["created_at"] = Json.Seconds(width.Created),
            ["publicip_info"] = Json.Array(
                cloud
                    .Eips.All()
                    .Where(eip => eip.Bandwidth == width.Id)
                    .Select(eip => new JsonObject
                    {
                        ["publicip_id"] = eip.Id,
                        ["publicip_address"] = eip.Address,
                        ["publicip_type"] = eip.Type,
                        ["ip_version"] = 4,
                    })
            ),
        };
}

using System.Net;
using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Network;

/// <summary>Subnets of v1: a new one is UNKNOWN until it is ACTIVE. Changed and deleted under their VPC's path.</summary>
internal static class Subnets
{
    public static Reply Create(Call call)
    {
        var cloud = call.Cloud;
        var asked = call.Section("subnet", "VPC.0201");
        var vpc = Vpcs.Find(cloud, asked.Str("vpc_id") ?? "");
        var range = Range(cloud, asked, vpc);
        if (!Cloud.Fits(cloud.Options.Quotas.Subnets, cloud.Subnets.Count, 1))
        {
            throw new Fault(409, "VPC.0215", "Quota exceeded for resources: subnet");
        }

        var subnet = new Subnet(cloud.Ids.Next(), cloud.Ids.Next(), cloud.Now)
        {
            Name = asked.Str("name")!,
            Description = asked.Str("description") ?? "",
            Vpc = vpc.Id,
            Range = range,
            Gateway = asked.Str("gateway_ip")!,
            Zone = asked.Str("availability_zone"),
            Dhcp = asked.Str("dhcp_enable") is null || asked.Flag("dhcp_enable"),
            Tags = Vpcs.StarTags(asked),
        };
        subnet.PrimaryDns = asked.Str("primary_dns") ?? subnet.PrimaryDns;
        subnet.SecondaryDns = asked.Str("secondary_dns") ?? subnet.SecondaryDns;
        cloud.Subnets.Add(subnet);
        cloud.Timeline.After(cloud.Options.SettleTime, () => subnet.Status = "ACTIVE");
        return Reply.Ok(new JsonObject { ["subnet"] = View(cloud, subnet) });
    }

    public static Reply List(Call call)
    {
        var page = Paging.First(
            call,
            call.Cloud.Subnets,
            subnet => call.Query("vpc_id") is not { } vpc || subnet.Vpc == vpc
        );
        return Reply.Ok(new JsonObject { ["subnets"] = Json.Array(page.Select(subnet => View(call.Cloud, subnet))) });
    }

    public static Reply Show(Call call) =>
        Reply.Ok(new JsonObject { ["subnet"] = View(call.Cloud, Find(call.Cloud, call.Id)) });

    public static Reply Update(Call call)
    {
        var subnet = InVpc(call);
        var change = call.Section("subnet", "VPC.0201");
        subnet.Name = change.Str("name") ?? subnet.Name;
        subnet.Description = change.Str("description") ?? subnet.Description;
        subnet.PrimaryDns = change.Str("primary_dns") ?? subnet.PrimaryDns;
        subnet.SecondaryDns = change.Str("secondary_dns") ?? subnet.SecondaryDns;
        subnet.Updated = call.Cloud.Now;
        return Reply.Ok(
            new JsonObject
            {
                ["subnet"] = new JsonObject { ["id"] = subnet.Id, ["status"] = subnet.Status },
            }
        );
    }

    public static Reply Delete(Call call)
    {
        var subnet = InVpc(call);
        if (call.Cloud.Ports.Own().Any(port => port.Subnet == subnet.Id))
        {
            throw new Fault(409, "VPC.0204", "The subnet has been used and cannot be deleted");
        }

        call.Cloud.Subnets.Remove(subnet.Id);
        return Reply.NoContent;
    }

    public static Subnet Find(Cloud cloud, string id) =>
        cloud.Subnets.Find(id) ?? throw new Fault(404, "VPC.0202", $"Subnet {id} could not be found.");

    public static JsonObject View(Cloud cloud, Subnet subnet) =>
        new()
        {
            ["id"] = subnet.Id,
            ["name"] = subnet.Name,
            ["description"] = subnet.Description,
            ["cidr"] = subnet.Range.ToString(),
            ["gateway_ip"] = subnet.Gateway,
            ["vpc_id"] = subnet.Vpc,
            ["dhcp_enable"] = subnet.Dhcp,
            ["ipv6_enable"] = false,
            ["primary_dns"] = subnet.PrimaryDns,
            ["secondary_dns"] = subnet.SecondaryDns,
            ["dnsList"] = new JsonArray(subnet.PrimaryDns, subnet.SecondaryDns),
            ["availability_zone"] = subnet.Zone,
            ["status"] = subnet.Status,
            ["neutron_network_id"] = subnet.Id,
            ["neutron_subnet_id"] = subnet.NeutronSubnet,
            ["available_ip_address_count"] = subnet.Free,
            ["scope"] = "center",
            ["extra_dhcp_opts"] = new JsonArray(),
            ["tenant_id"] = cloud.Options.ProjectId,
            ["created_at"] = Json.Seconds(subnet.Created),
            ["updated_at"] = Json.Seconds(subnet.Updated),
        };

    private static IPNetwork Range(Cloud cloud, JsonObject asked, Vpc vpc)
    {
        var range =
            Cidrs.PrivateRange(asked.Str("cidr")) is { PrefixLength: <= 28 } good
            && asked.Str("name") is { Length: > 0 }
                ? good
                : throw new Fault(400, "VPC.0201", "name or cidr is invalid");
        if (vpc.Cidr.Length > 0 && !Cidrs.Holds(IPNetwork.Parse(vpc.Cidr), range))
        {
            throw new Fault(400, "VPC.0212", "The subnet's cidr is not in the VPC's");
        }

        if (cloud.Subnets.All().Any(other => other.Vpc == vpc.Id && Cidrs.Overlap(other.Range, range)))
        {
            throw new Fault(400, "VPC.0203", "The subnet's cidr overlaps with another one of the VPC");
        }

        return IPAddress.TryParse(asked.Str("gateway_ip"), out var gateway) && range.Contains(gateway)
            ? range
            : throw new Fault(400, "VPC.0201", "gateway_ip is invalid");
    }

    private static Subnet InVpc(Call call)
    {
        var subnet = Find(call.Cloud, call.Id);
        return subnet.Vpc == call.Route("vpc")
            ? subnet
            : throw new Fault(400, "VPC.0201", "The subnet is in another VPC");
    }
}

using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ecs;

/// <summary>The cards of a server.</summary>
internal static class ServerNics
{
    public static Reply List(Call call)
    {
        var server = ServerList.Find(call.Cloud, call.Id);
        return Reply.Ok(
            new JsonObject
            {
                ["interfaceAttachments"] = Json.Array(
                    ServerView
                        .Ports(call.Cloud, server)
                        .Select(port => new JsonObject
                        {
                            ["port_state"] = "ACTIVE",
                            ["port_id"] = port.Id,
                            ["net_id"] = port.Subnet,
                            ["mac_addr"] = port.Mac,
                            ["fixed_ips"] = new JsonArray(
                                new JsonObject { ["subnet_id"] = port.NeutronSubnet, ["ip_address"] = port.Address }
                            ),
                        })
                ),
            }
        );
    }
}

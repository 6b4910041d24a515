using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.Network;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ecs;

/// <summary>Deleting servers: the system disk always goes, data disks and the address only where that was asked for.</summary>
internal static class ServerDelete
{
    public static Reply Delete(Call call)
    {
        var cloud = call.Cloud;
        var ids = Ids(call, call.Body, 1000);
        var (address, volumes) = (call.Body.Flag("delete_publicip"), call.Body.Flag("delete_volume"));
        var job = cloud.Jobs.Start(
            "deleteServer",
            ids.Select(id => new Work("deleteSingleServer", new JsonObject { ["server_id"] = id })
            {
                Begins = () =>
                {
                    if (cloud.Servers.Edit(id) is { } server)
                    {
                        server.Task = "deleting";
                    }
                },
                Ends = () =>
                {
                    if (cloud.Servers.Edit(id) is { } server)
                    {
                        Remove(cloud, server, address, volumes);
                    }

                    return null;
                },
            })
        );
        return Reply.Ok(new JsonObject { ["job_id"] = job.Id });
    }

    /// <summary>The servers a batch names; all must exist.</summary>
    public static IReadOnlyList<string> Ids(Call call, JsonNode body, int most)
    {
        var ids = body.List("servers").Select(server => server.Str("id") ?? "").Distinct().ToList();
        if (ids.Count == 0 || ids.Count > most)
        {
            throw new Fault(400, "Ecs.0005", $"servers must name 1 to {most} servers");
        }

        return ids.TrueForAll(id => call.Cloud.Servers.Find(id) is not null) ? ids : throw ServerList.Gone(400);
    }

    public static void Remove(Cloud cloud, Server server, bool withAddress, bool withVolumes)
    {
        foreach (var port in server.Ports)
        {
            if (cloud.EipOn(port) is { } eip)
            {
                (eip.Port, eip.Status) = (null, "DOWN");
                if (withAddress)
                {
                    Addresses.Release(cloud, eip);
                }
            }

            Ports.Remove(cloud, port);
        }

        foreach (var disk in server.Disks)
        {
            if (disk.IsSystem || disk.DeletedWithServer || withVolumes)
            {
                cloud.Volumes.Remove(disk.VolumeId);
            }
            else
            {
                cloud.Volumes.Edit(disk.VolumeId)?.Free(cloud.Now);
            }
        }

        cloud.Servers.Remove(server.Id);
    }
}

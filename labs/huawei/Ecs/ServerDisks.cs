using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ecs;

/// <summary>Attaching and detaching disks. A volume that is gone is told by Ecs.1000 with the fault of another service inside.</summary>
internal static class ServerDisks
{
    public static Reply Attach(Call call)
    {
        var cloud = call.Cloud;
        var order = call.Section("volumeAttachment", "Ecs.0005");
        var server = ServerList.Find(cloud, call.Id);
        var volume = cloud.Volumes.Find(order.Str("volumeId") ?? "") ?? throw NoVolume(order.Str("volumeId"));
        if (volume.Status != "available")
        {
            throw new Fault(400, "Ecs.0103", $"The disk is unavailable: it is in status {volume.Status}");
        }

        if (volume.Zone != server.Zone)
        {
            throw new Fault(400, "Ecs.0005", "The disk and the ECS are in different availability zones");
        }

        if (server.Status is not ("ACTIVE" or "SHUTOFF"))
        {
            throw new Fault(409, "Ecs.0000", $"The ECS is in status {server.Status}, which does not allow this");
        }

        if (call.Body.Flag("dry_run"))
        {
            return new Reply(202);
        }

        cloud.Volumes.Edit(volume.Id)!.Status = "attaching";
        var job = cloud.Jobs.Start(
            new Work("attachVolume", new JsonObject { ["server_id"] = server.Id })
            {
                Ends = () => Hold(cloud, server.Id, volume.Id, order.Str("device")),
                Fails = _ => cloud.Volumes.Edit(volume.Id)?.Free(cloud.Now),
            }
        );
        return Reply.Ok(new JsonObject { ["job_id"] = job.Id });
    }

    public static Reply Detach(Call call)
    {
        var cloud = call.Cloud;
        var server = ServerList.Find(cloud, call.Id);
        var id = call.Route("volume");
        if (cloud.Volumes.Find(id) is null)
        {
            throw NoVolume(id);
        }

        var disk =
            server.Disks.Find(held => held.VolumeId == id)
            ?? throw new Fault(404, "Ecs.0103", "The disk is not attached to the ECS");
        if (disk.IsSystem && server.Status != "SHUTOFF")
        {
            throw new Fault(400, "Ecs.0005", "The system disk of a running ECS cannot be detached");
        }

        cloud.Volumes.Edit(id)!.Status = "detaching";
        var job = cloud.Jobs.Start(
            new Work("detachVolume", new JsonObject { ["server_id"] = server.Id })
            {
                Ends = () =>
                {
                    cloud.Servers.Edit(server.Id)?.Disks.RemoveAll(held => held.VolumeId == id);
                    cloud.Volumes.Edit(id)?.Free(cloud.Now);
                    return null;
                },
                Fails = _ => cloud.Volumes.Edit(id)?.Hold(server.Id, disk.Device, cloud.Now),
            }
        );
        return Reply.Ok(new JsonObject { ["job_id"] = job.Id });
    }

    public static Reply List(Call call)
    {
        var server = ServerList.Find(call.Cloud, call.Id);
        return Reply.Ok(
            new JsonObject
            {
                ["attachableQuantity"] = new JsonObject { ["free_disk"] = 24 - server.Disks.Count },
                ["volumeAttachments"] = Json.Array(
                    server.Disks.Select(disk => new JsonObject
                    {
                        ["id"] = disk.VolumeId,
                        ["volumeId"] = disk.VolumeId,
                        ["serverId"] = server.Id,
                        ["device"] = disk.Device,
                        ["size"] = call.Cloud.Volumes.Find(disk.VolumeId)?.Size,
                        ["bootIndex"] = disk.IsSystem ? 0 : null,
                        ["bus"] = "virtio",
                        ["pciAddress"] = "",
                    })
                ),
            }
        );
    }

    /// <summary>The job's end of an attachment, also used when a volume is made for a server.</summary>
    public static JobFailure? Hold(Cloud cloud, string server, string volume, string? device)
    {
        if (cloud.Servers.Edit(server) is not { } holder || cloud.Volumes.Edit(volume) is not { } held)
        {
            return new JobFailure("Ecs.0114", "The ECS or the disk does not exist");
        }

        var taken = holder.Disks.Select(disk => disk.Device).ToHashSet();
        var free = "bcdefghijklmnopqrstuvwxyz"
            .Select(letter => $"/dev/vd{letter}")
            .FirstOrDefault(d => !taken.Contains(d));
        var place = device is { Length: > 0 } && !taken.Contains(device) ? device : free;
        if (place is null)
        {
            return new JobFailure("Ecs.0005", "No more disks can be attached");
        }

        held.Hold(server, place, cloud.Now);
        holder.Disks.Add(new HeldDisk(volume, place, IsSystem: false, DeletedWithServer: false));
        return null;
    }

    private static Fault NoVolume(string? id) =>
        new(400, "Ecs.1000", $$$"""{"itemNotFound":{"message":"Volume {{{id}}} could not be found.","code":404}}""");
}

using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.Network;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ecs;

/// <summary>
/// Creating servers: the ids come at once, the servers are to be seen when the job has begun, and a failed part leaves
/// nothing behind. The same X-Client-Token gives the same answer and makes nothing.
/// </summary>
internal static class ServerCreate
{
    public static Reply Create(Call call)
    {
        var asked = call.Section("server", "Ecs.0005");
        if (call.Body.Flag("dry_run"))
        {
            _ = ServerPlan.Of(call.Cloud, asked);
            return new Reply(202);
        }

        return call.Cloud.Once(
            "ecs",
            call.Header("X-Client-Token"),
            () => Make(call, ServerPlan.Of(call.Cloud, asked))
        );
    }

    private static Reply Make(Call call, ServerPlan plan)
    {
        var cloud = call.Cloud;
        var servers = Enumerable.Range(1, plan.Count).Select(number => Draft(cloud, plan, number)).ToList();
        var builds = servers.ConvertAll(server => new Build(cloud, plan, server));
        cloud.Pending.AddRange(servers);
        var job = cloud.Jobs.Start(
            "createServer",
            builds.Select(build => new Work("createSingleServer", new JsonObject { ["server_id"] = build.Id })
            {
                Begins = build.Begin,
                Ends = build.End,
                Fails = build.Undo,
            })
        );
        return Reply.Ok(
            new JsonObject { ["job_id"] = job.Id, ["serverIds"] = Json.Strings(servers.Select(server => server.Id)) }
        );
    }

    private static Server Draft(Cloud cloud, ServerPlan plan, int number)
    {
        var asked = plan.Asked;
        var name = asked.Str("name")!;
        var metadata = Json.Pairs(asked.Obj("metadata"));
        metadata["charging_mode"] = "0";
        metadata["vpc_id"] = plan.Vpc.Id;
        metadata["metering.image_id"] = plan.Image.Id;
        metadata["metering.resourcespeccode"] = $"{plan.Flavor.Id}.linux";
        metadata["image_name"] = plan.Image.Name;
        metadata["os_type"] = plan.Image.OsType;
        metadata["os_bit"] = "64";
        return new Server(cloud.Ids.Next(), cloud.Now)
        {
            Name = plan.Count == 1 ? name : $"{name}-{number:d4}",
            Description = asked.Str("description") ?? "",
            Flavor = plan.Flavor.Id,
            Image = plan.Image.Id,
            Vpc = plan.Vpc.Id,
            Zone = plan.Zone,
            KeyName = asked.Str("key_name"),
            EnterpriseProject = asked.Obj("extendparam").Str("enterprise_project_id") ?? "0",
            Metadata = metadata,
            Tags = new Dictionary<string, string>(plan.Tags),
            SecurityGroups = [.. plan.Groups],
        };
    }

    /// <summary>One server's way from the draft to running, or back to nothing.</summary>
    private sealed class Build(Cloud cloud, ServerPlan plan, Server server)
    {
        private JobFailure? early;

        public string Id => server.Id;

        public void Begin()
        {
            cloud.Pending.Remove(server);
            cloud.Servers.Add(server);
            foreach (var nic in plan.Nics)
            {
                AddPort(nic);
            }

            for (var i = 0; i < plan.Disks.Count; i++)
            {
                AddDisk(plan.Disks[i], i);
            }

            server.Task = "spawning";
        }

        public JobFailure? End()
        {
            if (early is not null)
            {
                return early;
            }

            if (cloud.Servers.Find(server.Id) is null)
            {
                return new JobFailure("Ecs.0114", "The ECS was deleted while it was made");
            }

            if (plan.Flavor.IsSoldOut(plan.Zone))
            {
                return new JobFailure("Ecs.0319", $"Insufficient resources for flavor {plan.Flavor.Id} in {plan.Zone}");
            }

            foreach (var disk in server.Disks)
            {
                cloud.Volumes.Edit(disk.VolumeId)?.Hold(server.Id, disk.Device, cloud.Now);
            }

            server.Launched = cloud.Now;
            server.Turn(on: true, cloud.Now);
            return GiveAddress();
        }

        public void Undo(JobFailure failure)
        {
            cloud.Pending.Remove(server);
            ServerDelete.Remove(cloud, server, withAddress: true, withVolumes: true);
        }

        private void AddPort(NicPlan nic)
        {
            var port = nic.Port is { } id
                ? cloud.Ports.Edit(id)
                : Ports.Make(cloud, nic.Subnet!, nic.Address, plan.Groups);
            if (port is null)
            {
                early = nic.Address is null
                    ? new JobFailure("Ecs.0012", "The subnet does not contain enough IP addresses")
                    : new JobFailure("Ecs.0010", "The private IP address is already being used");
                return;
            }

            (port.Device, port.Owner) = (server.Id, $"compute:{server.Zone}");
            server.Ports.Add(port.Id);
        }

        private void AddDisk(DiskPlan disk, int index)
        {
            var volume = new Volume(cloud.Ids.Next(), cloud.Now)
            {
                Name = $"{server.Name}-volume-{index:d4}",
                Size = disk.Size,
                Type = disk.Type,
                Zone = server.Zone,
                IsBootable = disk.IsSystem,
                Image = disk.IsSystem ? plan.Image.Id : null,
                EnterpriseProject = server.EnterpriseProject,
            };
            cloud.Volumes.Add(volume);
            server.Disks.Add(
                new HeldDisk(volume.Id, $"/dev/vd{(char)('a' + index)}", disk.IsSystem, disk.DeletedWithServer)
            );
        }

        private JobFailure? GiveAddress()
        {
            var asked = plan.Asked.Obj("publicip");
            var eip =
                asked is null ? null
                : asked.Str("id") is { } id ? cloud.Eips.Find(id)
                : asked.Obj("eip") is { } order
                    ? Addresses.Allocate(
                        cloud,
                        new AddressOrder(order.Str("iptype") ?? "5_bgp", server.Name, server.EnterpriseProject),
                        order.Obj("bandwidth")
                    )
                : null;
            if (asked is not null && (eip is null || eip.Port is not null))
            {
                return new JobFailure("Ecs.0005", "The EIP does not exist or is in use");
            }

            if (eip is not null)
            {
                (eip.Port, eip.Status) = (server.Ports[0], "ACTIVE");
            }

            return null;
        }
    }
}

using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ecs;

/// <summary>Changing a server's size: it must be off, unless the call asks to stop and start it on the way.</summary>
internal static class ServerResize
{
    public static Reply Resize(Call call)
    {
        var cloud = call.Cloud;
        var order = call.Section("resize", "Ecs.0005");
        var server = ServerList.Find(cloud, call.Id);
        var target = cloud.Flavors.GetValueOrDefault(order.Str("flavorRef") ?? "");
        Check(cloud, server, target, order.Str("mode") == "withStopServer");
        if (call.Body.Flag("dry_run"))
        {
            return new Reply(202);
        }

        var wasOn = server.Status == "ACTIVE";
        var job = cloud.Jobs.Start(
            new Work("resizeServer", new JsonObject { ["server_id"] = server.Id })
            {
                Begins = () => Begin(cloud, server.Id, wasOn),
                Ends = () => End(cloud, server.Id, target!, wasOn),
                Fails = _ => cloud.Servers.Edit(server.Id)?.Turn(wasOn, cloud.Now),
            }
        );
        return Reply.Ok(new JsonObject { ["job_id"] = job.Id });
    }

    private static void Check(Cloud cloud, Server server, Flavor? target, bool mayStop)
    {
        if (target is null || target.Sale == "abandon")
        {
            throw new Fault(400, "Ecs.0005", "flavorRef is invalid");
        }

        if (target.Id == server.Flavor)
        {
            throw new Fault(400, "Ecs.0009", "Another flavor must be used for resizing");
        }

        var now = cloud.FlavorOf(server);
        if (target.Architecture != now.Architecture)
        {
            throw new Fault(400, "Ecs.0008", "the flavor has another architecture");
        }

        if (server.Task is not null || !(server.Status == "SHUTOFF" || (mayStop && server.Status == "ACTIVE")))
        {
            throw new Fault(409, "Ecs.0000", $"The ECS is in status {server.Status}; it must be stopped for resizing");
        }

        var used = Usage.Of(cloud);
        if (
            !Cloud.Fits(cloud.Options.Quotas.Cores, used.Cores, target.Vcpus - now.Vcpus)
            || !Cloud.Fits(cloud.Options.Quotas.RamMiB, used.RamMiB, target.RamMiB - now.RamMiB)
        )
        {
            throw new Fault(400, "Ecs.0001", "Insufficient ECS quota: cores or RAM is above the quota");
        }
    }

    private static void Begin(Cloud cloud, string id, bool wasOn)
    {
        if (cloud.Servers.Edit(id) is not { } server)
        {
            return;
        }

        if (wasOn)
        {
            server.Turn(on: false, cloud.Now);
        }

        (server.Status, server.Task) = ("RESIZE", "resize_prep");
    }

    private static JobFailure? End(Cloud cloud, string id, Flavor target, bool wasOn)
    {
        if (cloud.Servers.Edit(id) is not { } server)
        {
            return new JobFailure("Ecs.0114", "The ECS does not exist");
        }

        if (target.IsSoldOut(server.Zone))
        {
            return new JobFailure("Ecs.0319", $"Insufficient resources for flavor {target.Id} in {server.Zone}");
        }

        server.Flavor = target.Id;
        server.Turn(wasOn, cloud.Now);
        return null;
    }
}

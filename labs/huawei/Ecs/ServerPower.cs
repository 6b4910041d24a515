using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ecs;

/// <summary>Start, stop, reboot in batch: the call is taken; whether a server's state allowed it is told by its part of the job.</summary>
internal static class ServerPower
{
    private sealed record PowerAct(string Job, string From, string Task, bool On);

    private static readonly Dictionary<string, PowerAct> Acts = new()
    {
        ["os-start"] = new("startServer", "SHUTOFF", "powering-on", On: true),
        ["os-stop"] = new("stopServer", "ACTIVE", "powering-off", On: false),
        ["reboot"] = new("rebootServer", "ACTIVE", "reboot_started", On: true),
    };

    public static Reply Act(Call call)
    {
        var name = Acts.Keys.FirstOrDefault(key => call.Body.Obj(key) is not null);
        if (name is null)
        {
            throw new Fault(400, "Ecs.0005", "request body names no known action");
        }

        var order = call.Body.Obj(name)!;
        if ((order.Str("type") ?? "SOFT") is not ("SOFT" or "HARD"))
        {
            throw new Fault(400, "Ecs.0005", "type must be SOFT or HARD");
        }

        var act = Acts[name];
        var job = call.Cloud.Jobs.Start(
            act.Job,
            ServerDelete.Ids(call, order, 1000).Select(id => Step(call.Cloud, id, act, order.Str("type") == "HARD"))
        );
        return Reply.Ok(new JsonObject { ["job_id"] = job.Id });
    }

    private static Work Step(Cloud cloud, string id, PowerAct act, bool hard)
    {
        var allowed = false;
        return new Work(act.Job[..^6] + "SingleServer", new JsonObject { ["server_id"] = id })
        {
            Begins = () =>
            {
                var server = cloud.Servers.Edit(id);
                allowed = server is { Task: null } && server.Status == act.From;
                if (allowed)
                {
                    server!.Task = act.Task;
                    server.Status = act.Job == "rebootServer" ? (hard ? "HARD_REBOOT" : "REBOOT") : server.Status;
                }
            },
            Ends = () =>
            {
                if (cloud.Servers.Edit(id) is not { } server)
                {
                    return new JobFailure("Ecs.0114", "The ECS does not exist");
                }

                if (!allowed)
                {
                    return new JobFailure(
                        "Ecs.0000",
                        $"The ECS is in status {server.Status}, which does not allow this"
                    );
                }

                server.Turn(act.On, cloud.Now);
                return null;
            },
            Fails = _ =>
            {
                if (allowed && cloud.Servers.Edit(id) is { } server)
                {
                    (server.Status, server.Task) = (act.From, null);
                }
            },
        };
    }
}

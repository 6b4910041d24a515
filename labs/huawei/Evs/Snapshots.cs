using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Evs;

/// <summary>Snapshots of volumes: no job; the status is to be polled.</summary>
internal static class Snapshots
{
    public static Reply Create(Call call)
    {
        var cloud = call.Cloud;
        var asked = call.Section("snapshot", "EVS.5400");
        var volume = VolumeList.Find(cloud, asked.Str("volume_id") ?? "");
        if (volume.Status is not ("available" or "in-use") || (volume.Status == "in-use" && !asked.Flag("force")))
        {
            throw new Fault(400, "EVS.5400", $"Invalid volume: in status {volume.Status} a snapshot needs force");
        }

        if (!Cloud.Fits(cloud.Options.Quotas.Snapshots, cloud.Snapshots.Count, 1))
        {
            throw new Fault(413, "EVS.5413", "SnapshotLimitExceeded: Maximum number of snapshots allowed exceeded");
        }

        var snapshot = new Snapshot(cloud.Ids.Next(), volume.Id, volume.Size, cloud.Now)
        {
            Name = asked.Str("name") ?? "",
            Description = asked.Str("description") ?? "",
            Metadata = Json.Pairs(asked.Obj("metadata")),
        };
        cloud.Snapshots.Add(snapshot);
        cloud.Timeline.After(cloud.Options.SettleTime, () => snapshot.Status = "available");
        return new Reply(202, new JsonObject { ["snapshot"] = View(cloud, snapshot) });
    }

    public static Reply Detail(Call call)
    {
        var limit = call.Number("limit", 1000, (0, 1000), "EVS.5400");
        var offset = call.Number("offset", 0, (0, int.MaxValue), "EVS.5400");
        var all = call.Cloud.Snapshots.All();
        if (call.Query("marker") is { } marker)
        {
            all =
                call.Cloud.Snapshots.After(marker) ?? throw new Fault(400, "EVS.5400", $"marker [{marker}] not found");
        }

        var found = all.Where(snapshot => Fits(call, snapshot)).ToList();
        return Reply.Ok(
            new JsonObject
            {
                ["count"] = found.Count,
                ["snapshots"] = Json.Array(
                    found.Skip(offset).Take(limit).Select(snapshot => View(call.Cloud, snapshot))
                ),
            }
        );
    }

    public static Reply Show(Call call) => Reply.Ok(new JsonObject { ["snapshot"] = View(call.Cloud, Find(call)) });

    public static Reply Update(Call call)
    {
        var snapshot = Find(call);
        var change = call.Section("snapshot", "EVS.5400");
        snapshot.Name = change.Str("name") ?? snapshot.Name;
        snapshot.Description = change.Str("description") ?? snapshot.Description;
        return Show(call);
    }

    public static Reply Delete(Call call)
    {
        var cloud = call.Cloud;
        var snapshot = Find(call);
        if (snapshot.Status is not ("available" or "error"))
        {
            throw new Fault(400, "EVS.5400", $"Invalid snapshot: status is {snapshot.Status}");
        }

        snapshot.Status = "deleting";
        cloud.Timeline.After(cloud.Options.SettleTime, () => cloud.Snapshots.Remove(snapshot.Id));
        return new Reply(202);
    }

    public static Reply Rollback(Call call)
    {
        var cloud = call.Cloud;
        var snapshot = Find(call);
        var order = call.Section("rollback", "EVS.5400");
        var volume = VolumeList.Edit(cloud, order.Str("volume_id") ?? snapshot.Volume);
        if (volume.Id != snapshot.Volume || volume.Status != "available")
        {
            throw new Fault(400, "EVS.5400", "Invalid volume: a rollback needs the snapshot's own volume, available");
        }

        (volume.Status, snapshot.Status) = ("rollbacking", "rollbacking");
        cloud.Timeline.After(
            cloud.Options.SettleTime,
            () => (volume.Status, snapshot.Status) = ("available", "available")
        );
        return new Reply(
            202,
            new JsonObject
            {
                ["rollback"] = new JsonObject { ["volume_id"] = volume.Id, ["name"] = order.Str("name") },
            }
        );
    }

    private static bool Fits(Call call, Snapshot snapshot) =>
        (call.Query("name") is not { } name || snapshot.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
        && (call.Query("status") is not { } status || snapshot.Status == status)
        && (call.Query("volume_id") is not { } volume || snapshot.Volume == volume)
        && (call.Query("id") is not { } id || snapshot.Id == id);

    private static Snapshot Find(Call call) =>
        call.Cloud.Snapshots.Find(call.Id)
        ?? throw new Fault(404, "EVS.5404", $"Snapshot {call.Id} could not be found.");

    private static JsonObject View(Cloud cloud, Snapshot snapshot) =>
        new()
        {
            ["id"] = snapshot.Id,
            ["name"] = snapshot.Name,
            ["description"] = snapshot.Description,
            ["status"] = snapshot.Status,
            ["size"] = snapshot.Size,
            ["volume_id"] = snapshot.Volume,
            ["created_at"] = Json.Micros(snapshot.Created),
            ["updated_at"] = Json.Micros(snapshot.Created),
            ["metadata"] = Json.Map(snapshot.Metadata),
            ["os-extended-snapshot-attributes:progress"] = snapshot.Status == "creating" ? "50%" : "100%",
            ["os-extended-snapshot-attributes:project_id"] = cloud.Options.ProjectId,
        };
}

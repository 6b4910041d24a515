using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Api.OpenInterface;

/// <summary>Volumes of the open interface, what holds them, and their snapshots.</summary>
internal static class OpenVolumesApi
{
    private static readonly OpenCollection<CloudVolume, VolumeSpec> Volumes = new(
        OpenPaths.Volumes,
        pool => pool.Volumes(),
        (inventory, token) => inventory.ListVolumesAsync(token),
        it => it.Id,
        (it, key) => it with { Key = key }
    );

    private static readonly OpenCollection<CloudSnapshot, SnapshotSpec> Snapshots = new(
        OpenPaths.Snapshots,
        pool => pool.Snapshots(),
        null,
        it => it.Id,
        (it, key) => it with { Key = key }
    );

    public static void Map(IEndpointRouteBuilder api, OpenDoor door)
    {
        Volumes.Map(api, door);
        Volumes.Act(api, door, "extend", ExtendAsync);
        Volumes.Act(api, door, "attach", AttachAsync);
        Volumes.Act(api, door, "detach", (pool, id, _, token) => Attachment(pool).DetachAsync(id, token));
        Snapshots.Map(api, door);
    }

    private static async Task ExtendAsync(ClientPool pool, NativeId id, HttpContext http, CancellationToken token)
    {
        var wanted = await OpenDoor.BodyAsync<ExtendBody>(http, token);
        await pool.Need(pool.Cloud.Volumes, OpenPaths.Volumes).ExtendAsync(id, wanted.SizeGiB, token);
    }

    private static async Task AttachAsync(ClientPool pool, NativeId id, HttpContext http, CancellationToken token)
    {
        var body = await OpenDoor.BodyAsync<ServerBody>(http, token);
        var server = await pool.OwnAsync(OpenPaths.Servers, body.Server.Value, token);
        await Attachment(pool).AttachAsync(id, server, token);
    }

    private static IVolumeAttachment Attachment(ClientPool pool) =>
        pool.Need(pool.Cloud.Attachment, OpenPaths.Attachment);
}

/// <param name="SizeGiB">The size the volume shall have, in GiB.</param>
internal sealed record ExtendBody(int SizeGiB);

/// <param name="Server">The server it shall be attached or bound to.</param>
internal sealed record ServerBody(NativeId Server);

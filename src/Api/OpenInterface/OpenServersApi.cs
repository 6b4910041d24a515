using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Api.OpenInterface;

/// <summary>Servers of the open interface: their power, size and screens.</summary>
internal static class OpenServersApi
{
    private static readonly OpenCollection<CloudServer, ServerSpec> Servers = new(
        OpenPaths.Servers,
        pool => pool.Servers(),
        (inventory, token) => inventory.ListServersAsync(token),
        it => it.Id,
        (it, key) => it with { Key = key }
    );

    public static void Map(IEndpointRouteBuilder api, OpenDoor door)
    {
        Servers.Map(api, door);
        Servers.Act(api, door, "start", (pool, id, _, token) => Power(pool).StartAsync(id, token));
        Servers.Act(api, door, "stop", (pool, id, _, token) => Power(pool).StopAsync(id, token));
        Servers.Act(api, door, "reboot", (pool, id, _, token) => Power(pool).RebootAsync(id, token));
        Servers.Act(api, door, "confirm-resize", (pool, id, _, token) => Resizing(pool).ConfirmAsync(id, token));
        Servers.Act(api, door, "revert-resize", (pool, id, _, token) => Resizing(pool).RevertAsync(id, token));
        Servers.Act(api, door, "resize", ResizeAsync);
        api.MapPost("/servers/{id}/console", door.Answer(OpenConsoleAsync));
    }

    private static async Task ResizeAsync(ClientPool pool, NativeId id, HttpContext http, CancellationToken token)
    {
        var wanted = await OpenDoor.BodyAsync<CloudFlavour>(http, token);
        await Resizing(pool).ResizeAsync(id, wanted.Flavour, wanted.Size, token);
    }

    private static async Task<ConsoleAddress> OpenConsoleAsync(
        ClientPool pool,
        HttpContext http,
        CancellationToken token
    )
    {
        var console = pool.Need(pool.Cloud.Console, OpenPaths.Console);
        Uri? address = null;
        var id = OpenCollection<CloudServer, ServerSpec>.IdOf(http);
        await pool.ActAsync(
            (OpenPaths.Servers, id.Value, "console"),
            async server => address = await console.OpenAsync(server, token),
            token
        );
        return new ConsoleAddress(address!.AbsoluteUri);
    }

    private static IServerPower Power(ClientPool pool) => pool.Need(pool.Cloud.Power, OpenPaths.Power);

    private static IServerResizing Resizing(ClientPool pool) => pool.Need(pool.Cloud.Resizing, OpenPaths.Resizing);
}

using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Api.OpenInterface;

/// <summary>Networks and public addresses of the open interface.</summary>
internal static class OpenNetworksApi
{
    private static readonly OpenCollection<CloudNetwork, NetworkSpec> Networks = new(
        OpenPaths.Networks,
        pool => pool.Networks(),
        (inventory, token) => inventory.ListNetworksAsync(token),
        it => it.Id,
        (it, key) => it with { Key = key }
    );

    private static readonly OpenCollection<CloudAddress, AddressSpec> Addresses = new(
        OpenPaths.Addresses,
        pool => pool.Addresses(),
        (inventory, token) => inventory.ListAddressesAsync(token),
        it => it.Id,
        (it, key) => it with { Key = key }
    );

    public static void Map(IEndpointRouteBuilder api, OpenDoor door)
    {
        Networks.Map(api, door);
        Addresses.Map(api, door);
        Addresses.Act(api, door, "bandwidth", SetBandwidthAsync);
        Addresses.Act(api, door, "bind", BindAsync);
        Addresses.Act(api, door, "unbind", (pool, id, _, token) => Binding(pool).UnbindAsync(id, token));
    }

    private static async Task SetBandwidthAsync(ClientPool pool, NativeId id, HttpContext http, CancellationToken token)
    {
        var wanted = await OpenDoor.BodyAsync<BandwidthBody>(http, token);
        var addresses = pool.Need(pool.Cloud.Addresses, OpenPaths.Addresses);
        await addresses.SetBandwidthAsync(id, wanted.BandwidthMbps, token);
    }

    private static async Task BindAsync(ClientPool pool, NativeId id, HttpContext http, CancellationToken token)
    {
        var body = await OpenDoor.BodyAsync<ServerBody>(http, token);
        var server = await pool.OwnAsync(OpenPaths.Servers, body.Server.Value, token);
        await Binding(pool).BindAsync(id, server, token);
    }

    private static IAddressBinding Binding(ClientPool pool) => pool.Need(pool.Cloud.Binding, OpenPaths.Binding);
}

/// <param name="BandwidthMbps">The bandwidth it shall have, in Mbps.</param>
internal sealed record BandwidthBody(int BandwidthMbps);

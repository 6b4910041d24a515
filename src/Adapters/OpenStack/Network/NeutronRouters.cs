using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>The way out of a tenant network: a router of its own to the pool's external network.</summary>
internal sealed class NeutronRouters(CloudDoor door, NetworkNames names, string? externalNetwork)
{
    private const string RouterSide = "network:router_interface";

    /// <summary>Makes the router and its side in the subnet, whichever is missing. Nothing where the pool has no way out.</summary>
    public async Task ConnectAsync(
        string name,
        OperationKey key,
        SubnetBody subnet,
        CancellationToken cancellationToken
    )
    {
        if (externalNetwork is null || await SideAsync(subnet.NetworkId, cancellationToken) is not null)
        {
            return;
        }

        var router = await FindAsync(key, cancellationToken) ?? await MakeAsync(name, key, cancellationToken);
        var side = new RouterInterface(subnet.Id, PortId: null);
        await CallAsync(api => api.AddInterfaceAsync(router.Id, side, cancellationToken), cancellationToken);
    }

    /// <summary>Takes the network off its routers, and removes the one that was made for it.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.Conflict"/> while servers use the network.</exception>
    public async Task RemoveFromAsync(NativeId network, CancellationToken cancellationToken)
    {
        var ports = await PortsAsync(network.Value, cancellationToken);
        if (ports.FirstOrDefault(IsOfServer) is { } used)
        {
            throw new AdapterException(
                FailureKind.Conflict,
                $"Network '{network}' is used by port '{used.Id}' of server '{used.DeviceId}'."
            );
        }

        foreach (var side in ports.Where(IsRouterSide))
        {
            var taken = new RouterInterface(SubnetId: null, side.Id);
            await IgnoreGoneAsync(
                api => api.RemoveInterfaceAsync(side.DeviceId!, taken, cancellationToken),
                cancellationToken
            );
        }

        foreach (var router in await MadeForAsync(network, cancellationToken))
        {
            await IgnoreGoneAsync(api => api.DeleteAsync(router.Id, cancellationToken), cancellationToken);
        }
    }

    private async Task<IReadOnlyList<RouterBody>> MadeForAsync(NativeId network, CancellationToken cancellationToken)
    {
        var body = await door.CallAsync<INeutronNetworksApi, NetworkAnswer>(
            CloudServices.Network,
            api => api.GetAsync(network.Value, cancellationToken),
            cancellationToken
        );
        return NetworkMapping.Key(body.Network.Description) is { } key
            ? await WithKeyAsync(key, cancellationToken)
            : [];
    }

    private async Task<RouterBody?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        await WithKeyAsync(key, cancellationToken) is [var first, ..] ? first : null;

    private async Task<IReadOnlyList<RouterBody>> WithKeyAsync(OperationKey key, CancellationToken cancellationToken)
    {
        var query = new NeutronQuery { Description = NetworkMapping.Description(key) };
        var answer = await door.CallAsync<INeutronRoutersApi, RoutersAnswer>(
            CloudServices.Network,
            api => api.ListAsync(query, cancellationToken),
            cancellationToken
        );
        return [.. answer.Routers.Where(router => NetworkMapping.Key(router.Description) == key)];
    }

    private async Task<RouterBody> MakeAsync(string name, OperationKey key, CancellationToken cancellationToken)
    {
        var outside = new ExternalGateway(await names.IdAsync(externalNetwork!, cancellationToken));
        var wish = new CreateRouter(new NewRouter(name, NetworkMapping.Description(key), outside));
        var answer = await door.CallAsync<INeutronRoutersApi, RouterAnswer>(
            CloudServices.Network,
            api => api.CreateAsync(wish, cancellationToken),
            cancellationToken
        );
        return answer.Router;
    }

    private async Task<PortBody?> SideAsync(string network, CancellationToken cancellationToken) =>
        (await PortsAsync(network, cancellationToken)).FirstOrDefault(IsRouterSide);

    private async Task<IReadOnlyList<PortBody>> PortsAsync(string network, CancellationToken cancellationToken) =>
        (
            await door.CallAsync<INeutronPortsApi, PortsAnswer>(
                CloudServices.Network,
                api => api.ListAsync(new NeutronQuery { Network = network }, cancellationToken),
                cancellationToken
            )
        ).Ports;

    private async Task IgnoreGoneAsync(Func<INeutronRoutersApi, Task> call, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(call, cancellationToken);
        }
        catch (AdapterException gone) when (gone.Kind == FailureKind.NotFound)
        {
            return;
        }
    }

    private Task CallAsync(Func<INeutronRoutersApi, Task> call, CancellationToken cancellationToken) =>
        door.CallAsync(CloudServices.Network, call, cancellationToken);

    private static bool IsOfServer(PortBody port) =>
        port.DeviceOwner?.StartsWith("compute:", StringComparison.Ordinal) == true;

    /// <summary>Routers in several places bear longer names of the same beginning.</summary>
    private static bool IsRouterSide(PortBody port) =>
        port.DeviceId is not null && port.DeviceOwner?.StartsWith(RouterSide, StringComparison.Ordinal) == true;
}

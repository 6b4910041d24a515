using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>What a tenant network consists of besides itself: subnet, router, and the interface between them.</summary>
internal sealed class NetworkParts(Neutron neutron, KnownNetworks known)
{
    private const string RouterInterfaceOwner = "network:router_interface";

    /// <summary>The network in the contract's words; without its subnet it is not finished.</summary>
    public static CloudNetwork View(NetworkBody network, SubnetBody? subnet)
    {
        var note = NetworkNote.Read(network.Description);
        return new CloudNetwork
        {
            Id = new NativeId(network.Id),
            Name = network.Name,
            State =
                network.Status == "ERROR" ? CloudState.Error
                : network.Status == "BUILD" || (subnet is null && note is not null) ? CloudState.Pending
                : CloudState.Active,
            Cidr = subnet?.Cidr ?? note?.Cidr ?? "",
            Key = note?.Key,
        };
    }

    /// <summary>The IPv4 subnets of these networks.</summary>
    public async Task<IReadOnlyList<SubnetBody>> SubnetsAsync(IReadOnlyList<string> networks, CancellationToken token)
    {
        var answer = await neutron.AskAsync<INeutronApi, SubnetsAnswer>(
            api => api.ListSubnetsAsync(networks, token),
            token
        );
        return [.. answer.Subnets.Where(subnet => subnet.IpVersion == 4)];
    }

    /// <summary>Makes what is missing of a network of ours; one that has all is left as it is.</summary>
    public async Task<CloudNetwork> CompleteAsync(NetworkBody network, CancellationToken token)
    {
        var note = NetworkNote.Read(network.Description)!;
        var subnets = await SubnetsAsync([network.Id], token);
        var subnet = subnets.Count > 0 ? subnets[0] : await AddSubnetAsync(network, note, token);
        if (await known.ExternalAsync(token) is { } external)
        {
            await JoinAsync(network, note, subnet, external, token);
        }

        return View(network, subnet);
    }

    /// <summary>Takes the network off its routers, and removes those that were made for it.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.Conflict"/>: servers use the network.</exception>
    public async Task RemoveAsync(string network, CancellationToken token)
    {
        var ports = await PortsAsync(network, token);
        var inUse = ports.FirstOrDefault(port => !port.DeviceOwner.StartsWith("network:", StringComparison.Ordinal));
        if (inUse is not null)
        {
            throw new AdapterException(
                FailureKind.Conflict,
                $"The network '{network}' is in use by port '{inUse.Id}' of '{inUse.DeviceId}' ({inUse.DeviceOwner})."
            );
        }

        foreach (var port in ports.Where(IsOfRouter))
        {
            var face = new RouterInterface { PortId = port.Id };
            await Gone.IsSuccessAsync(
                neutron.TellAsync<IRouterApi>(api => api.RemoveInterfaceAsync(port.DeviceId, face, token), token)
            );
            await RemoveRouterAsync(port.DeviceId, token);
        }

        await RemoveLonelyRouterAsync(network, token);
    }

    private static bool IsOfRouter(PortBody port) =>
        port.DeviceOwner.StartsWith(RouterInterfaceOwner, StringComparison.Ordinal)
        || port.DeviceOwner == "network:ha_router_replicated_interface";

    private async Task<IReadOnlyList<PortBody>> PortsAsync(string network, CancellationToken token)
    {
        var query = new PortQuery { Network = network };
        return (await neutron.AskAsync<IPortApi, PortsAnswer>(api => api.ListAsync(query, token), token)).Ports;
    }

    private async Task<SubnetBody> AddSubnetAsync(NetworkBody network, NetworkNote note, CancellationToken token)
    {
        var request = new NewSubnetRequest(new NewSubnet(network.Id, network.Name, note.Cidr, note.Text));
        return (
            await neutron.AskAsync<INeutronApi, SubnetAnswer>(api => api.CreateSubnetAsync(request, token), token)
        ).Subnet;
    }

    private async Task JoinAsync(
        NetworkBody network,
        NetworkNote note,
        SubnetBody subnet,
        string external,
        CancellationToken token
    )
    {
        if ((await PortsAsync(network.Id, token)).Any(IsOfRouter))
        {
            return;
        }

        var router = await FindRouterAsync(note, token) ?? await AddRouterAsync(network, note, external, token);
        var face = new RouterInterface { SubnetId = subnet.Id };
        await neutron.TellAsync<IRouterApi>(api => api.AddInterfaceAsync(router.Id, face, token), token);
    }

    private async Task<RouterBody?> FindRouterAsync(NetworkNote note, CancellationToken token)
    {
        var project = await neutron.ProjectAsync(token);
        var answer = await neutron.AskAsync<IRouterApi, RoutersAnswer>(
            api => api.ListAsync(note.Text, project, token),
            token
        );
        return answer.Routers.FirstOrDefault(router => router.Description == note.Text);
    }

    private async Task<RouterBody> AddRouterAsync(
        NetworkBody network,
        NetworkNote note,
        string external,
        CancellationToken token
    )
    {
        var request = new NewRouterRequest(new NewRouter(network.Name, note.Text, new ExternalGateway(external)));
        return (await neutron.AskAsync<IRouterApi, RouterAnswer>(api => api.CreateAsync(request, token), token)).Router;
    }

    /// <summary>Removes a router that was made for the network; others serve others.</summary>
    private async Task RemoveRouterAsync(string id, CancellationToken token)
    {
        try
        {
            var answer = await neutron.AskAsync<IRouterApi, RouterAnswer>(api => api.GetAsync(id, token), token);
            if (NetworkNote.Read(answer.Router.Description) is not null)
            {
                await neutron.TellAsync<IRouterApi>(api => api.DeleteAsync(id, token), token);
            }
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            // Gone is what was asked for.
        }
    }

    /// <summary>A router whose interface was never added, or was removed by a call that was cut off, has no port here.</summary>
    private async Task RemoveLonelyRouterAsync(string network, CancellationToken token)
    {
        try
        {
            var answer = await neutron.AskAsync<INeutronApi, NetworkAnswer>(
                api => api.GetNetworkAsync(network, token),
                token
            );
            if (
                NetworkNote.Read(answer.Network.Description) is { } note
                && await FindRouterAsync(note, token) is { } router
            )
            {
                await neutron.TellAsync<IRouterApi>(api => api.DeleteAsync(router.Id, token), token);
            }
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            // Network or router is gone already.
        }
    }
}

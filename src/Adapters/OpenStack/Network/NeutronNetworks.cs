using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>
/// Tenant networks in Neutron: a network, its subnet and, where the pool has an external network, a router to it. All
/// three bear the key in their description. Looking for a network that was cut off in the making finishes it.
/// </summary>
internal sealed class NeutronNetworks(CloudDoor door, NeutronRouters routers, KeyGate gate) : INetworkService
{
    public Task<CloudNetwork> CreateAsync(NetworkSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        gate.EnterAsync(key, () => MakeAsync(spec, key, cancellationToken), cancellationToken);

    public async Task<CloudNetwork?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        await foreach (var body in BodiesAsync(new NeutronQuery(), cancellationToken))
        {
            if (NetworkMapping.Key(body.Description) == key && NetworkMapping.Range(body.Description) is { } cidr)
            {
                var spec = new NetworkSpec(body.Name ?? key.Value, cidr);
                return await gate.EnterAsync(
                    key,
                    () => FinishAsync(body, spec, key, cancellationToken),
                    cancellationToken
                );
            }
        }

        return null;
    }

    public async Task<CloudNetwork> GetAsync(NativeId id, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(api => api.GetAsync(id.Value, cancellationToken), cancellationToken);
        return await ShowAsync(answer.Network, cancellationToken);
    }

    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        try
        {
            await routers.RemoveFromAsync(id, cancellationToken);
            await door.CallAsync<INeutronNetworksApi>(
                CloudServices.Network,
                api => api.DeleteAsync(id.Value, cancellationToken),
                cancellationToken
            );
        }
        catch (AdapterException gone) when (gone.Kind == FailureKind.NotFound)
        {
            return;
        }
    }

    /// <summary>The project's own networks.</summary>
    public async IAsyncEnumerable<CloudNetwork> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync(new NeutronQuery(), cancellationToken))
        {
            var subnets = await SubnetsAsync([.. page.Select(body => body.Id)], cancellationToken);
            foreach (var body in page)
            {
                yield return NetworkMapping.Of(body, subnets.FirstOrDefault(s => s.NetworkId == body.Id)?.Cidr);
            }
        }
    }

    private async IAsyncEnumerable<NetworkBody> BodiesAsync(
        NeutronQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var page in PagesAsync(query, cancellationToken))
        {
            foreach (var body in page)
            {
                yield return body;
            }
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<NetworkBody>> PagesAsync(
        NeutronQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var project = (await door.TokenAsync(cancellationToken)).Project;
        for (var page = query with { Project = project, Limit = 100 }; ; )
        {
            var bodies = (await CallAsync(api => api.ListAsync(page, cancellationToken), cancellationToken)).Networks;
            if (bodies.Count == 0)
            {
                yield break;
            }

            yield return bodies;
            page = page with { Marker = bodies[^1].Id };
        }
    }

    private async Task<CloudNetwork> MakeAsync(NetworkSpec spec, OperationKey key, CancellationToken cancellationToken)
    {
        var description = NetworkMapping.Description(key, spec.Cidr);
        await foreach (var known in BodiesAsync(new NeutronQuery { Description = description }, cancellationToken))
        {
            return await FinishAsync(known, spec, key, cancellationToken);
        }

        var wish = new CreateNetwork(new NewNetwork(spec.Name, description));
        var made = await CallAsync(api => api.CreateAsync(wish, cancellationToken), cancellationToken);
        return await FinishAsync(made.Network, spec, key, cancellationToken);
    }

    /// <summary>Adds what the network still lacks: its subnet, its way out.</summary>
    private async Task<CloudNetwork> FinishAsync(
        NetworkBody body,
        NetworkSpec spec,
        OperationKey key,
        CancellationToken cancellationToken
    )
    {
        var description = NetworkMapping.Description(key);
        var subnet =
            await SubnetAsync(body, cancellationToken)
            ?? await MakeSubnetAsync(new NewSubnet(body.Id, spec.Cidr, spec.Name, description), cancellationToken);
        await routers.ConnectAsync(spec.Name, key, subnet, cancellationToken);
        return NetworkMapping.Of(body, subnet.Cidr);
    }

    private async Task<SubnetBody> MakeSubnetAsync(NewSubnet subnet, CancellationToken cancellationToken) =>
        (
            await door.CallAsync<INeutronSubnetsApi, SubnetAnswer>(
                CloudServices.Network,
                api => api.CreateAsync(new CreateSubnet(subnet), cancellationToken),
                cancellationToken
            )
        ).Subnet;

    private async Task<CloudNetwork> ShowAsync(NetworkBody body, CancellationToken cancellationToken) =>
        NetworkMapping.Of(body, (await SubnetAsync(body, cancellationToken))?.Cidr);

    private async Task<SubnetBody?> SubnetAsync(NetworkBody body, CancellationToken cancellationToken) =>
        (await SubnetsAsync([body.Id], cancellationToken)) is [var first, ..] ? first : null;

    private async Task<IReadOnlyList<SubnetBody>> SubnetsAsync(
        IReadOnlyList<string> networks,
        CancellationToken cancellationToken
    )
    {
        var answer = await door.CallAsync<INeutronSubnetsApi, SubnetsAnswer>(
            CloudServices.Network,
            api => api.ListAsync(networks, cancellationToken),
            cancellationToken
        );
        return [.. answer.Subnets.Where(subnet => subnet.IpVersion == 4)];
    }

    private Task<T> CallAsync<T>(Func<INeutronNetworksApi, Task<T>> call, CancellationToken cancellationToken) =>
        door.CallAsync(CloudServices.Network, call, cancellationToken);
}

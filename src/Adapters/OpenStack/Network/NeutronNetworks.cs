using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>Tenant networks: each a network with one subnet, and a router of its own to the external network.</summary>
internal sealed class NeutronNetworks(Neutron neutron, NetworkParts parts) : INetworkService
{
    private readonly KeyTurns _turns = new();

    public Task<CloudNetwork> CreateAsync(NetworkSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    /// <summary>Finds the network, and finishes it if its making was cut off.</summary>
    public async Task<CloudNetwork?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        var query = new NetworkQuery { Project = await neutron.ProjectAsync(cancellationToken) };
        await foreach (var page in neutron.NetworksAsync(query, cancellationToken))
        {
            if (page.FirstOrDefault(each => NetworkNote.Read(each.Description)?.Key == key) is { } network)
            {
                return await parts.CompleteAsync(network, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>The network by its id; the one a pool's mapping leads to may be named instead.</summary>
    public async Task<CloudNetwork> GetAsync(NativeId id, CancellationToken cancellationToken)
    {
        var known = Guid.TryParse(id.Value, out _) ? id.Value : await IdOfAsync(id.Value, cancellationToken);
        var answer = await neutron.AskAsync<INeutronApi, NetworkAnswer>(
            api => api.GetNetworkAsync(known, cancellationToken),
            cancellationToken
        );
        var subnets = await parts.SubnetsAsync([known], cancellationToken);
        return NetworkParts.View(answer.Network, subnets.Count > 0 ? subnets[0] : null);
    }

    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        await parts.RemoveAsync(id.Value, cancellationToken);
        await Gone.IsSuccessAsync(
            neutron.TellAsync<INeutronApi>(
                api => api.DeleteNetworkAsync(id.Value, cancellationToken),
                cancellationToken
            )
        );
    }

    /// <summary>All networks of the project, page by page.</summary>
    public async IAsyncEnumerable<CloudNetwork> ListAsync([EnumeratorCancellation] CancellationToken token)
    {
        var query = new NetworkQuery { Project = await neutron.ProjectAsync(token), External = "false" };
        await foreach (var page in neutron.NetworksAsync(query, token))
        {
            if (page.Count == 0)
            {
                yield break;
            }

            var subnets = await parts.SubnetsAsync([.. page.Select(network => network.Id)], token);
            var byNetwork = subnets.ToLookup(subnet => subnet.NetworkId);
            foreach (var network in page)
            {
                yield return NetworkParts.View(network, byNetwork[network.Id].FirstOrDefault());
            }
        }
    }

    private async Task<string> IdOfAsync(string name, CancellationToken token)
    {
        await foreach (var page in neutron.NetworksAsync(new NetworkQuery(), token))
        {
            if (page.FirstOrDefault(each => each.Name == name) is { } network)
            {
                return network.Id;
            }
        }

        throw new AdapterException(FailureKind.NotFound, $"There is no network named '{name}'.");
    }

    private async Task<CloudNetwork> FindOrCreateAsync(NetworkSpec spec, OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } made)
        {
            return made;
        }

        var request = new NewNetworkRequest(new NewNetwork(spec.Name, new NetworkNote(key, spec.Cidr).Text));
        var answer = await neutron.AskAsync<INeutronApi, NetworkAnswer>(
            api => api.CreateNetworkAsync(request, token),
            token
        );
        try
        {
            return await parts.CompleteAsync(answer.Network, token);
        }
        catch (AdapterException failure) when (!failure.IsTransient)
        {
            await UndoAsync(answer.Network.Id, token);
            throw;
        }
    }

    /// <summary>A network that cannot be finished is of no use to anybody.</summary>
    private async Task UndoAsync(string id, CancellationToken token)
    {
        try
        {
            await DeleteAsync(new NativeId(id), token);
        }
        catch (AdapterException)
        {
            // The failure that led here is the one to tell; what stays is found by its key.
        }
    }
}

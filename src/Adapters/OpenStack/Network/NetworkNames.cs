using System.Collections.Concurrent;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>Networks that people name: settings and mappings hold names or ids, Neutron wants ids.</summary>
internal sealed class NetworkNames(CloudDoor door)
{
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>The id of the network with this name or id that the project sees.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.InvalidRequest"/> if there is none, or several.</exception>
    public async Task<string> IdAsync(string nameOrId, CancellationToken cancellationToken)
    {
        if (_ids.TryGetValue(nameOrId, out var known))
        {
            return known;
        }

        var query = Guid.TryParse(nameOrId, out _)
            ? new NeutronQuery { Id = nameOrId }
            : new NeutronQuery { Name = nameOrId };
        var answer = await door.CallAsync<INeutronNetworksApi, NetworksAnswer>(
            CloudServices.Network,
            api => api.ListAsync(query, cancellationToken),
            cancellationToken
        );
        return answer.Networks switch
        {
            [var one] => _ids[nameOrId] = one.Id,
            [] => throw new AdapterException(FailureKind.InvalidRequest, $"The project sees no network '{nameOrId}'."),
            var several => throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The project sees {several.Count} networks named '{nameOrId}'; name the one by its id: "
                    + string.Join(", ", several.Select(network => network.Id))
            ),
        };
    }

    /// <summary>Forgets a name, for one that no longer stands.</summary>
    public void Forget(string nameOrId) => _ids.TryRemove(nameOrId, out _);
}

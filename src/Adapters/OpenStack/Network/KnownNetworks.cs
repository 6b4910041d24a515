using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>The networks that the settings, the mapping and orders name, by name or id.</summary>
internal sealed class KnownNetworks
{
    private readonly Neutron _neutron;
    private readonly OpenStackSettings _settings;
    private readonly NamedThings<NetworkBody> _named;

    public KnownNetworks(Neutron neutron, OpenStackSettings settings)
    {
        (_neutron, _settings) = (neutron, settings);
        _named = new NamedThings<NetworkBody>("network", ListAsync, network => network.Id, network => network.Name);
    }

    /// <summary>The id of the network a server joins.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.InvalidRequest"/>: there is none of that name.</exception>
    public async Task<string> ServerNetworkAsync(NativeId? ordered, CancellationToken token)
    {
        var wanted = ordered?.Value ?? _settings.Network;
        if (wanted is null)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                "The order names no network, and neither settings.network nor mapping.defaultNetwork does."
            );
        }

        // What is an id needs no look-up: networks made a moment ago are named so.
        return Guid.TryParse(wanted, out _) ? wanted : (await _named.FindAsync(wanted, token)).Id;
    }

    /// <summary>The id of the network that public addresses come from; null where none is set.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.InvalidRequest"/>: missing, or not an external one.</exception>
    public async Task<string?> ExternalAsync(CancellationToken token)
    {
        if (_settings.ExternalNetwork is not { } wanted)
        {
            return null;
        }

        var network = await _named.FindAsync(wanted, token);
        return network.IsExternal
            ? network.Id
            : throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The network '{wanted}' of settings.externalNetwork is not an external one."
            );
    }

    /// <summary>That the networks of the settings exist.</summary>
    public async Task CheckAsync(CancellationToken token)
    {
        await ExternalAsync(token);
        if (_settings.Network is { } network)
        {
            await _named.FindAsync(network, token);
        }
    }

    /// <summary>Looks them up anew.</summary>
    public void Forget() => _named.Forget();

    private async IAsyncEnumerable<NetworkBody> ListAsync([EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var page in _neutron.NetworksAsync(new NetworkQuery(), token))
        {
            foreach (var network in page)
            {
                yield return network;
            }
        }
    }
}

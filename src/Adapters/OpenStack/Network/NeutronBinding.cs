using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>Binds floating addresses to the port that Nova made for a server.</summary>
internal sealed class NeutronBinding(Neutron neutron, NeutronAddresses addresses) : IAddressBinding
{
    public async Task BindAsync(NativeId address, NativeId server, CancellationToken cancellationToken)
    {
        var now = await addresses.GetAsync(address, cancellationToken);
        if (now.BoundTo == server)
        {
            return;
        }

        if (now.BoundTo is { } other)
        {
            throw new AdapterException(
                FailureKind.Conflict,
                $"The address {now.Address} is bound to '{other}'; it must be unbound first."
            );
        }

        await SetAsync(address, await PortAsync(server, cancellationToken), cancellationToken);
    }

    public async Task UnbindAsync(NativeId address, CancellationToken cancellationToken) =>
        await Gone.IsSuccessAsync(SetAsync(address, null, cancellationToken));

    private Task SetAsync(NativeId address, string? port, CancellationToken token)
    {
        var request = new BindRequest(new Dictionary<string, string?> { ["port_id"] = port });
        return neutron.TellAsync<IFloatingApi>(api => api.BindAsync(address.Value, request, token), token);
    }

    private async Task<string> PortAsync(NativeId server, CancellationToken token)
    {
        var query = new PortQuery { Device = server.Value };
        var answer = await neutron.AskAsync<IPortApi, PortsAnswer>(api => api.ListAsync(query, token), token);
        var port = answer.Ports.FirstOrDefault(each => each.FixedIps.Any(IsV4));
        return port?.Id
            ?? throw new AdapterException(
                FailureKind.Conflict,
                $"The server '{server}' has no port with an IPv4 address yet."
            );
    }

    private static bool IsV4(FixedAddress address) => address.IpAddress.Contains('.', StringComparison.Ordinal);
}

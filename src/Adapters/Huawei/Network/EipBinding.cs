using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Network;

/// <summary>Binds public addresses to the first port of a server.</summary>
internal sealed class EipBinding(Vpc vpc, EipAddresses addresses) : IAddressBinding
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
        await Gone.IsSuccessAsync(ReleaseAsync(address, cancellationToken));

    private async Task ReleaseAsync(NativeId address, CancellationToken token)
    {
        if (!string.IsNullOrEmpty((await addresses.BodyAsync(address, token)).PortId))
        {
            await SetAsync(address, "", token);
        }
    }

    private async Task SetAsync(NativeId address, string port, CancellationToken token)
    {
        var request = new BindEipRequest(new BindEip(port));
        try
        {
            await vpc.AskAsync<IEipApi, EipAnswer>((api, p) => api.BindAsync(p, address.Value, request, token), token);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.InvalidRequest)
        {
            // It names nothing but address and port, so it is the state of one of them.
            throw HuaweiErrors.As(FailureKind.Conflict, failure);
        }
    }

    private async Task<string> PortAsync(NativeId server, CancellationToken token)
    {
        var ports = vpc.PortsAsync(new VpcQuery { Device = server.Value }, token);
        var port = await ports.FirstOrDefaultAsync(
            each => each.DeviceId == server.Value && each.FixedIps?.Any(IsV4) == true,
            token
        );
        return port?.Id
            ?? throw new AdapterException(
                FailureKind.Conflict,
                $"The server '{server}' has no port with an IPv4 address yet."
            );
    }

    private static bool IsV4(FixedAddress address) =>
        address.IpAddress?.Contains('.', StringComparison.Ordinal) == true;
}

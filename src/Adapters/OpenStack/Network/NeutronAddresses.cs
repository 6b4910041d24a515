using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>
/// Floating addresses in Neutron, from the pool's external network. The key stands in the description. Neutron gives a
/// project no bandwidth of its own per address: none is shown, and none can be set.
/// </summary>
internal sealed class NeutronAddresses(CloudDoor door, NetworkNames names, string externalNetwork, KeyGate gate)
    : IAddressService,
        IAddressBinding
{
    public Task<CloudAddress> CreateAsync(AddressSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        gate.EnterAsync(
            key,
            async () => await FindAsync(key, cancellationToken) ?? await MakeAsync(key, cancellationToken),
            cancellationToken
        );

    public async Task<CloudAddress?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        var query = new NeutronQuery { Description = NetworkMapping.Description(key) };
        var answer = await CallAsync(api => api.ListAsync(query, cancellationToken), cancellationToken);
        var found = answer.Floatingips.FirstOrDefault(body => NetworkMapping.Key(body.Description) == key);
        return found is null ? null : await ShowAsync(found, cancellationToken);
    }

    public async Task<CloudAddress> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        await ShowAsync(await BodyAsync(id, cancellationToken), cancellationToken);

    public async Task SetBandwidthAsync(NativeId id, int bandwidthMbps, CancellationToken cancellationToken)
    {
        await BodyAsync(id, cancellationToken);
        throw new AdapterException(
            FailureKind.Unsupported,
            $"Neutron keeps no bandwidth of address '{id}'; {bandwidthMbps} Mbps must be set by the provider."
        );
    }

    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(api => api.DeleteAsync(id.Value, cancellationToken), cancellationToken);
        }
        catch (AdapterException gone) when (gone.Kind == FailureKind.NotFound)
        {
            return;
        }
    }

    public async Task BindAsync(NativeId address, NativeId server, CancellationToken cancellationToken)
    {
        var before = await GetAsync(address, cancellationToken);
        if (before.BoundTo is { } holder)
        {
            if (holder != server)
            {
                throw new AdapterException(FailureKind.Conflict, $"Address '{address}' is bound to server '{holder}'.");
            }

            return;
        }

        var ports = await door.CallAsync<INeutronPortsApi, PortsAnswer>(
            CloudServices.Network,
            api => api.ListAsync(new NeutronQuery { Device = server.Value }, cancellationToken),
            cancellationToken
        );
        var port =
            ports.Ports.FirstOrDefault(each => each.FixedIps is [_, ..])
            ?? throw new AdapterException(
                FailureKind.Conflict,
                $"Server '{server}' has no port with an address that '{address}' could lead to."
            );
        await PutAsync(address, port.Id, cancellationToken);
    }

    public async Task UnbindAsync(NativeId address, CancellationToken cancellationToken)
    {
        try
        {
            if ((await BodyAsync(address, cancellationToken)).PortId is not null)
            {
                await PutAsync(address, port: null, cancellationToken);
            }
        }
        catch (AdapterException gone) when (gone.Kind == FailureKind.NotFound)
        {
            return;
        }
    }

    /// <summary>The project's addresses.</summary>
    public async IAsyncEnumerable<CloudAddress> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var project = (await door.TokenAsync(cancellationToken)).Project;
        for (var page = new NeutronQuery { Project = project, Limit = 500 }; ; )
        {
            var answer = await CallAsync(api => api.ListAsync(page, cancellationToken), cancellationToken);
            foreach (var body in answer.Floatingips)
            {
                yield return await ShowAsync(body, cancellationToken);
            }

            if (answer.Floatingips.Count == 0)
            {
                yield break;
            }

            page = page with { Marker = answer.Floatingips[^1].Id };
        }
    }

    private async Task<CloudAddress> MakeAsync(OperationKey key, CancellationToken cancellationToken)
    {
        var network = await names.IdAsync(externalNetwork, cancellationToken);
        var wish = new CreateFloatingAddress(new NewFloatingAddress(network, NetworkMapping.Description(key)));
        var made = await CallAsync(api => api.CreateAsync(wish, cancellationToken), cancellationToken);
        return NetworkMapping.Of(made.Floatingip, server: null);
    }

    /// <summary>The server behind the port: told with the address since Queens, else asked for.</summary>
    private async Task<CloudAddress> ShowAsync(AddressBody body, CancellationToken cancellationToken)
    {
        if (body.PortId is null)
        {
            return NetworkMapping.Of(body, server: null);
        }

        var server = body.PortDetails?.DeviceId ?? await ServerOfAsync(body.PortId, cancellationToken);
        return NetworkMapping.Of(body, server);
    }

    private async Task<string?> ServerOfAsync(string port, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await door.CallAsync<INeutronPortsApi, PortAnswer>(
                CloudServices.Network,
                api => api.GetAsync(port, cancellationToken),
                cancellationToken
            );
            return answer.Port.DeviceId;
        }
        catch (AdapterException gone) when (gone.Kind == FailureKind.NotFound)
        {
            return null;
        }
    }

    private async Task<AddressBody> BodyAsync(NativeId id, CancellationToken cancellationToken) =>
        (await CallAsync(api => api.GetAsync(id.Value, cancellationToken), cancellationToken)).Floatingip;

    private Task PutAsync(NativeId address, string? port, CancellationToken cancellationToken)
    {
        var binding = new BindFloatingAddress(new FloatingBinding(port));
        return TellAsync(api => api.BindAsync(address.Value, binding, cancellationToken), cancellationToken);
    }

    private Task<T> CallAsync<T>(Func<INeutronAddressesApi, Task<T>> call, CancellationToken cancellationToken) =>
        door.CallAsync(CloudServices.Network, call, cancellationToken);

    private Task TellAsync(Func<INeutronAddressesApi, Task> call, CancellationToken cancellationToken) =>
        door.CallAsync(CloudServices.Network, call, cancellationToken);
}

using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>Floating addresses of the external network. Neutron keeps no bandwidth for them unless its operator does.</summary>
internal sealed class NeutronAddresses(Neutron neutron, KnownNetworks known) : IAddressService
{
    private readonly KeyTurns _turns = new();

    public Task<CloudAddress> CreateAsync(AddressSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(key, cancellationToken), cancellationToken);

    public async Task<CloudAddress?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        var query = new FloatingQuery
        {
            Description = Keys.Describe(key),
            Project = await neutron.ProjectAsync(cancellationToken),
        };
        await foreach (var address in neutron.FloatingsAsync(query, cancellationToken))
        {
            if (Keys.FromDescription(address.Description) == key)
            {
                return await ViewAsync(address, cancellationToken);
            }
        }

        return null;
    }

    public async Task<CloudAddress> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        await ViewAsync(await BodyAsync(id, cancellationToken), cancellationToken);

    public async Task SetBandwidthAsync(NativeId id, int bandwidthMbps, CancellationToken cancellationToken)
    {
        await BodyAsync(id, cancellationToken);
        throw new AdapterException(
            FailureKind.Unsupported,
            "This cloud's floating addresses have no bandwidth of their own that a project may set."
        );
    }

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        Gone.IsSuccessAsync(
            neutron.TellAsync<IFloatingApi>(api => api.DeleteAsync(id.Value, cancellationToken), cancellationToken)
        );

    /// <summary>All addresses of the project, page by page.</summary>
    public async IAsyncEnumerable<CloudAddress> ListAsync([EnumeratorCancellation] CancellationToken token)
    {
        var query = new FloatingQuery { Project = await neutron.ProjectAsync(token) };
        await foreach (var address in neutron.FloatingsAsync(query, token))
        {
            yield return await ViewAsync(address, token);
        }
    }

    private async Task<CloudAddress> FindOrCreateAsync(OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } made)
        {
            return made;
        }

        var external =
            await known.ExternalAsync(token)
            ?? throw new AdapterException(FailureKind.Unsupported, "The pool's settings name no externalNetwork.");
        var request = new NewFloatingRequest(new NewFloating(external, Keys.Describe(key)));
        var answer = await neutron.AskAsync<IFloatingApi, FloatingAnswer>(
            api => api.CreateAsync(request, token),
            token
        );
        return await ViewAsync(answer.Floatingip, token);
    }

    private async Task<FloatingBody> BodyAsync(NativeId id, CancellationToken token) =>
        (await neutron.AskAsync<IFloatingApi, FloatingAnswer>(api => api.GetAsync(id.Value, token), token)).Floatingip;

    private async Task<CloudAddress> ViewAsync(FloatingBody address, CancellationToken token)
    {
        var server = await ServerAsync(address, token);
        return new CloudAddress
        {
            Id = new NativeId(address.Id),
            Address = address.FloatingIpAddress,
            // DOWN is what an unbound one is.
            State = address.Status == "ERROR" ? CloudState.Error : CloudState.Active,
            BoundTo = server is null ? null : new NativeId(server),
            Key = Keys.FromDescription(address.Description),
        };
    }

    /// <summary>Before Rocky the port must be asked whose it is.</summary>
    private async Task<string?> ServerAsync(FloatingBody address, CancellationToken token)
    {
        if (address.PortId is not { } port || address.PortDetails is not null)
        {
            return address.PortId is null ? null : Known(address.PortDetails?.DeviceId);
        }

        try
        {
            var answer = await neutron.AskAsync<IPortApi, PortAnswer>(api => api.GetAsync(port, token), token);
            return Known(answer.Port.DeviceId);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            return null;
        }
    }

    private static string? Known(string? device) => string.IsNullOrEmpty(device) ? null : device;
}

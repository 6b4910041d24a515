namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>The calls to Neutron that several services make.</summary>
internal sealed class Neutron(CloudDoor door)
{
    /// <summary>Networks and addresses to a page: their ids fit into the address of one further call.</summary>
    private const int PageSize = 100;

    public Task<T> AskAsync<TApi, T>(Func<TApi, Task<T>> call, CancellationToken token) =>
        door.CallAsync(CloudServices.Network, call, token);

    public Task TellAsync<TApi>(Func<TApi, Task> call, CancellationToken token) =>
        door.CallAsync(CloudServices.Network, call, token);

    /// <summary>The pool's project: an administrator sees everybody's things otherwise.</summary>
    public async Task<string> ProjectAsync(CancellationToken token) => (await door.TokenAsync(token)).Project;

    /// <summary>Networks page by page.</summary>
    public IAsyncEnumerable<IReadOnlyList<NetworkBody>> NetworksAsync(NetworkQuery query, CancellationToken token) =>
        Pages.ReadAsync(
            async marker =>
            {
                var asked = query with { Limit = PageSize, Marker = marker };
                var page = await AskAsync<INeutronApi, NetworksAnswer>(
                    api => api.ListNetworksAsync(asked, token),
                    token
                );
                return new Page<NetworkBody>(page.Networks, page.Links.HasNext());
            },
            network => network.Id,
            token
        );

    /// <summary>Floating addresses page by page.</summary>
    public IAsyncEnumerable<FloatingBody> FloatingsAsync(FloatingQuery query, CancellationToken token) =>
        Pages.EachAsync(
            async marker =>
            {
                var asked = query with { Limit = PageSize, Marker = marker };
                var page = await AskAsync<IFloatingApi, FloatingsAnswer>(api => api.ListAsync(asked, token), token);
                return new Page<FloatingBody>(page.Floatingips, page.Links.HasNext());
            },
            address => address.Id,
            token
        );
}

using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Compute;

/// <summary>The calls to Nova that several services make.</summary>
internal sealed class Nova(CloudDoor door)
{
    /// <summary>Servers to a page; a cloud may give fewer.</summary>
    private const int PageSize = 500;

    public Task<T> AskAsync<T>(Func<INovaApi, Task<T>> call, CancellationToken token) =>
        door.CallAsync(CloudServices.Compute, call, token);

    public Task<T> AskPartsAsync<T>(Func<INovaPartsApi, Task<T>> call, CancellationToken token) =>
        door.CallAsync(CloudServices.Compute, call, token);

    public Task TellPartsAsync(Func<INovaPartsApi, Task> call, CancellationToken token) =>
        door.CallAsync(CloudServices.Compute, call, token);

    public Task DeleteAsync(NativeId id, CancellationToken token) =>
        door.CallAsync<INovaApi>(CloudServices.Compute, api => api.DeleteAsync(id.Value, token), token);

    /// <summary>Runs an action of the server, e.g. <c>os-stop</c>.</summary>
    public Task ActAsync(NativeId id, string action, object? values, CancellationToken token) =>
        door.CallAsync<INovaApi>(
            CloudServices.Compute,
            api => api.ActAsync(id.Value, new Dictionary<string, object?> { [action] = values }, token),
            token
        );

    /// <exception cref="AdapterException"><see cref="FailureKind.NotFound"/> if it is gone.</exception>
    public async Task<ServerBody> GetAsync(NativeId id, CancellationToken token)
    {
        var body = (await AskAsync(api => api.GetAsync(id.Value, token), token)).Server;
        return ServerView.Of(body) is null
            ? throw new AdapterException(FailureKind.NotFound, $"Nova has deleted the server '{id}'.")
            : body;
    }

    /// <summary>All pages of a listing.</summary>
    public IAsyncEnumerable<ServerBody> ListAsync(ServerQuery query, CancellationToken token) =>
        Pages.EachAsync(
            async marker =>
            {
                var asked = query with { Limit = PageSize, Marker = marker };
                var page = await AskAsync(api => api.ListAsync(asked, token), token);
                return new Page<ServerBody>(page.Servers, page.Links.HasNext());
            },
            server => server.Id,
            token
        );
}

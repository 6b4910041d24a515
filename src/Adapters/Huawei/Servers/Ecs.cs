using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Servers;

/// <summary>The calls to ECS that several services make.</summary>
internal sealed class Ecs(HuaweiDoor door, Appearing appearing)
{
    /// <summary>Servers to a page, the most there may be.</summary>
    private const int PageSize = 1_000;

    public Task<T> AskAsync<T>(Func<IEcsApi, string, Task<T>> call, CancellationToken token) =>
        door.AskAsync(CloudServices.Ecs, call, token);

    public Task<T> AskActionsAsync<T>(Func<IEcsActionApi, string, Task<T>> call, CancellationToken token) =>
        door.AskAsync(CloudServices.Ecs, call, token);

    /// <summary>Makes a call that begins a job, and looks until it works.</summary>
    /// <returns>The job's id; null where there is none.</returns>
    /// <exception cref="AdapterException"><see cref="FailureKind.Conflict"/>: the server's state does not allow it. The
    /// calls name nothing but things that exist, so what is refused as invalid is the state of one of them.</exception>
    public async Task<string?> BeginAsync<TApi>(Func<TApi, string, Task<JobStarted>> call, CancellationToken token)
    {
        try
        {
            var started = await door.AskAsync(CloudServices.Ecs, call, token);
            if (started.JobId is { } job)
            {
                await appearing.HasBegunAsync(CloudServices.Ecs, job, token);
            }

            return started.JobId;
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.InvalidRequest)
        {
            throw HuaweiErrors.As(FailureKind.Conflict, failure);
        }
    }

    /// <exception cref="AdapterException"><see cref="FailureKind.NotFound"/> if it is gone.</exception>
    public async Task<CloudServer> GetAsync(NativeId id, CancellationToken token) =>
        ServerView.Of((await AskAsync((api, p) => api.GetAsync(p, id.Value, token), token)).Server)
        ?? throw new AdapterException(FailureKind.NotFound, $"ECS has deleted the server '{id}'.");

    /// <summary>The server; null if there is none.</summary>
    public async Task<CloudServer?> TryGetAsync(NativeId id, CancellationToken token)
    {
        try
        {
            return await GetAsync(id, token);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// All servers, or those that bear the tag. A page shorter than asked for is the last one only if the count says so:
    /// a cloud may give fewer than asked.
    /// </summary>
    public async IAsyncEnumerable<CloudServer> ListAsync(string? tag, [EnumeratorCancellation] CancellationToken token)
    {
        long seen = 0;
        var servers = Pages.EachAsync(
            async marker =>
            {
                var query = new ServerQuery
                {
                    Limit = PageSize,
                    Marker = marker,
                    Tags = tag,
                };
                var page = await AskAsync((api, p) => api.ListAsync(p, query, token), token);
                seen += page.Servers.Count;
                return new Page<ServerBody>(page.Servers, page.Servers.Count == PageSize || seen < page.Count);
            },
            server => server.Id,
            token
        );
        await foreach (var body in servers)
        {
            if (ServerView.Of(body) is { } server)
            {
                yield return server;
            }
        }
    }
}

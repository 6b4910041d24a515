using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedServers(IServerService inner, CallGuard guard) : IServerService
{
    public Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        guard.AskAsync(
            "createServer",
            Repeat.WhenThrottled,
            token => inner.CreateAsync(spec, key, token),
            cancellationToken
        );

    public Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        guard.AskAsync("findServer", Repeat.WhenTransient, token => inner.FindAsync(key, token), cancellationToken);

    public Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.AskAsync("getServer", Repeat.WhenTransient, token => inner.GetAsync(id, token), cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.TellAsync("deleteServer", Repeat.WhenTransient, token => inner.DeleteAsync(id, token), cancellationToken);
}

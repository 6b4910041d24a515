using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedNetworks(INetworkService inner, CallGuard guard) : INetworkService
{
    public Task<CloudNetwork> CreateAsync(NetworkSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        guard.AskAsync(
            "createNetwork",
            Repeat.WhenThrottled,
            token => inner.CreateAsync(spec, key, token),
            cancellationToken
        );

    public Task<CloudNetwork?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        guard.AskAsync("findNetwork", Repeat.WhenTransient, token => inner.FindAsync(key, token), cancellationToken);

    public Task<CloudNetwork> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.AskAsync("getNetwork", Repeat.WhenTransient, token => inner.GetAsync(id, token), cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.TellAsync(
            "deleteNetwork",
            Repeat.WhenTransient,
            token => inner.DeleteAsync(id, token),
            cancellationToken
        );
}

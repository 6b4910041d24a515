using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedServerChanges(IServerChanges inner, CallGuard guard) : IServerChanges
{
    public IAsyncEnumerable<ServerChange> ListAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        guard.ListAsync("listServerChanges", token => inner.ListAsync(since, token), cancellationToken);
}

using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedCapacity(ICapacitySource inner, CallGuard guard) : ICapacitySource
{
    public Task<PoolCapacity> GetAsync(CancellationToken cancellationToken) =>
        guard.AskAsync("getCapacity", Repeat.WhenTransient, token => inner.GetAsync(token), cancellationToken);
}

using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedUsage(IUsageSource inner, CallGuard guard) : IUsageSource
{
    public IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) => guard.ListAsync("readUsage", token => inner.ReadAsync(servers, from, until, token), cancellationToken);
}

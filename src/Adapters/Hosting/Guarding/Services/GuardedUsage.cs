using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedUsage(IUsageSource inner, CallGuard guard) : IUsageSource
{
    private readonly Lock _gate = new();
    private TimeSpan? _told;

    /// <summary>As it was told when the last read ended: looking at it never runs the adapter's code.</summary>
    public TimeSpan? ClockOffset
    {
        get
        {
            lock (_gate)
            {
                return _told;
            }
        }
    }

    public IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) => guard.ListAsync("readUsage", token => ToldAsync(servers, from, until, token), cancellationToken);

    private async IAsyncEnumerable<IReadOnlyList<UsageSample>> ToldAsync(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var batch in inner.ReadAsync(servers, from, until, cancellationToken))
        {
            yield return batch;
        }

        var told = inner.ClockOffset;
        lock (_gate)
        {
            _told = told;
        }
    }
}

using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Identity;

/// <summary>
/// The pool's token: kept, renewed before it ends and when a service no longer takes it. However many calls need a
/// new one at a time, Keystone is asked once and its answer, good or bad, is all theirs.
/// </summary>
internal sealed class TokenSource(Keystone keystone, TimeProvider machineTime)
{
    private readonly Lock _gate = new();
    private CloudToken? _current;
    private Task<CloudToken>? _asking;

    /// <summary>A token that is still good for a while.</summary>
    public Task<CloudToken> GetAsync(CancellationToken cancellationToken)
    {
        Task<CloudToken> asking;
        lock (_gate)
        {
            if (_current is { } current && machineTime.GetUtcNow() < current.RenewAt)
            {
                return Task.FromResult(current);
            }

            asking = _asking ??= AskAsync();
        }

        return asking.WaitAsync(cancellationToken);
    }

    /// <summary>A token other than the one a service refused; whoever comes second gets what the first one fetched.</summary>
    public Task<CloudToken> RenewAsync(CloudToken refused, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_current, refused))
            {
                _current = null;
            }
        }

        return GetAsync(cancellationToken);
    }

    /// <summary>Belongs to all that wait for it, so no one of them cancels it.</summary>
    private async Task<CloudToken> AskAsync()
    {
        // Leaves the gate before anything else happens.
        await Task.Yield();
        CloudToken? fetched = null;
        try
        {
            using var patience = new CancellationTokenSource(Keystone.Patience, machineTime);
            fetched = await keystone.AuthenticateAsync(patience.Token);
            return fetched;
        }
        catch (OperationCanceledException)
        {
            throw new AdapterException(
                FailureKind.Unavailable,
                $"Keystone gave no token within {Keystone.Patience.TotalSeconds:0} s."
            );
        }
        finally
        {
            lock (_gate)
            {
                (_current, _asking) = (fetched, null);
            }
        }
    }
}

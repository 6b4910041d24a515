using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedSnapshots(ISnapshotService inner, CallGuard guard) : ISnapshotService
{
    public Task<CloudSnapshot> CreateAsync(SnapshotSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        guard.AskAsync(
            "createSnapshot",
            Repeat.WhenThrottled,
            token => inner.CreateAsync(spec, key, token),
            cancellationToken
        );

    public Task<CloudSnapshot?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        guard.AskAsync("findSnapshot", Repeat.WhenTransient, token => inner.FindAsync(key, token), cancellationToken);

    public Task<CloudSnapshot> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.AskAsync("getSnapshot", Repeat.WhenTransient, token => inner.GetAsync(id, token), cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.TellAsync(
            "deleteSnapshot",
            Repeat.WhenTransient,
            token => inner.DeleteAsync(id, token),
            cancellationToken
        );
}

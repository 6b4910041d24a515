using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedVolumes(IVolumeService inner, CallGuard guard) : IVolumeService
{
    public Task<CloudVolume> CreateAsync(VolumeSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        guard.AskAsync(
            "createVolume",
            Repeat.WhenThrottled,
            token => inner.CreateAsync(spec, key, token),
            cancellationToken
        );

    public Task<CloudVolume?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        guard.AskAsync("findVolume", Repeat.WhenTransient, token => inner.FindAsync(key, token), cancellationToken);

    public Task<CloudVolume> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.AskAsync("getVolume", Repeat.WhenTransient, token => inner.GetAsync(id, token), cancellationToken);

    public Task ExtendAsync(NativeId id, int sizeGiB, CancellationToken cancellationToken) =>
        guard.TellAsync(
            "extendVolume",
            Repeat.WhenTransient,
            token => inner.ExtendAsync(id, sizeGiB, token),
            cancellationToken
        );

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.TellAsync("deleteVolume", Repeat.WhenTransient, token => inner.DeleteAsync(id, token), cancellationToken);
}

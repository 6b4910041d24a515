using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedVolumeAttachment(IVolumeAttachment inner, CallGuard guard) : IVolumeAttachment
{
    public Task AttachAsync(NativeId volume, NativeId server, CancellationToken cancellationToken) =>
        guard.TellAsync(
            "attachVolume",
            Repeat.WhenTransient,
            token => inner.AttachAsync(volume, server, token),
            cancellationToken
        );

    public Task DetachAsync(NativeId volume, CancellationToken cancellationToken) =>
        guard.TellAsync(
            "detachVolume",
            Repeat.WhenTransient,
            token => inner.DetachAsync(volume, token),
            cancellationToken
        );
}

using CloudManager.Adapters.OpenStack.Compute;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Volumes;

/// <summary>Attaches volumes through Nova, which tells Cinder.</summary>
internal sealed class VolumeAttachment(Nova nova, Cinder cinder) : IVolumeAttachment
{
    public async Task AttachAsync(NativeId volume, NativeId server, CancellationToken cancellationToken)
    {
        if (IsDone(await cinder.GetAsync(volume, cancellationToken), server))
        {
            return;
        }

        var request = new AttachRequest(new AttachBody(volume.Value));
        try
        {
            await nova.TellPartsAsync(
                api => api.AttachAsync(server.Value, request, cancellationToken),
                cancellationToken
            );
        }
        catch (AdapterException failure) when (failure.Kind is FailureKind.InvalidRequest or FailureKind.Conflict)
        {
            // The request names nothing but the two, so what is wrong is the state of one of them.
            if (!IsDone(await cinder.GetAsync(volume, cancellationToken), server))
            {
                throw Cinder.Conflict(failure);
            }
        }
    }

    public async Task DetachAsync(NativeId volume, CancellationToken cancellationToken) =>
        await Gone.IsSuccessAsync(ReleaseAsync(volume, cancellationToken));

    private async Task ReleaseAsync(NativeId volume, CancellationToken token)
    {
        var now = await cinder.GetAsync(volume, token);
        if (VolumeView.Server(now) is { } server && now.Status != "detaching")
        {
            await nova.TellPartsAsync(api => api.DetachAsync(server, volume.Value, token), token);
        }
    }

    /// <exception cref="AdapterException"><see cref="FailureKind.Conflict"/>: another server holds it.</exception>
    private static bool IsDone(VolumeBody volume, NativeId server) =>
        VolumeView.Server(volume) switch
        {
            null => false,
            var holder when holder == server.Value => true,
            var other => throw new AdapterException(
                FailureKind.Conflict,
                $"The volume '{volume.Id}' is attached to '{other}'; it must be detached first."
            ),
        };
}

using CloudManager.Adapters.Huawei.Servers;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Volumes;

/// <summary>Attaches volumes through ECS, which tells EVS; EVS's own call would only flip the state.</summary>
internal sealed class VolumeAttachment(Ecs ecs, Evs evs) : IVolumeAttachment
{
    public async Task AttachAsync(NativeId volume, NativeId server, CancellationToken cancellationToken)
    {
        if (IsDone(await evs.GetAsync(volume, cancellationToken), server))
        {
            return;
        }

        var request = new AttachRequest(new AttachBody(volume.Value));
        try
        {
            await ecs.BeginAsync<IEcsActionApi>(
                (api, p) => api.AttachAsync(p, server.Value, request, cancellationToken),
                cancellationToken
            );
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.Conflict)
        {
            if (!IsDone(await evs.GetAsync(volume, cancellationToken), server))
            {
                throw;
            }
        }
    }

    public async Task DetachAsync(NativeId volume, CancellationToken cancellationToken) =>
        await Gone.IsSuccessAsync(ReleaseAsync(volume, cancellationToken));

    private async Task ReleaseAsync(NativeId volume, CancellationToken token)
    {
        var now = await evs.GetAsync(volume, token);
        if (VolumeView.Server(now) is not { } server || now.Status == "detaching")
        {
            return;
        }

        await ecs.BeginAsync<IEcsActionApi>((api, p) => api.DetachAsync(p, server, volume.Value, token), token);
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

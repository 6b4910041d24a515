using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Volumes;

/// <summary>Attaching goes through Nova, which tells Cinder; what is so is read in Cinder.</summary>
internal sealed class CinderAttachment(CloudDoor door) : IVolumeAttachment
{
    public async Task AttachAsync(NativeId volume, NativeId server, CancellationToken cancellationToken)
    {
        var before = await LookAsync(volume, cancellationToken);
        if (HeldBy(before) is { } holder)
        {
            if (holder.ServerId != server.Value)
            {
                throw new AdapterException(
                    FailureKind.Conflict,
                    $"Volume '{volume}' is attached to server '{holder.ServerId}'."
                );
            }

            return;
        }

        try
        {
            var wish = new AttachVolume(new NewAttachment(volume.Value));
            await NovaAsync(api => api.AttachAsync(server.Value, wish, cancellationToken), cancellationToken);
        }
        catch (AdapterException refused) when (refused.Kind is FailureKind.InvalidRequest or FailureKind.Conflict)
        {
            // Nova calls a volume that is not available an invalid one; under way to this server, it is no failure.
            if (!await IsUnderWayAsync(volume, server, cancellationToken))
            {
                throw refused.As(FailureKind.Conflict);
            }
        }
    }

    public async Task DetachAsync(NativeId volume, CancellationToken cancellationToken)
    {
        var before = await FindAsync(volume, cancellationToken);
        if (before is null || HeldBy(before) is not { } holder || before.Status == "detaching")
        {
            return;
        }

        try
        {
            await NovaAsync(
                api => api.DetachAsync(holder.ServerId, volume.Value, cancellationToken),
                cancellationToken
            );
        }
        catch (AdapterException gone) when (gone.Kind == FailureKind.NotFound)
        {
            await ForgetAsync(volume, cancellationToken);
        }
    }

    /// <summary>Nova knows of no such attachment: its server is gone, and Cinder has not heard of it.</summary>
    private async Task ForgetAsync(NativeId volume, CancellationToken cancellationToken)
    {
        if (await FindAsync(volume, cancellationToken) is { } still && HeldBy(still)?.AttachmentId is { } attachment)
        {
            await door.CallAsync<ICinderExtrasApi>(
                CloudServices.Volume,
                api => api.DeleteAttachmentAsync(attachment, cancellationToken),
                cancellationToken
            );
        }
    }

    private async Task<bool> IsUnderWayAsync(NativeId volume, NativeId server, CancellationToken cancellationToken)
    {
        var known = await door.CallAsync<IVolumeAttachmentsApi, VolumeAttachmentsAnswer>(
            CloudServices.Compute,
            api => api.ListAsync(server.Value, cancellationToken),
            cancellationToken
        );
        return known.VolumeAttachments.Any(attachment => attachment.VolumeId == volume.Value);
    }

    private async Task<VolumeBody?> FindAsync(NativeId volume, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(volume, cancellationToken);
        }
        catch (AdapterException gone) when (gone.Kind == FailureKind.NotFound)
        {
            return null;
        }
    }

    private async Task<VolumeBody> LookAsync(NativeId volume, CancellationToken cancellationToken) =>
        (
            await door.CallAsync<ICinderApi, VolumeAnswer>(
                CloudServices.Volume,
                api => api.GetAsync(volume.Value, cancellationToken),
                cancellationToken
            )
        ).Volume;

    private Task NovaAsync(Func<IVolumeAttachmentsApi, Task> call, CancellationToken cancellationToken) =>
        door.CallAsync(CloudServices.Compute, call, cancellationToken);

    private static VolumeUse? HeldBy(VolumeBody volume) => volume.Attachments is [var use, ..] ? use : null;
}

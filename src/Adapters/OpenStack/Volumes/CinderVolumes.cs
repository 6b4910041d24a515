using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Volumes;

/// <summary>Volumes. The key stands in the metadata that the create itself sets.</summary>
internal sealed class CinderVolumes(Cinder cinder) : IVolumeService
{
    private readonly KeyTurns _turns = new();

    public Task<CloudVolume> CreateAsync(VolumeSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    public async Task<CloudVolume?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        await foreach (var volume in cinder.ListAsync(Cinder.With(key), cancellationToken))
        {
            if (Keys.FromMetadata(volume.Metadata) == key)
            {
                return await ViewAsync(volume, cancellationToken);
            }
        }

        return null;
    }

    public async Task<CloudVolume> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        await ViewAsync(await cinder.GetAsync(id, cancellationToken), cancellationToken);

    public async Task ExtendAsync(NativeId id, int sizeGiB, CancellationToken cancellationToken)
    {
        var volume = await cinder.GetAsync(id, cancellationToken);
        if (volume.Size > sizeGiB)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The volume '{id}' has {volume.Size} GiB and does not shrink to {sizeGiB}."
            );
        }

        if (volume.Size == sizeGiB || volume.Status == "extending")
        {
            return;
        }

        if (volume.Status == "in-use" && !await cinder.MayExtendAttachedAsync(cancellationToken))
        {
            throw new AdapterException(
                FailureKind.Unsupported,
                $"This Cinder grows no attached volumes (it needs {Cinder.ExtendsAttached}): detach '{id}' first."
            );
        }

        await ExtendAsync(volume, sizeGiB, cancellationToken);
    }

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        Cinder.DeleteAsync(
            cinder.TellAsync<ICinderApi>(api => api.DeleteAsync(id.Value, cancellationToken), cancellationToken),
            async () => (await cinder.GetAsync(id, cancellationToken)).Status
        );

    /// <summary>All volumes but the system disks of servers, page by page.</summary>
    public async IAsyncEnumerable<CloudVolume> ListAsync([EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var volume in cinder.ListAsync(new VolumeQuery(), token))
        {
            if (!VolumeView.IsSystemDisk(volume))
            {
                yield return VolumeView.Of(volume, null);
            }
        }
    }

    private async Task ExtendAsync(VolumeBody volume, int sizeGiB, CancellationToken token)
    {
        var request = new ExtendRequest(new NewSize(sizeGiB));
        try
        {
            await cinder.TellAsync<ICinderApi>(api => api.ExtendAsync(volume.Id, request, token), token);
        }
        catch (AdapterException failure)
            when (failure.Kind == FailureKind.InvalidRequest && volume.Status is not ("available" or "in-use"))
        {
            throw Cinder.Conflict(failure);
        }
    }

    private async Task<CloudVolume> FindOrCreateAsync(VolumeSpec spec, OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } made)
        {
            return made;
        }

        var volume = new NewVolume(spec.Name, spec.SizeGiB, spec.Type) { Metadata = Cinder.Metadata(key) };
        try
        {
            var request = new NewVolumeRequest(volume);
            var answer = await cinder.AskAsync<ICinderApi, VolumeAnswer>(api => api.CreateAsync(request, token), token);
            return VolumeView.Of(answer.Volume, null);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"There is no volume type '{spec.Type}': {failure.Message}"
            )
            {
                ProviderCode = failure.ProviderCode,
                ProviderRequestId = failure.ProviderRequestId,
            };
        }
    }

    private async Task<CloudVolume> ViewAsync(VolumeBody volume, CancellationToken token)
    {
        var isBroken = VolumeView.State(volume.Status) == CloudState.Error;
        return VolumeView.Of(volume, isBroken ? await cinder.FaultAsync(volume.Id, token) ?? volume.Status : null);
    }
}

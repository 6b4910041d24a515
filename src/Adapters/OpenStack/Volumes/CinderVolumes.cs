using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Volumes;

/// <summary>Block volumes in Cinder. The key stands in a volume's metadata from its creation on.</summary>
internal sealed class CinderVolumes(CloudDoor door, string? availabilityZone, KeyGate gate) : IVolumeService
{
    public Task<CloudVolume> CreateAsync(VolumeSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        gate.EnterAsync(
            key,
            async () => await FindAsync(key, cancellationToken) ?? await MakeAsync(spec, key, cancellationToken),
            cancellationToken
        );

    public async Task<CloudVolume?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        // A Cinder that filters by metadata answers one; one that does not is read through.
        await foreach (var body in ListAsync(VolumeMapping.WithKey(key), cancellationToken))
        {
            if (VolumeMapping.Key(body.Metadata) == key)
            {
                return await ShowAsync(body, cancellationToken);
            }
        }

        return null;
    }

    public async Task<CloudVolume> GetAsync(NativeId id, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(api => api.GetAsync(id.Value, cancellationToken), cancellationToken);
        return await ShowAsync(answer.Volume, cancellationToken);
    }

    public async Task ExtendAsync(NativeId id, int sizeGiB, CancellationToken cancellationToken)
    {
        var volume = (await CallAsync(api => api.GetAsync(id.Value, cancellationToken), cancellationToken)).Volume;
        if (volume.Size > sizeGiB)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"Volume '{id}' has {volume.Size} GiB and would shrink to {sizeGiB} GiB; a volume only grows."
            );
        }

        if (volume.Size == sizeGiB || volume.Status == "extending")
        {
            return;
        }

        var action = new VolumeAction(new ExtendVolume(sizeGiB));
        await door.CallAsync<ICinderApi>(
            CloudServices.Volume,
            api => api.ActAsync(id.Value, action, cancellationToken),
            cancellationToken
        );
    }

    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        try
        {
            await door.CallAsync<ICinderApi>(
                CloudServices.Volume,
                api => api.DeleteAsync(id.Value, cancellationToken),
                cancellationToken
            );
        }
        catch (AdapterException gone) when (gone.Kind == FailureKind.NotFound)
        {
            return;
        }
        catch (AdapterException refused) when (refused.Kind == FailureKind.InvalidRequest)
        {
            // A deletion has no values that could be wrong: Cinder says so of the volume's state.
            if (!await IsLeavingAsync(id, cancellationToken))
            {
                throw refused.As(FailureKind.Conflict);
            }
        }
    }

    /// <summary>All volumes from this page on, as Cinder describes them.</summary>
    public async IAsyncEnumerable<VolumeBody> ListAsync(
        PageQuery first,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var page = first; ; )
        {
            var volumes = (await CallAsync(api => api.ListAsync(page, cancellationToken), cancellationToken)).Volumes;
            foreach (var volume in volumes)
            {
                yield return volume;
            }

            if (volumes.Count == 0)
            {
                yield break;
            }

            page = page with { Marker = volumes[^1].Id };
        }
    }

    private async Task<CloudVolume> MakeAsync(VolumeSpec spec, OperationKey key, CancellationToken cancellationToken)
    {
        var asked = new NewVolume(spec.Name, spec.SizeGiB, spec.Type, availabilityZone, VolumeMapping.Metadata(key));
        var made = await CallAsync(
            api => api.CreateAsync(new CreateVolume(asked), cancellationToken),
            cancellationToken
        );
        return VolumeMapping.Of(made.Volume, fault: null);
    }

    /// <summary>A volume in error is shown with what Cinder tells people of it.</summary>
    private async Task<CloudVolume> ShowAsync(VolumeBody body, CancellationToken cancellationToken)
    {
        if (VolumeMapping.State(body.Status) != CloudState.Error)
        {
            return VolumeMapping.Of(body, fault: null);
        }

        var told = await door.CallAsync<ICinderExtrasApi, MessagesAnswer>(
            CloudServices.Volume,
            api => api.ListMessagesAsync(body.Id, cancellationToken),
            cancellationToken
        );
        var last = told.Messages.MaxBy(message => message.CreatedAt, StringComparer.Ordinal);
        return VolumeMapping.Of(body, last?.UserMessage);
    }

    private async Task<bool> IsLeavingAsync(NativeId id, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await CallAsync(api => api.GetAsync(id.Value, cancellationToken), cancellationToken);
            return answer.Volume.Status == "deleting";
        }
        catch (AdapterException gone) when (gone.Kind == FailureKind.NotFound)
        {
            return true;
        }
    }

    private Task<T> CallAsync<T>(Func<ICinderApi, Task<T>> call, CancellationToken cancellationToken) =>
        door.CallAsync(CloudServices.Volume, call, cancellationToken);
}

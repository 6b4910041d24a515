using System.Runtime.CompilerServices;
using CloudManager.Adapters.Huawei.Servers;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Volumes;

/// <summary>
/// Volumes. The key goes as X-Client-Token, which the cloud keeps unique, and as a tag by which the volume is found again;
/// under Cinder's paths there is neither, and metadata hold it.
/// </summary>
internal sealed class EvsVolumes(Evs evs, Zones zones, Appearing appearing, string enterpriseProject) : IVolumeService
{
    /// <summary>The largest data disk in GiB.</summary>
    public const int Largest = 32_768;

    private readonly KeyTurns _turns = new();

    public Task<CloudVolume> CreateAsync(VolumeSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    /// <summary>EVS filters by no tag in a listing; the newest come first, so that a volume just made is on the first page.</summary>
    public async Task<CloudVolume?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        await ListAsync(cancellationToken).FirstOrDefaultAsync(volume => volume.Key == key, cancellationToken);

    public async Task<CloudVolume> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        VolumeView.Of(await evs.GetAsync(id, cancellationToken));

    public async Task ExtendAsync(NativeId id, int sizeGiB, CancellationToken cancellationToken)
    {
        var volume = await evs.GetAsync(id, cancellationToken);
        if (sizeGiB < volume.Size)
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

        await OrderAsync(id, sizeGiB, cancellationToken);
    }

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        Evs.DeleteAsync(
            evs.TellAsync<IEvsApi>(
                (api, p) => api.DeleteAsync(p, evs.Style.Volumes, id.Value, cancellationToken),
                cancellationToken
            ),
            async () => (await evs.GetAsync(id, cancellationToken)).Status
        );

    /// <summary>All volumes but the system disks of servers, page by page.</summary>
    public async IAsyncEnumerable<CloudVolume> ListAsync([EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var volume in evs.ListAsync(token))
        {
            if (!VolumeView.IsSystemDisk(volume))
            {
                yield return VolumeView.Of(volume);
            }
        }
    }

    private async Task OrderAsync(NativeId id, int sizeGiB, CancellationToken token)
    {
        var request = new ExtendRequest(new LargerSize(sizeGiB));
        try
        {
            await evs.TellAsync<IEvsApi>(
                (api, p) => api.ExtendAsync(evs.Style.Version, p, evs.Style.Volumes, id.Value, request, token),
                token
            );
        }
        catch (AdapterException failure) when (failure.Kind is FailureKind.InvalidRequest or FailureKind.Conflict)
        {
            var now = await evs.GetAsync(id, token);
            if (now.Size == sizeGiB || now.Status == "extending")
            {
                return;
            }

            // A size above the largest is the request's fault, anything else that of the volume's state.
            throw sizeGiB > Largest ? failure : HuaweiErrors.As(FailureKind.Conflict, failure);
        }
    }

    private async Task<CloudVolume> FindOrCreateAsync(VolumeSpec spec, OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } made)
        {
            return made;
        }

        var created = await OrderAsync(await BodyAsync(spec, key, token), key, token);
        if (created.Volume is { } volume)
        {
            return VolumeView.Of(volume) with { Key = key };
        }

        var begun = new Begun(CloudServices.Evs, created.JobId, created.VolumeIds is [var first, ..] ? first : null);
        var seen = await appearing.LookAsync(begun, id => evs.TryGetAsync(new NativeId(id), token), token);
        return VolumeView.Of(seen) with { Key = key };
    }

    private async Task<CreatedVolumes> OrderAsync(NewVolume volume, OperationKey key, CancellationToken token)
    {
        var (request, style) = (new NewVolumeRequest(volume), evs.Style);
        try
        {
            return await evs.AskAsync<IEvsApi, CreatedVolumes>(
                (api, p) =>
                    api.CreateAsync(
                        style.Version,
                        p,
                        style.Volumes,
                        style.HasTokens ? key.Value : null,
                        request,
                        token
                    ),
                token
            );
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            throw HuaweiErrors.As(FailureKind.InvalidRequest, failure);
        }
    }

    private async Task<NewVolume> BodyAsync(VolumeSpec spec, OperationKey key, CancellationToken token)
    {
        var style = evs.Style;
        return new NewVolume(spec.Name, spec.SizeGiB, spec.Type)
        {
            AvailabilityZone = await zones.GetAsync(token),
            Tags = style.HasTokens ? new Dictionary<string, string> { [Keys.Tag] = key.Value } : null,
            Metadata = style.HasTokens ? null : new Dictionary<string, string> { [Keys.Metadata] = key.Value },
            EnterpriseProjectId = style.HasTokens ? enterpriseProject : null,
        };
    }
}

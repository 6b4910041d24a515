using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Volumes;

/// <summary>The calls to EVS that several services make.</summary>
internal sealed class Evs(HuaweiDoor door, EvsStyle style)
{
    private const int PageSize = 1_000;

    public EvsStyle Style => style;

    public Task<TAnswer> AskAsync<TApi, TAnswer>(Func<TApi, string, Task<TAnswer>> call, CancellationToken token) =>
        door.AskAsync(CloudServices.Evs, call, token);

    public Task TellAsync<TApi>(Func<TApi, string, Task> call, CancellationToken token) =>
        door.TellAsync(CloudServices.Evs, call, token);

    /// <exception cref="AdapterException"><see cref="FailureKind.NotFound"/> if it is gone.</exception>
    public async Task<VolumeBody> GetAsync(NativeId id, CancellationToken token) =>
        (
            await AskAsync<IEvsApi, VolumeAnswer>((api, p) => api.GetAsync(p, style.Volumes, id.Value, token), token)
        ).Volume;

    /// <summary>The volume; null if there is none.</summary>
    public async Task<VolumeBody?> TryGetAsync(NativeId id, CancellationToken token)
    {
        try
        {
            return await GetAsync(id, token);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>All volumes, the newest first, page by page.</summary>
    public IAsyncEnumerable<VolumeBody> ListAsync(CancellationToken token)
    {
        long seen = 0;
        return Pages.EachAsync(
            async marker =>
            {
                var query = new VolumeQuery { Limit = PageSize, Marker = marker };
                var page = await AskAsync<IEvsApi, VolumesAnswer>(
                    (api, p) => api.ListAsync(p, style.Volumes, query, token),
                    token
                );
                seen += page.Volumes.Count;
                return new Page<VolumeBody>(page.Volumes, page.Volumes.Count == PageSize || seen < page.Count);
            },
            volume => volume.Id,
            token
        );
    }

    public IAsyncEnumerable<SnapshotBody> SnapshotsAsync(CancellationToken token)
    {
        long seen = 0;
        return Pages.EachAsync(
            async marker =>
            {
                var query = new VolumeQuery { Limit = PageSize, Marker = marker };
                var page = await AskAsync<IEvsSnapshotApi, SnapshotsAnswer>(
                    (api, p) => api.ListAsync(p, style.Snapshots, query, token),
                    token
                );
                seen += page.Snapshots.Count;
                return new Page<SnapshotBody>(page.Snapshots, page.Snapshots.Count == PageSize || seen < page.Count);
            },
            snapshot => snapshot.Id,
            token
        );
    }

    /// <summary>Deletes; what is gone or going is success, what its state does not allow a conflict.</summary>
    public static async Task DeleteAsync(Task delete, Func<Task<string>> status)
    {
        try
        {
            await delete;
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            // Gone is what was asked for.
        }
        catch (AdapterException failure) when (failure.Kind is FailureKind.InvalidRequest or FailureKind.Conflict)
        {
            await JudgeAsync(failure, status);
        }
    }

    private static async Task JudgeAsync(AdapterException failure, Func<Task<string>> status)
    {
        try
        {
            if (await status() != "deleting")
            {
                throw HuaweiErrors.As(FailureKind.Conflict, failure);
            }
        }
        catch (AdapterException missing) when (missing.Kind == FailureKind.NotFound)
        {
            // It went meanwhile.
        }
    }
}

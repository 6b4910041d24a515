using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Volumes;

/// <summary>The calls to Cinder that several services make.</summary>
internal sealed class Cinder(CloudDoor door)
{
    private const int PageSize = 500;

    /// <summary>Growing attached volumes came with Pike.</summary>
    public static readonly Microversion ExtendsAttached = new(3, 42);

    public Task<T> AskAsync<TApi, T>(Func<TApi, Task<T>> call, CancellationToken token) =>
        door.CallAsync(CloudServices.Volume, call, token);

    public Task TellAsync<TApi>(Func<TApi, Task> call, CancellationToken token) =>
        door.CallAsync(CloudServices.Volume, call, token);

    public async Task<bool> MayExtendAttachedAsync(CancellationToken token) =>
        (await door.VersionAsync(CloudServices.Volume, token))?.Chosen >= ExtendsAttached;

    public async Task<VolumeBody> GetAsync(NativeId id, CancellationToken token) =>
        (await AskAsync<ICinderApi, VolumeAnswer>(api => api.GetAsync(id.Value, token), token)).Volume;

    /// <summary>A filter for what bears this key.</summary>
    public static VolumeQuery With(OperationKey key) => new() { Metadata = $"{{'{Keys.Metadata}': '{key}'}}" };

    public static IReadOnlyDictionary<string, string> Metadata(OperationKey key) =>
        new Dictionary<string, string> { [Keys.Metadata] = key.Value };

    /// <summary>Volumes page by page.</summary>
    public IAsyncEnumerable<VolumeBody> ListAsync(VolumeQuery query, CancellationToken token) =>
        Pages.EachAsync(
            async marker =>
            {
                var asked = query with { Limit = PageSize, Marker = marker };
                var page = await AskAsync<ICinderApi, VolumesAnswer>(api => api.ListAsync(asked, token), token);
                return new Page<VolumeBody>(page.Volumes, page.Links.HasNext());
            },
            volume => volume.Id,
            token
        );

    /// <summary>Volume types page by page.</summary>
    public IAsyncEnumerable<VolumeTypeBody> TypesAsync(CancellationToken token) =>
        Pages.EachAsync(
            async marker =>
            {
                var page = await AskAsync<ICinderOffersApi, VolumeTypesAnswer>(
                    api => api.ListTypesAsync(PageSize, marker, token),
                    token
                );
                return new Page<VolumeTypeBody>(page.VolumeTypes, page.Links.HasNext());
            },
            type => type.Id,
            token
        );

    /// <summary>What Cinder tells users went wrong with it; null where it says nothing.</summary>
    public async Task<string?> FaultAsync(string id, CancellationToken token)
    {
        try
        {
            var answer = await AskAsync<ICinderOffersApi, MessagesAnswer>(
                api => api.ListMessagesAsync(id, token),
                token
            );
            return answer.Messages is [var last, ..] ? $"{last.UserMessage} ({last.EventId})" : null;
        }
        catch (AdapterException failure) when (!failure.IsTransient)
        {
            // The messages may be forbidden; the state is told all the same.
            return null;
        }
    }

    /// <summary>
    /// Deletes, where Cinder's 400 to a delete can only mean the state of the thing: one that is being deleted is
    /// success, any other is a conflict.
    /// </summary>
    public static async Task DeleteAsync(Task call, Func<Task<string>> status)
    {
        try
        {
            await Gone.IsSuccessAsync(call);
        }
        catch (AdapterException failure) when (failure.Kind is FailureKind.InvalidRequest or FailureKind.Conflict)
        {
            var now = "";
            await Gone.IsSuccessAsync(ReadAsync());
            if (now is not ("" or "deleting"))
            {
                throw Conflict(failure);
            }

            async Task ReadAsync() => now = await status();
        }
    }

    public static AdapterException Conflict(AdapterException failure) =>
        new(FailureKind.Conflict, failure.Message)
        {
            ProviderCode = failure.ProviderCode,
            ProviderRequestId = failure.ProviderRequestId,
        };
}

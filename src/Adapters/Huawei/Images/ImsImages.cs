namespace CloudManager.Adapters.Huawei.Images;

/// <summary>The images this project may start servers from, by name or id.</summary>
internal sealed class ImsImages
{
    private const int PageSize = 500;

    private readonly HuaweiDoor _door;
    private readonly NamedThings<ImageBody> _named;

    public ImsImages(HuaweiDoor door)
    {
        _door = door;
        _named = new NamedThings<ImageBody>("image", ListAsync, image => image.Id, image => image.Name);
    }

    /// <exception cref="Sdk.AdapterException">There is none, or several bear the name.</exception>
    public async Task<string> FindIdAsync(string wanted, CancellationToken token) =>
        (await _named.FindAsync(wanted, token)).Id;

    /// <summary>Looks them up anew.</summary>
    public void Forget() => _named.Forget();

    /// <summary>All images of servers ready for use, page by page; a full page may have another after it.</summary>
    public IAsyncEnumerable<ImageBody> ListAsync(CancellationToken token) =>
        Pages
            .EachAsync(
                async marker =>
                {
                    var query = new ImageQuery { Limit = PageSize, Marker = marker };
                    var page = await _door.AskAsync<IImsApi, ImagesAnswer>(
                        CloudServices.Ims,
                        (api, _) => api.ListAsync(query, token),
                        token
                    );
                    return new Page<ImageBody>(page.Images, page.Images.Count == PageSize);
                },
                image => image.Id,
                token
            )
            .Where(image => image.EnvironmentType is not ("DataImage" or "Ironic"));
}

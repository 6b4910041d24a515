namespace CloudManager.Adapters.OpenStack.Images;

/// <summary>The images this project may start servers from, by name or id.</summary>
internal sealed class GlanceImages
{
    private const int PageSize = 200;

    private readonly CloudDoor _door;
    private readonly NamedThings<ImageBody> _named;

    public GlanceImages(CloudDoor door)
    {
        _door = door;
        _named = new NamedThings<ImageBody>("image", ListAsync, image => image.Id, image => image.Name);
    }

    /// <exception cref="Sdk.AdapterException">There is none, or several bear the name.</exception>
    public async Task<string> FindIdAsync(string wanted, CancellationToken token) =>
        (await _named.FindAsync(wanted, token)).Id;

    /// <summary>Looks them up anew.</summary>
    public void Forget() => _named.Forget();

    /// <summary>All images ready for use, kernels and ramdisks apart, page by page.</summary>
    public IAsyncEnumerable<ImageBody> ListAsync(CancellationToken token) =>
        Pages
            .EachAsync(
                async marker =>
                {
                    var page = await _door.CallAsync<IGlanceApi, ImagesAnswer>(
                        CloudServices.Image,
                        api => api.ListAsync(PageSize, marker, "active", token),
                        token
                    );
                    return new Page<ImageBody>(page.Images, page.Next is not null);
                },
                image => image.Id,
                token
            )
            .Where(image => image.ContainerFormat is not ("aki" or "ari"));
}

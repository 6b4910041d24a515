using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Compute;

/// <summary>The sizes (规格) this project may use, by name or id. None is ever made.</summary>
internal sealed class Flavours
{
    private const int PageSize = 500;

    private readonly CloudDoor _door;
    private readonly NamedThings<FlavourBody> _named;

    public Flavours(CloudDoor door)
    {
        _door = door;
        _named = new NamedThings<FlavourBody>("flavour", ListAsync, flavour => flavour.Id, flavour => flavour.Name);
    }

    /// <exception cref="AdapterException"><see cref="FailureKind.InvalidRequest"/>, with the nearest sizes there are.</exception>
    public async Task<FlavourBody> FindAsync(string wanted, ServerSize size, CancellationToken token)
    {
        if (await _named.TryFindAsync(wanted, token) is { } flavour)
        {
            return flavour;
        }

        var all = new List<FlavourBody>();
        await foreach (var each in ListAsync(token))
        {
            all.Add(each);
        }

        var near = all.OrderBy(each => Distance(each, size)).Take(3).Select(each => $"{each.Name} ({Words(each)})");
        throw new AdapterException(
            FailureKind.InvalidRequest,
            $"The cloud has no flavour '{wanted}' for {size.Vcpus} vCPU and {size.MemoryGiB} GiB; "
                + $"nearest are {string.Join(", ", near)}."
        );
    }

    /// <summary>All sizes, page by page.</summary>
    public IAsyncEnumerable<FlavourBody> ListAsync(CancellationToken token) =>
        Pages.EachAsync(
            async marker =>
            {
                var page = await _door.CallAsync<INovaOffersApi, FlavoursAnswer>(
                    CloudServices.Compute,
                    api => api.ListFlavoursAsync(PageSize, marker, token),
                    token
                );
                return new Page<FlavourBody>(page.Flavors, page.Links.HasNext());
            },
            flavour => flavour.Id,
            token
        );

    private static double Distance(FlavourBody flavour, ServerSize size) =>
        Math.Abs(Math.Log2((double)flavour.Vcpus / size.Vcpus))
        + Math.Abs(Math.Log2(flavour.Ram / 1024.0 / size.MemoryGiB));

    private static string Words(FlavourBody flavour) => $"{flavour.Vcpus} vCPU, {flavour.Ram / 1024.0:0.##} GiB";
}

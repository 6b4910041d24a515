using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Servers;

/// <summary>The sizes (规格) this project may use. None is ever made.</summary>
internal sealed class Flavours
{
    private const int PageSize = 1_000;
    private const int MiBPerGiB = 1024;
    private const string Operation = "cond:operation:status";

    private readonly HuaweiDoor _door;
    private readonly NamedThings<FlavourBody> _named;

    public Flavours(HuaweiDoor door)
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

        var all = await ListAsync(token).ToListAsync(token);
        var near = all.OrderBy(each => Distance(each, size)).Take(3).Select(each => $"{each.Name} ({Words(each)})");
        throw new AdapterException(
            FailureKind.InvalidRequest,
            $"The cloud has no flavour '{wanted}' for {size.Vcpus} vCPU and {size.MemoryGiB} GiB; "
                + $"nearest are {string.Join(", ", near)}."
        );
    }

    /// <summary>All sizes that are not given up, page by page; one sold out for now may come back.</summary>
    public IAsyncEnumerable<FlavourBody> ListAsync(CancellationToken token) =>
        Pages
            .EachAsync(
                async marker =>
                {
                    var page = await _door.AskAsync<IEcsOffersApi, FlavoursAnswer>(
                        CloudServices.Ecs,
                        (api, p) => api.ListFlavoursAsync(p, PageSize, marker, token),
                        token
                    );
                    return new Page<FlavourBody>(page.Flavors, page.Flavors.Count == PageSize);
                },
                flavour => flavour.Id,
                token
            )
            .Where(flavour => flavour.Specs?.GetValueOrDefault(Operation) is not "abandon");

    private static double Distance(FlavourBody flavour, ServerSize size) =>
        Math.Abs(Math.Log2((double)flavour.Vcpus / size.Vcpus))
        + Math.Abs(Math.Log2((double)flavour.Ram / MiBPerGiB / size.MemoryGiB));

    private static string Words(FlavourBody flavour) =>
        $"{flavour.Vcpus} vCPU, {(double)flavour.Ram / MiBPerGiB:0.##} GiB";
}

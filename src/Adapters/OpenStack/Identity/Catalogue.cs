using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Identity;

/// <summary>The endpoints of one region and interface, as Keystone lists them with each token.</summary>
internal sealed class Catalogue(IReadOnlyList<CatalogueService> services, string region, string side)
{
    /// <summary>Other names a service type bears: https://service-types.openstack.org/</summary>
    private static readonly IReadOnlyList<IReadOnlyList<string>> Aliases =
    [
        ["volumev3", "block-storage", "block-store"],
        ["compute"],
        ["network"],
        ["image"],
        ["placement"],
        ["metric"],
    ];

    /// <summary>Whether the region has the service on this interface.</summary>
    public bool Has(string serviceType) => Endpoint(serviceType) is not null;

    /// <summary>The service's address.</summary>
    /// <exception cref="AdapterException">The region, the service or its interface is missing; says what there is.</exception>
    public Uri Find(string serviceType)
    {
        var text = Endpoint(serviceType)?.Url ?? throw Missing(serviceType);
        return Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var url)
            ? url
            : throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The catalogue's address of '{serviceType}' in region '{region}' is no address: '{text}'."
            );
    }

    private CatalogueEndpoint? Endpoint(string serviceType) =>
        Offers(serviceType).FirstOrDefault(endpoint => IsHere(endpoint) && endpoint.Interface == side);

    private IEnumerable<CatalogueEndpoint> Offers(string serviceType)
    {
        var names = Aliases.FirstOrDefault(names => names.Contains(serviceType)) ?? [serviceType];
        return names.SelectMany(name => services.Where(service => service.Type == name)).SelectMany(it => it.Endpoints);
    }

    private bool IsHere(CatalogueEndpoint endpoint) => (endpoint.RegionId ?? endpoint.Region) == region;

    private AdapterException Missing(string serviceType)
    {
        var regions = services.SelectMany(service => service.Endpoints).Select(each => each.RegionId ?? each.Region);
        if (!services.Any(service => service.Endpoints.Any(IsHere)))
        {
            return new AdapterException(
                FailureKind.InvalidRequest,
                $"The catalogue has no region '{region}'; it has {List(regions)}."
            );
        }

        var sides = Offers(serviceType).Where(IsHere).Select(endpoint => endpoint.Interface).ToList();
        var here = services.Where(service => service.Endpoints.Any(IsHere)).Select(service => service.Type);
        return new AdapterException(
            FailureKind.Unsupported,
            sides.Count == 0
                ? $"The catalogue of region '{region}' has no service '{serviceType}'; it has {List(here)}."
                : $"The service '{serviceType}' of region '{region}' has no {side} address; it has {List(sides)}."
        );
    }

    private static string List(IEnumerable<string?> names)
    {
        var known = names.OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        return known.Count == 0 ? "none" : string.Join(", ", known);
    }
}

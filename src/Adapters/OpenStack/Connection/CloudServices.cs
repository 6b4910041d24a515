namespace CloudManager.Adapters.OpenStack;

/// <summary>The services by the type the catalogue lists them under, and the names people know them by.</summary>
internal static class CloudServices
{
    public const string Compute = "compute";
    public const string Volume = "volumev3";
    public const string Network = "network";
    public const string Image = "image";
    public const string Placement = "placement";
    public const string Metric = "metric";

    public const string Cinder = "Cinder";
    public const string Nova = "Nova";

    /// <summary>The name in messages.</summary>
    public static string NameOf(string serviceType) =>
        serviceType switch
        {
            Compute => Nova,
            Volume or "block-storage" => Cinder,
            Network => "Neutron",
            Image => "Glance",
            Placement => "Placement",
            Metric => "Gnocchi",
            _ => serviceType,
        };

    /// <summary>
    /// The address that calls start from: up to the version for Nova and Cinder, as the catalogue has it, and the
    /// service's root for the others, whose calls write their version themselves.
    /// </summary>
    public static Uri Root(string serviceType, Uri listed)
    {
        var path = listed.AbsolutePath.TrimEnd('/');
        if (serviceType is not (Compute or Volume))
        {
            var version = path.LastIndexOf("/v", StringComparison.Ordinal);
            var isVersion = version >= 0 && version + 2 < path.Length && char.IsAsciiDigit(path[version + 2]);
            path = isVersion ? path[..version] : path;
        }

        return new Uri(listed, path.Length == 0 ? "/" : path);
    }
}

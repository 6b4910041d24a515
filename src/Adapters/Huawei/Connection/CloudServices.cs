namespace CloudManager.Adapters.Huawei;

/// <summary>The services by the name that settings and host names have for them.</summary>
internal static class CloudServices
{
    public const string Iam = "iam";
    public const string Ecs = "ecs";
    public const string Evs = "evs";
    public const string Vpc = "vpc";
    public const string Ims = "ims";
    public const string Ces = "ces";

    /// <summary>The one region whose hosts end otherwise.</summary>
    private const string EuropeanRegion = "eu-west-101";

    public static IReadOnlyList<string> All { get; } = [Iam, Ecs, Evs, Vpc, Ims, Ces];

    /// <summary>Where calls start: as the settings say, else the public cloud's address of the region.</summary>
    public static Uri Root(string service, HuaweiSettings settings) =>
        settings.Endpoints.GetValueOrDefault(service)
        ?? new Uri(
            $"https://{service}.{settings.Region}.myhuaweicloud.{(settings.Region == EuropeanRegion ? "eu" : "com")}"
        );

    /// <summary>The name in messages.</summary>
    public static string NameOf(string service) => service.ToUpperInvariant();
}

using System.Text.Json.Serialization;
using Refit;

namespace CloudManager.Adapters.Huawei.Images;

/// <summary>IMS, the images: https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_0602.html</summary>
internal interface IImsApi
{
    [Get("/v2/cloudimages")]
    Task<ImagesAnswer> ListAsync([Query] ImageQuery query, CancellationToken cancellationToken);
}

/// <summary>What to list.</summary>
internal sealed record ImageQuery
{
    [AliasAs("status")]
    public string Status { get; } = "active";

    [AliasAs("limit")]
    public int Limit { get; init; }

    [AliasAs("marker")]
    public string? Marker { get; init; }
}

/// <summary>A page of images, without total or link: https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_0602.html</summary>
internal sealed record ImagesAnswer(IReadOnlyList<ImageBody> Images);

/// <summary>An image; its properties are mostly texts, those of other clouds are passed over.</summary>
internal sealed record ImageBody(string Id, string? Name)
{
    [JsonPropertyName("virtual_env_type")]
    public string? EnvironmentType { get; init; }

    [JsonPropertyName("__support_arm")]
    public string? SupportsArm { get; init; }

    [JsonPropertyName("__os_type")]
    public string? OsType { get; init; }

    /// <summary>x86_64 or aarch64; null where nothing tells.</summary>
    public string? Architecture =>
        SupportsArm == "true" ? "aarch64"
        : OsType is null ? null
        : "x86_64";
}

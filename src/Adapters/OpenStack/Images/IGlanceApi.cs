using System.Text.Json.Serialization;
using Refit;

namespace CloudManager.Adapters.OpenStack.Images;

/// <summary>Glance, the image service: https://docs.openstack.org/api-ref/image/v2/</summary>
internal interface IGlanceApi
{
    [Get("/v2/images")]
    Task<ImagesAnswer> ListAsync(
        [AliasAs("limit")] int limit,
        [AliasAs("marker")] string? marker,
        [AliasAs("status")] string status,
        CancellationToken cancellationToken
    );
}

/// <summary>A page of images, with the next page's path: https://docs.openstack.org/api-ref/image/v2/#list-images</summary>
internal sealed record ImagesAnswer(IReadOnlyList<ImageBody> Images)
{
    public string? Next { get; init; }
}

/// <summary>An image; the processor is a property people may set: https://docs.openstack.org/glance/latest/admin/useful-image-properties.html</summary>
internal sealed record ImageBody(string Id, string? Name)
{
    [JsonPropertyName("hw_architecture")]
    public string? NewArchitecture { get; init; }

    [JsonPropertyName("architecture")]
    public string? OldArchitecture { get; init; }

    public string? ContainerFormat { get; init; }
}

using Refit;

namespace CloudManager.Adapters.OpenStack.Metering;

/// <summary>Gnocchi, the time series of Ceilometer: https://gnocchi.osci.io/rest.html.</summary>
internal interface IGnocchiApi
{
    /// <summary>POST /v1/aggregates.</summary>
    [Post("/v1/aggregates")]
    Task<List<AggregateGroup>> AggregateAsync(
        [Body] AggregateBody body,
        [Query] AggregateRange range,
        [Query(CollectionFormat.Multi)] string[] groupby,
        CancellationToken token
    );

    /// <summary>POST /v1/search/resource/instance.</summary>
    [Post("/v1/search/resource/instance")]
    Task<List<InstanceRevision>> SearchAsync(
        [Body] Dictionary<string, object> search,
        bool history,
        int limit,
        CancellationToken token
    );

    /// <summary>GET /v1/archive_policy: everybody may read it.</summary>
    [Get("/v1/archive_policy")]
    Task<List<ArchivePolicy>> PoliciesAsync(CancellationToken token);
}

/// <summary>Nova's sizes by id: https://docs.openstack.org/api-ref/compute/#show-flavor-details.</summary>
internal interface IFlavourSizesApi
{
    [Get("/flavors/{id}")]
    Task<FlavourAnswer> ShowAsync(string id, CancellationToken token);
}

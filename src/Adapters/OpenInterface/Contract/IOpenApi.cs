using System.Text.Json;
using CloudManager.Adapters.Sdk;
using Refit;

namespace CloudManager.Adapters.OpenInterface.Contract;

/// <summary>
/// The collections of the open interface: docs/open-interface/openapi.json. Answers come as they stand, as one interface
/// serves every kind of thing.
/// </summary>
internal interface ICollectionApi
{
    [Post("/open/v1/{kind}")]
    Task<JsonElement> CreateAsync(
        string kind,
        [Header(OpenWire.KeyHeader)] string key,
        [Body] JsonElement spec,
        CancellationToken cancellationToken
    );

    [Get("/open/v1/{kind}")]
    Task<JsonElement> FindAsync(string kind, string key, CancellationToken cancellationToken);

    [Get("/open/v1/{kind}/{id}")]
    Task<JsonElement> GetAsync(string kind, string id, CancellationToken cancellationToken);

    [Get("/open/v1/{kind}")]
    Task<JsonElement> ListAsync(
        string kind,
        int limit,
        string? cursor,
        string? since,
        CancellationToken cancellationToken
    );
}

/// <summary>What is done to a thing of a collection.</summary>
internal interface IActionApi
{
    [Delete("/open/v1/{kind}/{id}")]
    Task DeleteAsync(string kind, string id, CancellationToken cancellationToken);

    [Post("/open/v1/{kind}/{id}/{action}")]
    Task ActAsync(string kind, string id, string action, [Body] JsonElement body, CancellationToken cancellationToken);
}

/// <summary>The rest of the open interface.</summary>
internal interface IProviderApi
{
    /// <summary>As it stands: a later version may describe itself otherwise.</summary>
    [Get("/open/v1")]
    Task<JsonElement> DescribeAsync(CancellationToken cancellationToken);

    [Post("/open/v1/servers/{id}/console")]
    Task<ConsoleAddress> OpenConsoleAsync(string id, CancellationToken cancellationToken);

    [Post("/open/v1/usage/query")]
    Task<PageOf<UsageSeries>> QueryUsageAsync([Body] UsageQuestion question, CancellationToken cancellationToken);

    [Get("/open/v1/capacity")]
    Task<PoolCapacity> GetCapacityAsync(CancellationToken cancellationToken);
}

using System.Text.Json.Serialization;
using CloudManager.Client.Pools;
using CloudManager.Client.Requests;
using Refit;

namespace CloudManager.Client.Catalogue;

/// <summary>The service catalogue (服务目录, art. 11).</summary>
public interface ICatalogueApi
{
    /// <summary>
    /// An edition by its code, or the one in force on a day; by default the one in force today. With a pool each item says
    /// whether it can be ordered there.
    /// </summary>
    [Get("/api/v1/catalogue/items")]
    Task<Edition> ItemsAsync(
        [Query] string? edition,
        [Query(Format = "yyyy-MM-dd")] DateOnly? day,
        [Query] string? pool,
        CancellationToken cancellationToken
    );
}

/// <summary>Catalogue edition (目录版本, art. 11) with the contract prices of a day.</summary>
/// <param name="Code">Its code, which the API calls <c>edition</c>.</param>
public sealed record Edition(
    [property: JsonPropertyName("edition")] string Code,
    DateOnly EffectiveFrom,
    string? Note,
    IReadOnlyList<CatalogueItem> Items
);

/// <summary>Catalogue item (服务目录项, art. 11).</summary>
/// <param name="Kind">server, volume, publicAddress, network or manual.</param>
/// <param name="FixedSpec">The one spec it comes in; null if the tenant chooses.</param>
/// <param name="Architecture">The processor architecture it promises; null if none.</param>
public sealed record CatalogueItem(
    string Code,
    string Name,
    string NameEn,
    string Category,
    string Kind,
    IReadOnlyList<PriceComponent> Components,
    Spec? FixedSpec = null,
    string? Architecture = null,
    Offer? Offer = null
);

/// <summary>One component of an item's price.</summary>
/// <param name="Name">vcpu, memory, storage, bandwidth, instance, year or once.</param>
/// <param name="Unit">The unit as the price list prints it, e.g. 元/核/月.</param>
/// <param name="CeilingPrice">The ceiling of the finance review (最高限价), yuan with four places.</param>
/// <param name="Prices">What each provider's contract says.</param>
public sealed record PriceComponent(
    string Name,
    string Unit,
    decimal CeilingPrice,
    IReadOnlyList<ProviderPrice> Prices
);

/// <summary>A provider's contract price, yuan with four places.</summary>
public sealed record ProviderPrice(string Provider, decimal Price);

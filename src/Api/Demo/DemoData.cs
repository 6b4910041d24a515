using System.Text.Json;
using System.Text.Json.Serialization;
using CloudManager.Api.Catalogue;
using CloudManager.Api.Web;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Demo;

/// <summary>The province as it is shipped: regions for every installation, the rest for the demonstration.</summary>
internal static class DemoData
{
    private static readonly JsonSerializerOptions Json = JsonRules.Create();

    public static Task<DemoProvince> ProvinceAsync(CancellationToken cancellationToken) =>
        ReadAsync<DemoProvince>("province.json", cancellationToken);

    public static Task<DemoCatalogue> CatalogueAsync(CancellationToken cancellationToken) =>
        ReadAsync<DemoCatalogue>("catalogue.json", cancellationToken);

    public static Task<DemoContracts> ContractsAsync(CancellationToken cancellationToken) =>
        ReadAsync<DemoContracts>("contracts.json", cancellationToken);

    private static async Task<T> ReadAsync<T>(string name, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Demo", name));
        return (await JsonSerializer.DeserializeAsync<T>(file, Json, cancellationToken))!;
    }
}

internal sealed record DemoProvince(
    string Note,
    IReadOnlyList<Region> Regions,
    IReadOnlyList<Organisation> Organisations,
    IReadOnlyList<DemoAccount> Accounts,
    IReadOnlyList<DemoSystem> Systems
);

internal sealed record DemoAccount(string Name, string? Organisation, IReadOnlyList<Role> Roles);

internal sealed record DemoSystem(string Code, string Name, string Tenant, int ProtectionLevel);

internal sealed record DemoCatalogue(
    string Edition,
    [property: JsonPropertyName("effective")] DateOnly EffectiveFrom,
    string Note,
    IReadOnlyList<ItemBody> Items
)
{
    [JsonIgnore]
    public EditionBody Body => new(Edition, EffectiveFrom, Items, Note);
}

internal sealed record DemoContracts(string Note, IReadOnlyList<ContractBody> Contracts);

using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Core.Pools;

/// <summary>The id of a resource pool as adapters.json declares it, e.g. <c>mock-a</c>.</summary>
public readonly record struct PoolId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>What sort of pool it is under the regulation.</summary>
public enum PoolKind
{
    /// <summary>新增云资源池 (art. 15): takes everything.</summary>
    New,

    /// <summary>存量政务云 (art. 15): is not expanded; no growing line.</summary>
    Legacy,

    /// <summary>行业云 (art. 14): taken over, never created, takes nothing new.</summary>
    Industry,

    /// <summary>市州政务云 (art. 14, 43): decided for by its own region.</summary>
    Municipal,
}

/// <summary>
/// Resource pool (资源池, art. 14–16) as declared: one cloud of one provider, reached through one adapter. Declared in
/// adapters.json; its status is kept in the books.
/// </summary>
public sealed record Pool
{
    public required PoolId Id { get; init; }

    /// <summary>The name people see.</summary>
    public required string Name { get; init; }

    /// <summary>The code of the provider organisation (云服务商) that runs it.</summary>
    public required string Provider { get; init; }

    /// <summary>The region's code: the province or one of its 市州.</summary>
    public required string Region { get; init; }

    public required PoolKind Kind { get; init; }

    /// <summary>The adapter kind, e.g. <c>Mock</c>.</summary>
    public required string Adapter { get; init; }

    /// <summary>The plug-in build the adapter comes from, by its SHA-256; null for a built-in adapter.</summary>
    public string? Build { get; init; }

    /// <summary>The adapter's own settings; secrets still as references.</summary>
    public required JsonElement Settings { get; init; }

    public required PoolLimits Limits { get; init; }

    public required PoolMapping Mapping { get; init; }
}

/// <summary>How hard the platform may press the pool.</summary>
/// <param name="Concurrency">Calls under way at once, 1 to 256.</param>
/// <param name="RequestsPerSecond">Calls a second, 0.1 to 10,000.</param>
/// <param name="CallTimeout">How long one call may take, 1 s to 10 min.</param>
/// <param name="Retries">How often a transient failure of a reading call is tried again, 0 to 10.</param>
public sealed record PoolLimits(int Concurrency, double RequestsPerSecond, TimeSpan CallTimeout, int Retries)
{
    public static PoolLimits Default { get; } = new(8, 50, TimeSpan.FromSeconds(60), 3);
}

/// <summary>How catalogue items map onto what the pool has.</summary>
/// <param name="Flavours">The reviewed table from ordered size to flavour. No adapter creates a flavour.</param>
/// <param name="Images">From the image name people order to the cloud's image.</param>
/// <param name="VolumeTypes">From catalogue item code to the cloud's volume type.</param>
/// <param name="DefaultNetwork">The cloud's network for servers that name none; null where the cloud decides.</param>
public sealed record PoolMapping(
    IReadOnlyList<FlavourRule> Flavours,
    IReadOnlyDictionary<string, string> Images,
    IReadOnlyDictionary<string, string> VolumeTypes,
    string? DefaultNetwork
);

/// <summary>One row of the flavour table.</summary>
/// <param name="Items">The catalogue item codes it serves; empty for every server item.</param>
/// <param name="Size">The ordered size.</param>
/// <param name="Flavour">The cloud's flavour.</param>
public sealed record FlavourRule(IReadOnlyList<string> Items, ServerSize Size, string Flavour);

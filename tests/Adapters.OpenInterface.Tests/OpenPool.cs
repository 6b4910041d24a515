using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;

namespace CloudManager.Adapters.OpenInterface.Tests;

/// <summary>How the tests reach a provider.</summary>
internal static class OpenPool
{
    public const string Key = "k-7f3a9c";

    public static readonly CancellationToken None = CancellationToken.None;

    /// <summary>The adapter of the provider at this address.</summary>
    public static ICloudAdapter At(string baseUrl, string more = "") =>
        new OpenInterfaceAdapterFactory().Create(
            new AdapterContext(
                "open-t",
                Settings(baseUrl, more),
                AppContext.BaseDirectory,
                TimeProvider.System,
                TimeProvider.System
            )
        );

    public static JsonElement Settings(string baseUrl, string more = "") =>
        JsonElement.Parse($$"""{"baseUrl": "{{baseUrl}}", "key": "{{Key}}", "useProxy": false{{more}}}""");

    /// <summary>What the suite orders of a provider with these sizes.</summary>
    public static ConformanceOptions Options(string flavour, string larger) =>
        new()
        {
            Flavour = flavour,
            Size = new ServerSize(2, 4),
            Image = "kylin-v10-x86",
            VolumeType = "ssd",
            Larger = new CloudFlavour(larger, new ServerSize(4, 8)),
            MappedFlavours = [new CloudFlavour(flavour, new ServerSize(2, 4))],
            MappedImages = ["kylin-v10-x86", "openeuler-22.03"],
            MappedVolumeTypes = ["ssd", "hdd"],
            MachineTime = TimeProvider.System,
            BusinessTime = TimeProvider.System,
            PollDelay = TimeSpan.FromMilliseconds(20),
            SettleTimeout = TimeSpan.FromSeconds(10),
            CleanUpTimeout = TimeSpan.FromSeconds(20),
        };

    /// <summary>The options with a default network, which somebody made before.</summary>
    public static async Task<ConformanceOptions> WithNetworkAsync(ICloudAdapter pool, ConformanceOptions options)
    {
        var spec = new NetworkSpec("default-network", "10.30.0.0/24");
        var made = await pool.Networks!.CreateAsync(spec, new OperationKey("default-network"), None);
        return options with { Network = made.Id };
    }

    public static async Task<AdapterException> FailsAsync(FailureKind kind, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<AdapterException>(call);
        Assert.True(failure.Kind == kind, $"{failure.Kind}: {failure.Message}");
        Assert.DoesNotContain(Key, failure.ToString(), StringComparison.Ordinal);
        return failure;
    }
}

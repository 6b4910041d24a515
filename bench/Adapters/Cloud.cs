using System.Text.Json;
using CloudManager.Adapters.Aws;
using CloudManager.Adapters.Huawei;
using CloudManager.Adapters.OpenInterface;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Bench.Adapters;

/// <summary>A simulated cloud with so many servers, and the adapter on it.</summary>
/// <param name="Name">The adapter's kind.</param>
/// <param name="Simulator">The cloud.</param>
/// <param name="Adapter">The adapter.</param>
/// <param name="Counts">Where the cloud tells its calls: path and member; null where it does not count.</param>
internal sealed record Cloud(
    string Name,
    Simulator Simulator,
    ICloudAdapter Adapter,
    (string Path, string Member)? Counts
) : IAsyncDisposable
{
    public static async Task<Cloud> HuaweiAsync(int servers)
    {
        var simulator = await Simulator.StartAsync(
            "labs/huawei/bin/Release/net10.0/CloudManager.Labs.Huawei.dll",
            url => ["--urls", url, "--PremadeServers", $"{servers}", "--AgentPercent", "100"]
        );
        string[] services = ["iam", "ecs", "evs", "vpc", "ims", "ces"];
        var settings = new
        {
            region = "cn-north-4",
            accessKey = "AKEXAMPLE00000000001",
            secretKey = "SKEXAMPLE0000000000000000000000000000001",
            endpoints = services.ToDictionary(service => service, _ => simulator.Url),
        };
        return new("Huawei", simulator, Open(new HuaweiAdapterFactory(), settings), ("/_lab/calls", "total"));
    }

    public static async Task<Cloud> AwsAsync(int servers)
    {
        var simulator = await Simulator.StartAsync(
            "labs/aws/bin/Release/net10.0/CloudManager.Labs.Aws.dll",
            url => ["--urls", url, "--servers", $"{servers}"]
        );
        var settings = new
        {
            region = "cn-lab-1",
            endpoint = simulator.Url,
            monitoringEndpoint = simulator.Url,
            accessKey = "AKIALABEXAMPLE",
            secretKey = "lab-secret-key-of-nobody",
            subnet = "subnet-0000000000000home",
        };
        return new("Aws", simulator, Open(new AwsAdapterFactory(), settings), ("/_lab/counters", "all"));
    }

    /// <summary>The sample provider of the open interface over a cloud that is made up while it is listed.</summary>
    public static async Task<Cloud> OpenInterfaceAsync(int servers)
    {
        var own = typeof(Cloud).Assembly.Location;
        var simulator = await Simulator.StartAsync(own, url => [Generated.Serve, $"{servers}", url]);
        var settings = new { baseUrl = simulator.Url, key = Generated.Key };
        return new("OpenInterface", simulator, Open(new OpenInterfaceAdapterFactory(), settings), null);
    }

    /// <summary>The calls so far; null where nobody counts them.</summary>
    public async Task<int?> CallsAsync() =>
        Counts is { } counts ? await Simulator.CallsAsync(counts.Path, counts.Member) : null;

    public async ValueTask DisposeAsync()
    {
        await Adapter.DisposeAsync();
        Simulator.Dispose();
    }

    private static ICloudAdapter Open(IAdapterFactory factory, object settings) =>
        factory.Create(
            new AdapterContext(
                "bench",
                JsonSerializer.SerializeToElement(settings),
                ".",
                TimeProvider.System,
                TimeProvider.System
            )
        );
}

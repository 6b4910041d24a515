using System.Text.Json;
using AcmeCloud.Adapter;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;

namespace AcmeCloud.Adapter.Tests;

/// <summary>The pool the conformance list runs on, and what it may order there. Put your own cloud's in.</summary>
internal static class Cloud
{
    public static JsonElement Settings => JsonElement.Parse("""{ "endpoint": "http://127.0.0.1:8080" }""");

    public static ConformanceOptions Options =>
        new()
        {
            Flavour = "small",
            Size = new ServerSize(2, 4),
            Larger = new CloudFlavour("large", new ServerSize(4, 8)),
            Image = "linux",
            VolumeType = "ssd",
            MappedFlavours =
            [
                new CloudFlavour("small", new ServerSize(2, 4)),
                new CloudFlavour("large", new ServerSize(4, 8)),
            ],
            MappedImages = ["linux"],
            MachineTime = TimeProvider.System,
            BusinessTime = TimeProvider.System,
            SettleTimeout = TimeSpan.FromMinutes(2),
        };

    public static ICloudAdapter Open() =>
        new AcmeCloudAdapterFactory().Create(
            new AdapterContext("test", Settings, AppContext.BaseDirectory, TimeProvider.System, TimeProvider.System)
        );
}

using System.Text.Json;
using CloudManager.Adapters.OpenStack;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>
/// The OpenStack of labs/openstack, where CLOUDMANAGER_LAB names its Keystone, e.g. http://127.0.0.1:15000/v3; tests
/// that need it are skipped otherwise.
/// </summary>
internal static class OnLab
{
    public const string Flavour = "1C1G";
    public const string VolumeType = "ssd";
    public static readonly ServerSize Size = new(1, 1);

    private static readonly string? Keystone = Environment.GetEnvironmentVariable("CLOUDMANAGER_LAB");

    public static ICloudAdapter Open(string user = "demo", string project = "demo")
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Keystone), "CLOUDMANAGER_LAB names no lab.");
        var settings = JsonSerializer.SerializeToElement(
            new
            {
                authUrl = Keystone,
                region = "RegionOne",
                auth = new
                {
                    username = user,
                    password = Environment.GetEnvironmentVariable("CLOUDMANAGER_LAB_PASSWORD") ?? "labsecret",
                    project,
                },
                network = "demo-net",
                externalNetwork = "public",
            }
        );
        return new OpenStackAdapterFactory().Create(
            new AdapterContext("os-lab", settings, ".", TimeProvider.System, TimeProvider.System)
        );
    }

    public static async Task<CloudImage> ImageAsync(ICloudAdapter cloud) =>
        await cloud.Offerings!.ListImagesAsync(default).FirstAsync(image => image.Name == "lab-linux");

    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isSettled)
    {
        for (var tries = 0; tries < 120; tries++)
        {
            var seen = await look();
            if (isSettled(seen))
            {
                return seen;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"Not settled: {await look()}");
    }
}

using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;
using CloudManager.Adapters.Tests.Mock;

namespace CloudManager.Adapters.Tests.Conformance;

/// <summary>What the tests of the suite share.</summary>
internal static class OnMock
{
    public static ConformanceOptions Options(MockPool pool) =>
        new()
        {
            Flavour = "m2-4",
            Size = new ServerSize(2, 4),
            Image = "kylin-v10-x86",
            VolumeType = "ssd",
            Larger = new CloudFlavour("m4-8", new ServerSize(4, 8)),
            MappedFlavours =
            [
                new CloudFlavour("m2-4", new ServerSize(2, 4)),
                new CloudFlavour("m4-8", new ServerSize(4, 8)),
                new CloudFlavour("m16-16", new ServerSize(16, 16)),
            ],
            MappedImages = ["kylin-v10-x86", "uos-20"],
            MappedVolumeTypes = ["ssd", "hdd"],
            MachineTime = TimeProvider.System,
            BusinessTime = pool.Business,
            MostListed = 10_000,
            PollDelay = TimeSpan.FromMilliseconds(1),
            SettleTimeout = TimeSpan.FromSeconds(30),
        };

    /// <summary>The options with the pool's default network, which somebody made before.</summary>
    public static async Task<ConformanceOptions> WithNetworkAsync(MockPool pool) =>
        Options(pool) with
        {
            Network = (await pool.CreateNetworkAsync("default-network", "10.30.0.0/24")).Id,
        };

    /// <summary>The keys, or names, of everything in the pool, read past injected faults.</summary>
    public static async Task<List<string>> LeftAsync(MockPool pool)
    {
        for (; ; )
        {
            try
            {
                var inventory = pool.Adapter.Inventory!;
                var none = CancellationToken.None;
                var servers = await inventory.ListServersAsync(none).Select(it => $"{it.Key}").ToListAsync(none);
                var volumes = await inventory.ListVolumesAsync(none).Select(it => it.Name).ToListAsync(none);
                var networks = await inventory.ListNetworksAsync(none).Select(it => $"{it.Key}").ToListAsync(none);
                var addresses = await inventory.ListAddressesAsync(none).Select(it => it.Address).ToListAsync(none);
                return [.. servers, .. volumes, .. networks, .. addresses];
            }
            catch (AdapterException failure) when (failure.IsTransient)
            {
                // Injected: the next look follows from the next draw.
            }
        }
    }
}

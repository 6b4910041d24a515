using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Api.OpenInterface;

/// <summary>The kinds of thing and what the pool's cloud does for each.</summary>
internal static class OpenKinds
{
    public static ClientThings<CloudServer, ServerSpec> Servers(this ClientPool pool)
    {
        var it = pool.Need(pool.Cloud.Servers, OpenPaths.Servers);
        return new(
            pool,
            OpenPaths.Servers,
            new()
            {
                Create = async (spec, key, token) =>
                    await it.CreateAsync(await pool.OnNetworkAsync(spec, token), key, token),
                Find = it.FindAsync,
                Get = it.GetAsync,
                Delete = it.DeleteAsync,
                Id = made => made.Id,
                Under = (made, key) => made with { Key = key },
            }
        );
    }

    public static ClientThings<CloudVolume, VolumeSpec> Volumes(this ClientPool pool)
    {
        var it = pool.Need(pool.Cloud.Volumes, OpenPaths.Volumes);
        return new(
            pool,
            OpenPaths.Volumes,
            new()
            {
                Create = it.CreateAsync,
                Find = it.FindAsync,
                Get = it.GetAsync,
                Delete = it.DeleteAsync,
                Id = made => made.Id,
                Under = (made, key) => made with { Key = key },
            }
        );
    }

    public static ClientThings<CloudSnapshot, SnapshotSpec> Snapshots(this ClientPool pool)
    {
        var it = pool.Need(pool.Cloud.Snapshots, OpenPaths.Snapshots);
        return new(
            pool,
            OpenPaths.Snapshots,
            new()
            {
                Create = async (spec, key, token) =>
                {
                    await pool.OwnAsync(OpenPaths.Volumes, spec.Volume.Value, token);
                    return await it.CreateAsync(spec, key, token);
                },
                Find = it.FindAsync,
                Get = it.GetAsync,
                Delete = it.DeleteAsync,
                Id = made => made.Id,
                Under = (made, key) => made with { Key = key },
            }
        );
    }

    public static ClientThings<CloudNetwork, NetworkSpec> Networks(this ClientPool pool)
    {
        var it = pool.Need(pool.Cloud.Networks, OpenPaths.Networks);
        return new(
            pool,
            OpenPaths.Networks,
            new()
            {
                Create = it.CreateAsync,
                Find = it.FindAsync,
                Get = it.GetAsync,
                Delete = it.DeleteAsync,
                Id = made => made.Id,
                Under = (made, key) => made with { Key = key },
            }
        );
    }

    public static ClientThings<CloudAddress, AddressSpec> Addresses(this ClientPool pool)
    {
        var it = pool.Need(pool.Cloud.Addresses, OpenPaths.Addresses);
        return new(
            pool,
            OpenPaths.Addresses,
            new()
            {
                Create = it.CreateAsync,
                Find = it.FindAsync,
                Get = it.GetAsync,
                Delete = it.DeleteAsync,
                Id = made => made.Id,
                Under = (made, key) => made with { Key = key },
            }
        );
    }

    /// <summary>The client's own network, or, where it names none, the pool's default one.</summary>
    private static async Task<ServerSpec> OnNetworkAsync(this ClientPool pool, ServerSpec spec, CancellationToken token)
    {
        if (spec.Network is not { } network)
        {
            var shared = pool.Pool.Mapping.DefaultNetwork;
            return shared is null ? spec : spec with { Network = new NativeId(shared) };
        }

        try
        {
            await pool.OwnAsync(OpenPaths.Networks, network.Value, token);
            return spec;
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            throw OpenDoor.Invalid(failure.Message);
        }
    }
}

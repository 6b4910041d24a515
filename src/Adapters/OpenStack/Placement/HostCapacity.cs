using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Placement;

/// <summary>The hosts' cores and memory, overcommit included, as the scheduler itself counts them.</summary>
internal sealed class HostCapacity(CloudDoor door)
{
    /// <summary>Two calls a host, so many hosts at once.</summary>
    private const int AtOnce = 8;

    /// <summary>Why the hosts are not to be seen; null if they are.</summary>
    public async Task<string?> RefusalAsync(CancellationToken token)
    {
        if (!await door.HasAsync(CloudServices.Placement, token))
        {
            return "the catalogue has no placement service";
        }

        try
        {
            await ListAsync(token);
            return null;
        }
        catch (AdapterException failure) when (failure.Kind is FailureKind.Forbidden or FailureKind.Unsupported)
        {
            return $"Placement shows the hosts to administrators only ({failure.Kind})";
        }
    }

    public async Task<(Room Vcpus, Room MemoryMiB)> GetAsync(CancellationToken token)
    {
        var (vcpus, memory) = (new Room(0, 0), new Room(0, 0));
        var hosts = (await ListAsync(token)).ResourceProviders;
        foreach (var some in hosts.Chunk(AtOnce))
        {
            foreach (var (cores, mebibytes) in await Task.WhenAll(some.Select(host => OfAsync(host.Uuid, token))))
            {
                (vcpus, memory) = (vcpus.And(cores), memory.And(mebibytes));
            }
        }

        return (vcpus, memory);
    }

    private Task<ProvidersAnswer> ListAsync(CancellationToken token) =>
        door.CallAsync<IPlacementApi, ProvidersAnswer>(CloudServices.Placement, api => api.ListAsync(token), token);

    private async Task<(Room, Room)> OfAsync(string host, CancellationToken token)
    {
        var has = await door.CallAsync<IPlacementApi, InventoriesAnswer>(
            CloudServices.Placement,
            api => api.GetInventoriesAsync(host, token),
            token
        );
        var uses = await door.CallAsync<IPlacementApi, UsagesAnswer>(
            CloudServices.Placement,
            api => api.GetUsagesAsync(host, token),
            token
        );
        return (Of("VCPU"), Of("MEMORY_MB"));

        Room Of(string name) =>
            new(has.Inventories.GetValueOrDefault(name)?.Room ?? 0, uses.Usages.GetValueOrDefault(name));
    }
}

/// <summary>What there is of something, and what is taken of it.</summary>
internal readonly record struct Room(long Total, long Used)
{
    public Room And(Room other) => new(Total + other.Total, Used + other.Used);
}

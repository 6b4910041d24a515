using CloudManager.Adapters.Sdk;

namespace MemoryCloud.Adapter;

/// <summary>The cloud itself: what it offers and what exists in it. It keeps the operation keys with what they made.</summary>
internal sealed class Rack(int vcpus)
{
    public const int LargestVolumeGiB = 2048;

    private readonly Lock _gate = new();
    private readonly Dictionary<NativeId, CloudServer> _servers = [];
    private readonly Dictionary<NativeId, CloudVolume> _volumes = [];
    private readonly Dictionary<NativeId, CloudAddress> _addresses = [];
    private int _last;

    public static IReadOnlyDictionary<string, ServerSize> Flavours { get; } =
        new Dictionary<string, ServerSize>
        {
            ["small"] = new(2, 4),
            ["large"] = new(4, 8),
            ["huge"] = new(8, 16),
        };

    public static IReadOnlyList<string> Images { get; } = ["linux", "windows"];

    public static IReadOnlyList<string> VolumeTypes { get; } = ["ssd", "hdd"];

    public int Vcpus => vcpus;

    /// <summary>A look or a change, alone with the cloud; nothing of it happens once the caller has cancelled.</summary>
    public Task<T> Do<T>(Func<Rack, T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            lock (_gate)
            {
                return Task.FromResult(work(this));
            }
        }
        catch (AdapterException refused)
        {
            return Task.FromException<T>(refused);
        }
    }

    public NativeId NextId(string prefix) => new($"{prefix}-{++_last}");

    public CloudServer[] Servers() => [.. _servers.Values];

    public CloudVolume[] Volumes() => [.. _volumes.Values];

    public CloudAddress[] Addresses() => [.. _addresses.Values];

    public CloudServer Server(NativeId id) =>
        _servers.GetValueOrDefault(id) ?? throw MemoryCloudErrors.NotFound($"server '{id}'");

    public CloudVolume Volume(NativeId id) =>
        _volumes.GetValueOrDefault(id) ?? throw MemoryCloudErrors.NotFound($"volume '{id}'");

    public CloudAddress Address(NativeId id) =>
        _addresses.GetValueOrDefault(id) ?? throw MemoryCloudErrors.NotFound($"address '{id}'");

    public CloudServer Put(CloudServer server) => _servers[server.Id] = server;

    public CloudVolume Put(CloudVolume volume) => _volumes[volume.Id] = volume;

    public CloudAddress Put(CloudAddress address) => _addresses[address.Id] = address;

    public bool RemoveServer(NativeId id) => _servers.Remove(id);

    public bool RemoveVolume(NativeId id) => _volumes.Remove(id);

    public bool RemoveAddress(NativeId id) => _addresses.Remove(id);

    /// <summary>The flavour's size, if there is room for it beside what runs.</summary>
    public ServerSize SizeOf(string flavour, int given)
    {
        if (!Flavours.TryGetValue(flavour, out var size))
        {
            throw MemoryCloudErrors.Invalid($"There is no flavour '{flavour}'.");
        }

        return TakenVcpus - given + size.Vcpus <= vcpus ? size : throw MemoryCloudErrors.NoCapacity();
    }

    public int TakenVcpus => _servers.Values.Sum(server => server.Size.Vcpus);
}

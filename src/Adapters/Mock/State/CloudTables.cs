using System.Net;

namespace CloudManager.Adapters.Mock.State;

/// <summary>
/// Everything the simulated cloud holds. It changes only by applying a <see cref="Change"/>, so that replaying a
/// journal gives the same cloud. Not safe for several threads: <see cref="SimulatedCloud"/> lets in one at a time.
/// </summary>
internal sealed class CloudTables
{
    private static readonly IPNetwork PoolNetwork = IPNetwork.Parse("10.0.0.0/8");
    private static readonly IPNetwork PublicNetwork = IPNetwork.Parse("198.18.0.0/15");

    private readonly Dictionary<string, AddressRange> _ranges = [];
    private readonly AddressRange _poolRange = new(PoolNetwork);
    private readonly Tombstones _removed = new();

    public Table<ServerRow> Servers { get; } = new();

    public Table<VolumeRow> Volumes { get; } = new();

    public Table<SnapshotRow> Snapshots { get; } = new();

    public Table<NetworkRow> Networks { get; } = new();

    public Table<AddressRow> Addresses { get; } = new();

    /// <summary>The volumes of each server.</summary>
    public Links Attached { get; } = new();

    /// <summary>The snapshots of each volume.</summary>
    public Links Snapped { get; } = new();

    /// <summary>The public addresses of each server.</summary>
    public Links Bound { get; } = new();

    /// <summary>The servers of each network.</summary>
    public Links Joined { get; } = new();

    public AddressRange PublicRange { get; } = new(PublicNetwork);

    public Made Made { get; private set; } = new(0, 0, 0, 0);

    /// <summary>How often the journal behind it was opened.</summary>
    public long Openings { get; private set; }

    /// <summary>The pool that opened the journal last; null where an older version did.</summary>
    public string? Pool { get; private set; }

    /// <summary>How many lines were written before the journal was last compacted.</summary>
    public long LinesBefore { get; private set; }

    public Taken Taken { get; private set; } = new(0, 0, 0);

    /// <summary>Deleted servers whose measurements can still be read, the one deleted first at the front.</summary>
    public IReadOnlyCollection<ServerRow> Removed => _removed.Rows;

    /// <summary>The server, also one deleted a while ago.</summary>
    public ServerRow? Measured(string id) => Servers.TryGet(id, out var row) ? row : _removed.Find(id);

    /// <summary>The private addresses of a network; the pool's own where none is named.</summary>
    public AddressRange Range(string? network) => network is null ? _poolRange : _ranges[network];

    public void Apply(Change change)
    {
        switch (change)
        {
            case Opened opened:
                (Openings, LinesBefore, Made, Pool) = (opened.Times, opened.Lines, opened.Made, opened.Pool);
                break;
            case PutServer put:
                Put(put.Row);
                break;
            case RemoveServer remove:
                Remove(remove);
                break;
            case PutVolume put:
                Put(put.Row);
                break;
            case RemoveVolume remove when Volumes.Remove(remove.Id) is { } gone:
                Taken = Taken.Add(0, 0, -gone.SizeGiB);
                Attached.Move(gone.Id, gone.AttachedTo, null);
                break;
            case PutSnapshot put:
                Put(put.Row);
                break;
            case RemoveSnapshot remove when Snapshots.Remove(remove.Id) is { } gone:
                Snapped.Move(gone.Id, gone.Volume, null);
                break;
            case PutNetwork put:
                Put(put.Row);
                break;
            case RemoveNetwork remove when Networks.Remove(remove.Id) is not null:
                _ranges.Remove(remove.Id);
                break;
            case PutAddress put:
                Put(put.Row);
                break;
            case RemoveAddress remove when Addresses.Remove(remove.Id) is { } gone:
                PublicRange.Release(gone.Address);
                Bound.Move(gone.Id, gone.BoundTo, null);
                break;
        }
    }

    private void Put(ServerRow row)
    {
        if (row.RemovedAt is not null)
        {
            _removed.Add(row);
            return;
        }

        var old = Servers.Put(row);
        if (old is null)
        {
            Made = Made with { Servers = Math.Max(Made.Servers, row.Number + 1) };
            Joined.Move(row.Id, null, row.Network);
            Range(row.Network).Mark(row.Address);
            Taken = Taken.Plus(row.Held());
            return;
        }

        Taken = Taken.Minus(old.Held()).Plus(row.Held());
    }

    private void Remove(RemoveServer remove)
    {
        if (Servers.Remove(remove.Id) is not { } gone)
        {
            return;
        }

        foreach (var volume in Attached.Of(gone.Id))
        {
            Put(Volumes.TryGet(volume, out var row) ? row with { AttachedTo = null } : throw Broken(volume));
        }

        foreach (var address in Bound.Of(gone.Id))
        {
            Put(Addresses.TryGet(address, out var row) ? row with { BoundTo = null } : throw Broken(address));
        }

        Joined.Move(gone.Id, gone.Network, null);
        Range(gone.Network).Release(gone.Address);
        Taken = Taken.Minus(gone.Held());
        _removed.Add(gone with { RemovedAt = remove.At, Key = null, Before = null });
    }

    private void Put(VolumeRow row)
    {
        var old = Volumes.Put(row);
        Made = old is null ? Made with { Volumes = Made.Volumes + 1 } : Made;
        Taken = Taken.Add(0, 0, row.SizeGiB - (old?.SizeGiB ?? 0));
        Attached.Move(row.Id, old?.AttachedTo, row.AttachedTo);
    }

    private void Put(SnapshotRow row)
    {
        Made = Snapshots.Put(row) is null ? Made with { Snapshots = Made.Snapshots + 1 } : Made;
        Snapped.Move(row.Id, null, row.Volume);
    }

    private void Put(NetworkRow row)
    {
        if (Networks.Put(row) is null)
        {
            Made = Made with { Networks = Made.Networks + 1 };
            _ranges[row.Id] = new AddressRange(IPNetwork.Parse(row.Cidr));
        }
    }

    private void Put(AddressRow row)
    {
        var old = Addresses.Put(row);
        Made = old is null ? Made with { Addresses = Made.Addresses + 1 } : Made;
        PublicRange.Mark(row.Address);
        Bound.Move(row.Id, old?.BoundTo, row.BoundTo);
    }

    private static InvalidOperationException Broken(string id) => new($"A link leads to '{id}', which does not exist.");
}

/// <summary>How much of the pool is given out.</summary>
/// <param name="Vcpus">Cores.</param>
/// <param name="MemoryGiB">Memory in GiB.</param>
/// <param name="StorageGiB">System disks and volumes together, in GiB.</param>
internal readonly record struct Taken(long Vcpus, long MemoryGiB, long StorageGiB)
{
    public Taken Plus(Taken more) => Add(more.Vcpus, more.MemoryGiB, more.StorageGiB);

    public Taken Minus(Taken less) => Add(-less.Vcpus, -less.MemoryGiB, -less.StorageGiB);

    public Taken Add(long vcpus, long memoryGiB, long storageGiB) =>
        new(Vcpus + vcpus, MemoryGiB + memoryGiB, StorageGiB + storageGiB);
}

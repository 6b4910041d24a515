namespace CloudManager.Adapters.Mock.State;

/// <summary>Something the simulated cloud made.</summary>
internal interface IRow
{
    /// <summary>The cloud's identifier.</summary>
    string Id { get; }

    /// <summary>The operation key it was created under.</summary>
    string? Key { get; }
}

/// <summary>A stretch of a server's life with one size and one power state.</summary>
/// <param name="At">Its first instant, business time in Unix milliseconds.</param>
/// <param name="Vcpus">Cores.</param>
/// <param name="MemoryGiB">Memory in GiB.</param>
/// <param name="Running">Whether it was switched on: a server that is off is not measured.</param>
internal readonly record struct Phase(long At, int Vcpus, int MemoryGiB, bool Running);

/// <summary>What a server was before a resize that is not confirmed yet.</summary>
/// <param name="Flavour">The flavour.</param>
/// <param name="Vcpus">Cores, still held.</param>
/// <param name="MemoryGiB">Memory in GiB, still held.</param>
internal sealed record OldSize(string Flavour, int Vcpus, int MemoryGiB);

internal sealed record ServerRow : IRow
{
    public required string Id { get; init; }

    public string? Key { get; init; }

    public required string Name { get; init; }

    /// <summary>The how-manieth server of the pool it is, from 0.</summary>
    public required int Number { get; init; }

    public required string Flavour { get; init; }

    public required string Image { get; init; }

    public required int SystemDiskGiB { get; init; }

    public string? Network { get; init; }

    /// <summary>The private address.</summary>
    public required string Address { get; init; }

    /// <summary>From when it is ready, machine time in Unix milliseconds.</summary>
    public required long ReadyAt { get; init; }

    /// <summary>Its life, oldest first; never empty.</summary>
    public required IReadOnlyList<Phase> Phases { get; init; }

    /// <summary>When it was deleted, business time in Unix milliseconds: its measurements stay readable a while.</summary>
    public long? RemovedAt { get; init; }

    /// <summary>What it was before a resize that is not confirmed yet; null where none is.</summary>
    public OldSize? Before { get; init; }

    /// <summary>When it was last changed, business time in Unix milliseconds; null where an older version wrote it.</summary>
    public long? ChangedAt { get; init; }

    public Phase Now => Phases[^1];

    /// <summary>The server in the next stretch of its life.</summary>
    public ServerRow Enter(Phase next) => this with { Phases = [.. Phases, next], ChangedAt = next.At };

    /// <summary>What it takes of the pool: while a resize waits, the old size too.</summary>
    public Taken Held() =>
        new(Now.Vcpus + (Before?.Vcpus ?? 0), Now.MemoryGiB + (Before?.MemoryGiB ?? 0), SystemDiskGiB);
}

internal sealed record VolumeRow : IRow
{
    public required string Id { get; init; }

    public string? Key { get; init; }

    public required string Name { get; init; }

    public required int SizeGiB { get; init; }

    public required string Type { get; init; }

    public string? AttachedTo { get; init; }
}

internal sealed record SnapshotRow : IRow
{
    public required string Id { get; init; }

    public string? Key { get; init; }

    public required string Name { get; init; }

    /// <summary>The volume it was taken of.</summary>
    public required string Volume { get; init; }

    public required int SizeGiB { get; init; }
}

internal sealed record NetworkRow : IRow
{
    public required string Id { get; init; }

    public string? Key { get; init; }

    public required string Name { get; init; }

    public required string Cidr { get; init; }
}

internal sealed record AddressRow : IRow
{
    public required string Id { get; init; }

    public string? Key { get; init; }

    public required string Name { get; init; }

    public required string Address { get; init; }

    public required int BandwidthMbps { get; init; }

    public string? BoundTo { get; init; }
}

namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>What the conformance suite orders from the pool, and how patient it is.</summary>
public sealed record ConformanceOptions
{
    /// <summary>The flavour (规格) of the servers it makes; the pool's smallest will do.</summary>
    public required string Flavour { get; init; }

    /// <summary>The size that flavour has.</summary>
    public required ServerSize Size { get; init; }

    /// <summary>The image of the servers it makes.</summary>
    public required string Image { get; init; }

    /// <summary>The type of the volumes it makes; null where the pool has none to order.</summary>
    public required string? VolumeType { get; init; }

    /// <summary>A flavour at least as large in both, to which a server is resized; null leaves resizing out.</summary>
    public CloudFlavour? Larger { get; init; }

    /// <summary>The pool's reviewed flavour table (规格映射): each must exist in that very size.</summary>
    public IReadOnlyList<CloudFlavour> MappedFlavours { get; init; } = [];

    /// <summary>The images the pool's mapping leads to, by identifier or name.</summary>
    public IReadOnlyList<string> MappedImages { get; init; } = [];

    /// <summary>The volume types the pool's mapping leads to.</summary>
    public IReadOnlyList<string> MappedVolumeTypes { get; init; } = [];

    /// <summary>
    /// What the names and keys of everything the run makes begin with: 1 to 40 letters, digits and hyphens that nobody
    /// else uses. Whoever keeps it can remove what a killed run left; null draws one.
    /// </summary>
    public string? Prefix { get; init; }

    /// <summary>Machine time: what polling and time limits follow.</summary>
    public required TimeProvider MachineTime { get; init; }

    /// <summary>Business time: what measured use is stamped with; the same as machine time on a real cloud.</summary>
    public required TimeProvider BusinessTime { get; init; }

    /// <summary>The network its servers join; null for the pool's default.</summary>
    public NativeId? Network { get; init; }

    /// <summary>The range of the network it makes, where the pool offers networks.</summary>
    public string NetworkCidr { get; init; } = "10.250.0.0/24";

    /// <summary>The system disk of its servers in GiB.</summary>
    public int SystemDiskGiB { get; init; } = 40;

    /// <summary>The size of its volumes in GiB; one is extended by 10.</summary>
    public int VolumeSizeGiB { get; init; } = 10;

    /// <summary>How many items a listing may have; one that goes on is taken to go on for ever, and broken off.</summary>
    public int MostListed { get; init; } = 1_000_000;

    /// <summary>How long to wait at most between two looks at something that is not settled; the first follow faster.</summary>
    public TimeSpan PollDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long anything may take to settle.</summary>
    public TimeSpan SettleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the removal of everything at the end may take.</summary>
    public TimeSpan CleanUpTimeout { get; init; } = TimeSpan.FromMinutes(15);
}

using CloudManager.Adapters.Huawei.Signing;

namespace CloudManager.Adapters.Huawei;

/// <summary>The settings of a Huawei pool; <see cref="HuaweiSettingsReader"/> says what is right.</summary>
internal sealed record HuaweiSettings
{
    /// <summary>The region's id, e.g. <c>cn-north-4</c>.</summary>
    public required string Region { get; init; }

    /// <summary>Who calls.</summary>
    public required AccessKeys Keys { get; init; }

    /// <summary>The project's id; null: looked up by name.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The project's name; null: the region's own project.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The account's id, sent with IAM calls; null: none.</summary>
    public string? DomainId { get; init; }

    /// <summary>Base addresses by service; those left out are the public cloud's.</summary>
    public IReadOnlyDictionary<string, Uri> Endpoints { get; init; } = new Dictionary<string, Uri>();

    /// <summary>The form of signature.</summary>
    public string Signer { get; init; } = SdkHmacSigner.Algorithm;

    /// <summary>A PEM file of the authorities to trust besides the system's; null: the system's alone.</summary>
    public string? CaFile { get; init; }

    /// <summary>The version of the call that creates servers: v1, or v1.1 as private editions want it.</summary>
    public string ServerCreate { get; init; } = "v1";

    /// <summary>Whether volumes are made the way of OpenStack's Cinder, as private editions want it.</summary>
    public bool CinderStyle { get; init; }

    /// <summary>The VPC, by name or id, of servers that name none; null: each order names one.</summary>
    public string? Vpc { get; init; }

    /// <summary>The subnet, by name or id, where a VPC has several; null: those must have one.</summary>
    public string? Subnet { get; init; }

    /// <summary>The security group of servers; null: the project's default one.</summary>
    public SecurityGroupSettings? SecurityGroup { get; init; }

    /// <summary>Where servers and volumes are placed; null: the first zone that is available.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>The enterprise project that what is made belongs to; <c>0</c> is the default one.</summary>
    public string EnterpriseProject { get; init; } = "0";

    /// <summary>How public addresses are made.</summary>
    public AddressSettings Address { get; init; } = new();

    /// <summary>The type of system disks.</summary>
    public string SystemDiskType { get; init; } = "GPSSD";

    /// <summary>Whether measured use is read from Cloud Eye.</summary>
    public bool HasMetrics { get; init; } = true;

    /// <summary>What nobody may see in a message.</summary>
    public IEnumerable<string> Secrets => Keys.SecurityToken is { } token ? [Keys.SecretKey, token] : [Keys.SecretKey];
}

/// <summary>How public addresses are made.</summary>
internal sealed record AddressSettings
{
    /// <summary>The kind of line, e.g. <c>5_bgp</c>.</summary>
    public string Type { get; init; } = "5_bgp";

    /// <summary>PER: each its own bandwidth; WHOLE: a shared one.</summary>
    public string ShareType { get; init; } = "PER";

    /// <summary>What is charged: bandwidth or traffic.</summary>
    public string ChargeMode { get; init; } = "bandwidth";

    /// <summary>The shared bandwidth's id; null where each has its own.</summary>
    public string? BandwidthId { get; init; }
}

/// <summary>The security group of the servers.</summary>
/// <param name="Name">Its name, or the id of an existing one.</param>
/// <param name="Rules">The rules it shall have; null: it exists and is left as it is.</param>
internal sealed record SecurityGroupSettings(string Name, IReadOnlyList<SecurityRuleSettings>? Rules);

/// <summary>A rule of the security group.</summary>
/// <param name="Direction">ingress or egress.</param>
/// <param name="Protocol">tcp, udp or icmp; null: any.</param>
/// <param name="FromPort">The first port; null: all.</param>
/// <param name="ToPort">The last port; null: all.</param>
/// <param name="From">The remote range, e.g. <c>0.0.0.0/0</c>.</param>
internal sealed record SecurityRuleSettings(
    string Direction,
    string? Protocol,
    int? FromPort,
    int? ToPort,
    string From
);

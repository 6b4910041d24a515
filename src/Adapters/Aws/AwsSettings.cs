namespace CloudManager.Adapters.Aws;

/// <summary>The settings of a pool of kind <c>Aws</c>.</summary>
internal sealed record AwsSettings
{
    /// <summary>The region, e.g. <c>cn-north-1</c>; calls are signed for it.</summary>
    public required string Region { get; init; }

    /// <summary>The address of an EC2-compatible service; null: the region's own.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The address of a CloudWatch-compatible service; null: the region's own, if EC2 is too.</summary>
    public Uri? MonitoringEndpoint { get; init; }

    public required string AccessKey { get; init; }

    public required string SecretKey { get; init; }

    /// <summary>The token of temporary keys; null for lasting ones.</summary>
    public string? SessionToken { get; init; }

    /// <summary>The VPC, by id or Name tag, in which the default subnet lies; null: any.</summary>
    public string? Vpc { get; init; }

    /// <summary>The subnet, by id or Name tag, of servers that name no network. Its zone is where volumes are made.</summary>
    public required string Subnet { get; init; }

    public SecurityGroupSettings? SecurityGroup { get; init; }

    /// <summary>The zone that the subnet must lie in; null: whichever it lies in.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>The type of system disks; null: the image's.</summary>
    public string? SystemDiskType { get; init; }

    /// <summary>The volume types on offer; EC2 has no call that lists them.</summary>
    public IReadOnlyList<string> VolumeTypes { get; init; } = [];

    /// <summary>Whose images are on offer.</summary>
    public IReadOnlyList<string> ImageOwners { get; init; } = [];

    /// <summary>Images, by id, that are on offer besides those.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Whether a new network gets an internet gateway, without which it has no way out.</summary>
    public bool InternetGateway { get; init; }

    /// <summary>Whether measured use is read from CloudWatch.</summary>
    public bool ReadsMetrics { get; init; } = true;

    /// <summary>A PEM file of private authorities; null: the system's alone.</summary>
    public string? CaFile { get; init; }

    /// <summary>Where calls go, for messages.</summary>
    public string Host => Endpoint?.GetLeftPart(UriPartial.Authority) ?? $"region {Region}";

    /// <summary>Where measures are read; null where there is none to read from.</summary>
    public Uri? Monitoring =>
        !ReadsMetrics ? null
        : MonitoringEndpoint is { } own ? own
        : Endpoint is not null ? null
        : new Uri($"https://monitoring.{Region}.amazonaws.com{(IsChina ? ".cn" : "")}/");

    private bool IsChina => Region.StartsWith("cn-", StringComparison.Ordinal);
}

/// <summary>The security group of the servers.</summary>
/// <param name="Name">Its name; the same in every VPC.</param>
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

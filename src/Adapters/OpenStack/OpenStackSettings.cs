namespace CloudManager.Adapters.OpenStack;

/// <summary>The settings of an OpenStack pool; <see cref="OpenStackSettingsReader"/> says what is right.</summary>
internal sealed record OpenStackSettings
{
    /// <summary>Keystone's v3 address, e.g. <c>https://cloud.example:5000/v3</c>.</summary>
    public required Uri AuthUrl { get; init; }

    /// <summary>The region of the catalogue.</summary>
    public required string Region { get; init; }

    /// <summary>Which addresses of the catalogue are called: public, internal or admin.</summary>
    public string Interface { get; init; } = "public";

    /// <summary>Who calls.</summary>
    public required Credential Credential { get; init; }

    /// <summary>A PEM file of the authorities to trust besides the system's; null: the system's alone.</summary>
    public string? CaFile { get; init; }

    /// <summary>The network, by name or id, of servers that name none; null: Nova must be told each time.</summary>
    public string? Network { get; init; }

    /// <summary>The network, by name or id, that public addresses come from; null: neither addresses nor routers.</summary>
    public string? ExternalNetwork { get; init; }

    /// <summary>The security group of servers; null: the project's default one.</summary>
    public SecurityGroupSettings? SecurityGroup { get; init; }

    /// <summary>The zone servers are placed in and resized within; null: any. Volumes follow Cinder's own zones.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>How measured use is read.</summary>
    public MeteringSettings Metering { get; init; } = new();
}

/// <summary>Who calls: a user of a project, or an application credential.</summary>
internal abstract record Credential
{
    /// <summary>What nobody may see in a message.</summary>
    public abstract string Secret { get; }

    /// <summary>Who it is, for messages.</summary>
    public abstract string Who { get; }
}

/// <summary>A user with password, scoped to a project.</summary>
internal sealed record PasswordCredential(
    string Username,
    string UserDomain,
    string Password,
    string Project,
    string ProjectDomain
) : Credential
{
    public override string Secret => Password;

    public override string Who => $"user '{Username}' of domain '{UserDomain}'";
}

/// <summary>An application credential, which carries its project.</summary>
internal sealed record ApplicationCredential(string Id, string ApplicationSecret) : Credential
{
    public override string Secret => ApplicationSecret;

    public override string Who => $"application credential '{Id}'";
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

/// <summary>How measured use is read from Gnocchi.</summary>
internal sealed record MeteringSettings
{
    /// <summary>The granularity, in seconds, of the archive policy that holds five-minute points or finer.</summary>
    public int GranularitySeconds { get; init; } = 300;

    /// <summary>Whether only this project's measures are searched; the whole cloud's need an administrator.</summary>
    public bool ProjectScope { get; init; } = true;
}

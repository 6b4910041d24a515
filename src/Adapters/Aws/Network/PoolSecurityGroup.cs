using System.Collections.Concurrent;
using Amazon.EC2;
using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Network;

/// <summary>
/// The security group of the pool's servers: in each VPC one of the settings' name, made once with its rules where the
/// settings give them. EC2 keeps the name unique within a VPC.
/// </summary>
internal sealed class PoolSecurityGroup(Ec2Door door, SecurityGroupSettings? settings) : IDisposable
{
    /// <summary>The tag of groups that were made here, and go with their network.</summary>
    private const string OwnTag = "cloudmanager";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<string, string> _known = new();

    /// <summary>The group's id in this VPC; null where servers get the VPC's default one.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.InvalidRequest"/>: there is none of that name and no rules
    /// to make it with; <see cref="FailureKind.NotFound"/>: it was made just now and is not seen everywhere yet.</exception>
    public async Task<string?> EnsureAsync(string vpc, CancellationToken token)
    {
        if (settings is null || _known.ContainsKey(vpc))
        {
            return settings is null ? null : _known[vpc];
        }

        await _gate.WaitAsync(token);
        try
        {
            return _known.TryGetValue(vpc, out var known)
                ? known
                : _known[vpc] = await FindOrCreateAsync(settings, vpc, token);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Looks it up anew.</summary>
    public void Forget(string vpc) => _known.TryRemove(vpc, out _);

    /// <summary>Removes the groups that were made here for this VPC.</summary>
    public async Task RemoveAsync(string vpc, CancellationToken token)
    {
        Forget(vpc);
        foreach (var group in await ReadAsync(new Filter("vpc-id", [vpc]), new Filter("tag-key", [OwnTag]), token))
        {
            var request = new DeleteSecurityGroupRequest { GroupId = group.GroupId };
            await door.RemoveAsync("DeleteSecurityGroup", ec2 => ec2.DeleteSecurityGroupAsync(request, token), token);
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<string> FindOrCreateAsync(SecurityGroupSettings wanted, string vpc, CancellationToken token)
    {
        var group = await FindAsync(wanted.Name, vpc, token);
        if (group is null && wanted.Rules is null)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"'{vpc}' has no security group '{wanted.Name}', and the settings give no rules to make it with."
            );
        }

        group ??= await CreateAsync(wanted.Name, vpc, token);
        foreach (var rule in wanted.Rules ?? [])
        {
            await AddAsync(group, rule, token);
        }

        return group.GroupId;
    }

    private async Task<SecurityGroup?> FindAsync(string name, string vpc, CancellationToken token)
    {
        var named = await ReadAsync(new Filter("vpc-id", [vpc]), new Filter("group-name", [name]), token);
        return named is [var one, ..] ? one : null;
    }

    private async Task<IReadOnlyList<SecurityGroup>> ReadAsync(Filter vpc, Filter other, CancellationToken token)
    {
        var request = new DescribeSecurityGroupsRequest { Filters = [vpc, other] };
        var answer = await door.AskAsync(
            "DescribeSecurityGroups",
            ec2 => ec2.DescribeSecurityGroupsAsync(request, token),
            token
        );
        return answer.SecurityGroups ?? [];
    }

    private async Task<SecurityGroup> CreateAsync(string name, string vpc, CancellationToken token)
    {
        var request = new CreateSecurityGroupRequest
        {
            GroupName = name,
            Description = "cloudmanager",
            VpcId = vpc,
            TagSpecifications =
            [
                new TagSpecification
                {
                    ResourceType = ResourceType.SecurityGroup,
                    Tags = [new Amazon.EC2.Model.Tag(Keys.Name, name), new Amazon.EC2.Model.Tag(OwnTag, "group")],
                },
            ],
        };
        try
        {
            var made = await door.CreateAsync(
                "CreateSecurityGroup",
                ec2 => ec2.CreateSecurityGroupAsync(request, token),
                token
            );
            return new SecurityGroup { GroupId = made.GroupId };
        }
        catch (AdapterException failure) when (failure.ProviderCode == "InvalidGroup.Duplicate")
        {
            // Another process made it meanwhile.
            if (await FindAsync(name, vpc, token) is { } other)
            {
                return other;
            }

            throw AwsErrors.As(FailureKind.NotFound, failure);
        }
    }

    private async Task AddAsync(SecurityGroup group, SecurityRuleSettings rule, CancellationToken token)
    {
        var isIngress = rule.Direction == "ingress";
        var permission = Permission(rule);
        if ((isIngress ? group.IpPermissions : group.IpPermissionsEgress)?.Any(has => Covers(has, permission)) == true)
        {
            return;
        }

        try
        {
            await (isIngress ? IngressAsync(group, permission, token) : EgressAsync(group, permission, token));
        }
        catch (AdapterException failure) when (failure.ProviderCode == "InvalidPermission.Duplicate")
        {
            // Another process added the same rule meanwhile, or a new group has it from the beginning.
        }
    }

    private Task IngressAsync(SecurityGroup group, IpPermission permission, CancellationToken token)
    {
        var request = new AuthorizeSecurityGroupIngressRequest
        {
            GroupId = group.GroupId,
            IpPermissions = [permission],
        };
        return door.AskAsync(
            "AuthorizeSecurityGroupIngress",
            ec2 => ec2.AuthorizeSecurityGroupIngressAsync(request, token),
            token
        );
    }

    private Task EgressAsync(SecurityGroup group, IpPermission permission, CancellationToken token)
    {
        var request = new AuthorizeSecurityGroupEgressRequest { GroupId = group.GroupId, IpPermissions = [permission] };
        return door.AskAsync(
            "AuthorizeSecurityGroupEgress",
            ec2 => ec2.AuthorizeSecurityGroupEgressAsync(request, token),
            token
        );
    }

    /// <summary>Any protocol is -1 without ports; all ICMP is -1 to -1.</summary>
    private static IpPermission Permission(SecurityRuleSettings rule)
    {
        var isV6 = rule.From.Contains(':', StringComparison.Ordinal);
        return new IpPermission
        {
            IpProtocol = rule.Protocol ?? "-1",
            FromPort = rule.Protocol switch
            {
                null => null,
                "icmp" => -1,
                _ => rule.FromPort ?? 0,
            },
            ToPort = rule.Protocol switch
            {
                null => null,
                "icmp" => -1,
                _ => rule.ToPort ?? 65_535,
            },
            Ipv4Ranges = isV6 ? null : [new IpRange { CidrIp = rule.From }],
            Ipv6Ranges = isV6 ? [new Ipv6Range { CidrIpv6 = rule.From }] : null,
        };
    }

    private static bool Covers(IpPermission has, IpPermission wanted) =>
        has.IpProtocol == wanted.IpProtocol
        && has.FromPort == wanted.FromPort
        && has.ToPort == wanted.ToPort
        && (wanted.Ipv4Ranges ?? []).All(range => has.Ipv4Ranges?.Any(each => each.CidrIp == range.CidrIp) == true)
        && (wanted.Ipv6Ranges ?? []).All(range => has.Ipv6Ranges?.Any(each => each.CidrIpv6 == range.CidrIpv6) == true);
}

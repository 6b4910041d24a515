using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Network;

/// <summary>The security group of the pool's servers: made once with its rules where the settings give them.</summary>
internal sealed class SecurityGroup(Vpc vpc, SecurityGroupSettings? settings, string enterpriseProject) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile string? _known;

    /// <summary>The group's id; null where servers get the project's default one.</summary>
    /// <exception cref="AdapterException">There is none of that name and no rules to make it with, or several.</exception>
    public async Task<string?> EnsureAsync(CancellationToken token)
    {
        if (settings is null || _known is not null)
        {
            return _known;
        }

        await _gate.WaitAsync(token);
        try
        {
            return _known ??= await FindOrCreateAsync(settings, token);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Looks it up anew.</summary>
    public void Forget() => _known = null;

    public void Dispose() => _gate.Dispose();

    private async Task<string> FindOrCreateAsync(SecurityGroupSettings wanted, CancellationToken token)
    {
        var groups = await NamedAsync(wanted.Name, token);
        if (groups.Count > 1)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The project has {groups.Count} security groups '{wanted.Name}': name one by its id."
            );
        }

        if (groups.Count == 0 && wanted.Rules is null)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The project has no security group '{wanted.Name}', and the settings give no rules to make it with."
            );
        }

        var group = groups.Count == 1 ? groups[0] : await CreateAsync(wanted, token);
        foreach (
            var rule in (wanted.Rules ?? []).Where(rule => !(group.SecurityGroupRules ?? []).Any(has => Is(rule, has)))
        )
        {
            await AddAsync(group.Id, rule, token);
        }

        return group.Id;
    }

    /// <summary>Names are not unique: of two made at once by two processes both keep the one with the first id.</summary>
    private async Task<SecurityGroupBody> CreateAsync(SecurityGroupSettings wanted, CancellationToken token)
    {
        var request = new NewSecurityGroupRequest(new NewSecurityGroup(wanted.Name, enterpriseProject));
        var mine = await vpc.AskAsync<ISecurityGroupApi, SecurityGroupAnswer>(
            (api, p) => api.CreateAsync(p, request, token),
            token
        );
        var all = await NamedAsync(wanted.Name, token);
        var kept = all.MinBy(group => group.Id, StringComparer.Ordinal) ?? mine.SecurityGroup;
        if (kept.Id != mine.SecurityGroup.Id)
        {
            await vpc.TellAsync<ISecurityGroupApi>((api, p) => api.DeleteAsync(p, mine.SecurityGroup.Id, token), token);
        }

        return kept;
    }

    private async Task<IReadOnlyList<SecurityGroupBody>> NamedAsync(string name, CancellationToken token)
    {
        return await vpc.GroupsAsync(token).Where(group => group.Name == name || group.Id == name).ToListAsync(token);
    }

    private async Task AddAsync(string group, SecurityRuleSettings rule, CancellationToken token)
    {
        var request = new NewSecurityRuleRequest(
            new NewSecurityRule(group, rule.Direction, EtherType(rule))
            {
                Protocol = rule.Protocol,
                PortRangeMin = rule.FromPort,
                PortRangeMax = rule.ToPort,
                RemoteIpPrefix = rule.From,
            }
        );
        try
        {
            await vpc.TellAsync<ISecurityGroupApi>((api, p) => api.AddRuleAsync(p, request, token), token);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.Conflict)
        {
            // Another process added the same rule meanwhile.
        }
    }

    private static string EtherType(SecurityRuleSettings rule) =>
        rule.From.Contains(':', StringComparison.Ordinal) ? "IPv6" : "IPv4";

    private static bool Is(SecurityRuleSettings rule, SecurityRuleBody has) =>
        has.Direction == rule.Direction
        && has.Protocol == rule.Protocol
        && has.PortRangeMin == rule.FromPort
        && has.PortRangeMax == rule.ToPort
        && has.RemoteGroupId is null
        && has.Ethertype == EtherType(rule)
        && (has.RemoteIpPrefix ?? Everywhere(rule)) == rule.From;

    private static string Everywhere(SecurityRuleSettings rule) => EtherType(rule) == "IPv6" ? "::/0" : "0.0.0.0/0";
}

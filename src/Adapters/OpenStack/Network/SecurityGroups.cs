using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>
/// The security group of the pool's servers: where the settings give rules, it is made once and lacks none of them;
/// rules that others added stay. Where they give none, it must exist.
/// </summary>
internal sealed class SecurityGroups(CloudDoor door, SecurityGroupSettings? settings) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _id;

    /// <summary>The group's id; null where servers have the project's default one.</summary>
    public async Task<string?> IdAsync(CancellationToken cancellationToken)
    {
        if (settings is null || _id is not null)
        {
            return _id;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _id ??= await EnsureAsync(settings, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<string> EnsureAsync(SecurityGroupSettings wanted, CancellationToken cancellationToken)
    {
        var group = await FindAsync(wanted.Name, cancellationToken);
        if (wanted.Rules is null)
        {
            return group?.Id
                ?? throw new AdapterException(
                    FailureKind.InvalidRequest,
                    $"The project has no security group '{wanted.Name}', and the settings give it no rules."
                );
        }

        group ??= await MakeAsync(wanted.Name, cancellationToken);
        var known = group.SecurityGroupRules ?? [];
        foreach (var rule in wanted.Rules.Where(rule => !known.Any(has => IsSame(has, rule))))
        {
            await AddAsync(group.Id, rule, cancellationToken);
        }

        return group.Id;
    }

    /// <summary>By name within the project, or by id; of several of one name the first by id, whoever looks.</summary>
    private async Task<SecurityGroupBody?> FindAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var project = (await door.TokenAsync(cancellationToken)).Project;
        var query = Guid.TryParse(nameOrId, out _)
            ? new NeutronQuery { Id = nameOrId }
            : new NeutronQuery { Name = nameOrId, Project = project };
        var answer = await CallAsync(api => api.ListAsync(query, cancellationToken), cancellationToken);
        return answer.SecurityGroups.MinBy(group => group.Id, StringComparer.Ordinal);
    }

    /// <summary>Another process may have made it meanwhile: both take the same one.</summary>
    private async Task<SecurityGroupBody> MakeAsync(string name, CancellationToken cancellationToken)
    {
        var wish = new CreateSecurityGroup(new NewSecurityGroup(name, "cloudmanager"));
        var made = await CallAsync(api => api.CreateAsync(wish, cancellationToken), cancellationToken);
        return await FindAsync(name, cancellationToken) ?? made.SecurityGroup;
    }

    private async Task AddAsync(string group, SecurityRuleSettings rule, CancellationToken cancellationToken)
    {
        var family = rule.From.Contains(':', StringComparison.Ordinal) ? "IPv6" : "IPv4";
        var wish = new NewSecurityRule(
            group,
            rule.Direction,
            family,
            rule.Protocol,
            rule.FromPort,
            rule.ToPort,
            rule.From
        );
        try
        {
            await door.CallAsync<INeutronSecurityApi>(
                CloudServices.Network,
                api => api.AddRuleAsync(new CreateSecurityRule(wish), cancellationToken),
                cancellationToken
            );
        }
        catch (AdapterException exists) when (exists.Kind == FailureKind.Conflict)
        {
            return;
        }
    }

    private static bool IsSame(SecurityRuleBody has, SecurityRuleSettings rule) =>
        has.Direction == rule.Direction
        && has.Protocol == rule.Protocol
        && has.PortRangeMin == rule.FromPort
        && has.PortRangeMax == rule.ToPort
        // Neutron leaves out a range that is everywhere.
        && (has.RemoteIpPrefix == rule.From || (has.RemoteIpPrefix is null && rule.From is "0.0.0.0/0" or "::/0"));

    private Task<T> CallAsync<T>(Func<INeutronSecurityApi, Task<T>> call, CancellationToken cancellationToken) =>
        door.CallAsync(CloudServices.Network, call, cancellationToken);
}

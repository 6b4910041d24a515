using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Network;

/// <summary>The VPCs that the settings, the mapping and orders name, by name or id, and the subnet that servers join.</summary>
internal sealed class KnownNetworks
{
    private readonly Vpc _vpc;
    private readonly HuaweiSettings _settings;
    private readonly NamedThings<VpcBody> _named;

    public KnownNetworks(Vpc vpc, HuaweiSettings settings)
    {
        (_vpc, _settings) = (vpc, settings);
        _named = new NamedThings<VpcBody>("VPC", vpc.ListAsync, it => it.Id, it => it.Name);
    }

    /// <summary>The ids of VPC and subnet that a server joins.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.InvalidRequest"/>: there is none of that name, or the VPC
    /// has several subnets and none was named; <see cref="FailureKind.Conflict"/>: the subnet is not ready.</exception>
    public async Task<(string Vpc, string Subnet)> ServerNetworkAsync(NativeId? ordered, CancellationToken token)
    {
        var wanted =
            ordered?.Value
            ?? _settings.Vpc
            ?? throw new AdapterException(
                FailureKind.InvalidRequest,
                "The order names no network, and neither settings.vpc nor mapping.defaultNetwork does."
            );
        var vpc =
            await TryIdAsync(wanted, token)
            ?? throw new AdapterException(FailureKind.InvalidRequest, $"The project has no VPC '{wanted}'.");
        return (vpc, await SubnetAsync(vpc, token));
    }

    /// <summary>The VPC's id, null if there is none: what is an id needs no look-up, as VPCs made a moment ago are named so.</summary>
    public async Task<string?> TryIdAsync(string wanted, CancellationToken token) =>
        Guid.TryParse(wanted, out _) ? wanted : (await _named.TryFindAsync(wanted, token))?.Id;

    /// <summary>That the VPC of the settings exists and has the subnet to join.</summary>
    public async Task CheckAsync(CancellationToken token)
    {
        if (_settings.Vpc is { } vpc)
        {
            await SubnetAsync((await _named.FindAsync(vpc, token)).Id, token);
        }
    }

    /// <summary>Looks them up anew.</summary>
    public void Forget() => _named.Forget();

    private async Task<string> SubnetAsync(string vpc, CancellationToken token)
    {
        var subnets = await _vpc.SubnetsAsync(vpc, token).ToListAsync(token);
        var named = subnets.Where(it => it.Id == _settings.Subnet || it.Name == _settings.Subnet).ToList();
        var subnet =
            named.Count == 1 ? named[0]
            : subnets.Count == 1 ? subnets[0]
            : throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The VPC '{vpc}' has {subnets.Count} subnets, {named.Count} of them named as settings.subnet: name one by its id."
            );
        return subnet.Status is "ACTIVE" or null
            ? subnet.Id
            : throw new AdapterException(
                FailureKind.Conflict,
                $"The subnet '{subnet.Id}' of VPC '{vpc}' is {subnet.Status}; servers join it once it is ACTIVE."
            );
    }
}

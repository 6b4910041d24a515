using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Network;

/// <summary>Where a server is put.</summary>
/// <param name="Subnet">The subnet's id.</param>
/// <param name="Vpc">The id of the VPC it lies in.</param>
/// <param name="Zone">The availability zone it lies in; servers and volumes of different zones do not meet.</param>
internal sealed record Place(string Subnet, string Vpc, string Zone);

/// <summary>Leads from a network, as orders and the mapping name it, to the subnet that servers join.</summary>
internal sealed class Places(Ec2Door door, AwsSettings settings)
{
    private const string Action = "DescribeSubnets";

    private volatile Place? _home;

    /// <summary>The place of this network, or of the pool's own where none is named.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.InvalidRequest"/>: there is no such network, or no one subnet.</exception>
    public async Task<Place> FindAsync(NativeId? network, CancellationToken token)
    {
        if (network is not { } named)
        {
            return await HomeAsync(token);
        }

        var home = await HomeAsync(token);
        var filter = IsSubnet(named.Value) ? "subnet-id" : "vpc-id";
        return await OneAsync(
            $"network '{named}' with a subnet in zone {home.Zone}",
            [new Filter(filter, [named.Value]), new Filter("availability-zone", [home.Zone])],
            token
        );
    }

    /// <summary>The settings' subnet, looked up once.</summary>
    public async Task<Place> HomeAsync(CancellationToken token) => _home ??= await LookUpAsync(token);

    /// <summary>Looks anew whether the settings' subnet is there.</summary>
    public async Task CheckAsync(CancellationToken token) => _home = await LookUpAsync(token);

    /// <summary>The subnets of these VPCs.</summary>
    public ValueTask<List<Subnet>> OfAsync(IEnumerable<string> vpcs, CancellationToken token) =>
        ReadAsync([new Filter("vpc-id", [.. vpcs])], token).ToListAsync(token);

    public static bool IsSubnet(string id) => id.StartsWith("subnet-", StringComparison.Ordinal);

    public IAsyncEnumerable<Subnet> ReadAsync(List<Filter> filters, CancellationToken token) =>
        Pages.EachAsync(
            Action,
            async next =>
            {
                var request = new DescribeSubnetsRequest
                {
                    Filters = filters,
                    MaxResults = Pages.Size,
                    NextToken = next,
                };
                var page = await door.AskAsync(Action, ec2 => ec2.DescribeSubnetsAsync(request, token), token);
                return new Page<Subnet>(page.Subnets, page.NextToken);
            },
            token
        );

    private async Task<Place> LookUpAsync(CancellationToken token)
    {
        List<Filter> filters = [new(IsSubnet(settings.Subnet) ? "subnet-id" : $"tag:{Keys.Name}", [settings.Subnet])];
        if (settings.Vpc is { } vpc)
        {
            filters.Add(new Filter("vpc-id", [await VpcAsync(vpc, token)]));
        }

        var place = await OneAsync($"subnet '{settings.Subnet}' (settings.subnet)", filters, token);
        return settings.AvailabilityZone is null || settings.AvailabilityZone == place.Zone
            ? place
            : throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The subnet '{settings.Subnet}' lies in zone {place.Zone}, not in {settings.AvailabilityZone} (settings.availabilityZone)."
            );
    }

    private async Task<string> VpcAsync(string wanted, CancellationToken token)
    {
        if (wanted.StartsWith("vpc-", StringComparison.Ordinal))
        {
            return wanted;
        }

        var request = new DescribeVpcsRequest { Filters = [new Filter($"tag:{Keys.Name}", [wanted])] };
        var answer = await door.AskAsync("DescribeVpcs", ec2 => ec2.DescribeVpcsAsync(request, token), token);
        return answer.Vpcs is [var one]
            ? one.VpcId
            : throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The cloud has {answer.Vpcs?.Count ?? 0} VPCs named '{wanted}' (settings.vpc); name one by its id."
            );
    }

    private async Task<Place> OneAsync(string what, List<Filter> filters, CancellationToken token)
    {
        var found = await ReadAsync(filters, token).ToListAsync(token);
        return found switch
        {
            [var one] => new Place(one.SubnetId, one.VpcId, one.AvailabilityZone),
            [] => throw new AdapterException(FailureKind.InvalidRequest, $"The cloud has no {what}."),
            _ => throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The cloud has several of {what}: {string.Join(", ", found.Select(each => each.SubnetId))}. Name one by its id."
            ),
        };
    }
}

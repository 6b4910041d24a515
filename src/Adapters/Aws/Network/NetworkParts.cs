using System.Collections.Concurrent;
using Amazon.EC2;
using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Network;

/// <summary>What a tenant network consists of besides its VPC: subnet, way out, and the servers' group.</summary>
internal sealed class NetworkParts(Ec2Door door, Places places, PoolSecurityGroup group, AwsSettings settings)
{
    /// <summary>The most values a filter takes.</summary>
    public const int MostFilterValues = 200;

    private const string Everywhere = "0.0.0.0/0";

    private readonly JustMade<InternetGateway> _gateways = new(door.MachineTime);

    /// <summary>The VPCs that were found to have all: they are not looked at again.</summary>
    private readonly ConcurrentDictionary<string, bool> _complete = new();

    /// <summary>Makes what is missing of a network of ours; one that has all is left as it is.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.NotFound"/>: not all of EC2 knows yet what was made just
    /// now; looked at again, the rest is made.</exception>
    public async Task<Subnet> CompleteAsync(Vpc vpc, OperationKey key, CancellationToken token)
    {
        var subnets = await places.OfAsync([vpc.VpcId], token);
        var subnet = subnets is [var there, ..] ? there : await AddSubnetAsync(vpc, key, token);
        if (_complete.ContainsKey(vpc.VpcId))
        {
            return subnet;
        }

        if (settings.InternetGateway)
        {
            await OpenAsync(vpc, key, token);
        }

        await group.EnsureAsync(vpc.VpcId, token);
        _complete[vpc.VpcId] = true;
        return subnet;
    }

    /// <summary>Removes what was made for the VPC: first what servers may still use.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.Conflict"/>: servers use it.</exception>
    public async Task RemoveAsync(string vpc, CancellationToken token)
    {
        _complete.TryRemove(vpc, out _);
        foreach (var subnet in (await places.OfAsync([vpc], token)).Where(each => Keys.Of(each.Tags) is not null))
        {
            var request = new DeleteSubnetRequest { SubnetId = subnet.SubnetId };
            await door.RemoveAsync("DeleteSubnet", ec2 => ec2.DeleteSubnetAsync(request, token), token);
        }

        await group.RemoveAsync(vpc, token);
        foreach (var gateway in await GatewaysAsync(new Filter("attachment.vpc-id", [vpc]), token))
        {
            if (Keys.Of(gateway.Tags) is not null)
            {
                await CloseAsync(vpc, gateway.InternetGatewayId, token);
            }
        }
    }

    private async Task<Subnet> AddSubnetAsync(Vpc vpc, OperationKey key, CancellationToken token)
    {
        var request = new CreateSubnetRequest
        {
            VpcId = vpc.VpcId,
            CidrBlock = vpc.CidrBlock,
            AvailabilityZone = (await places.HomeAsync(token)).Zone,
            TagSpecifications = [Keys.Specification(ResourceType.Subnet, Keys.NameOf(vpc.Tags, vpc.VpcId), key)],
        };
        try
        {
            return (await door.AskAsync("CreateSubnet", ec2 => ec2.CreateSubnetAsync(request, token), token)).Subnet;
        }
        catch (AdapterException failure) when (failure.ProviderCode == "InvalidSubnet.Conflict")
        {
            // The subnet has the whole range, so the one in its way is the one that was made just now.
            throw AwsErrors.As(FailureKind.NotFound, failure);
        }
    }

    /// <summary>A gateway on the VPC, and a route to it in the VPC's main table.</summary>
    private async Task OpenAsync(Vpc vpc, OperationKey key, CancellationToken token)
    {
        var gateways = await GatewaysAsync(Keys.With(key), token);
        var gateway =
            gateways is [var there, ..] ? there
            : _gateways.Of(key) is { } made ? made
            : await AddGatewayAsync(vpc, key, token);
        if (gateway.Attachments is not { Count: > 0 })
        {
            var attach = new AttachInternetGatewayRequest
            {
                InternetGatewayId = gateway.InternetGatewayId,
                VpcId = vpc.VpcId,
            };
            await AttachAsync(attach, token);
        }

        await RouteAsync(vpc.VpcId, gateway.InternetGatewayId, token);
    }

    private async Task AttachAsync(AttachInternetGatewayRequest request, CancellationToken token)
    {
        try
        {
            await door.AskAsync("AttachInternetGateway", ec2 => ec2.AttachInternetGatewayAsync(request, token), token);
        }
        catch (AdapterException failure) when (failure.ProviderCode == "Resource.AlreadyAssociated")
        {
            // It was attached just now, which the describe did not show yet.
        }
    }

    private async Task RouteAsync(string vpc, string gateway, CancellationToken token)
    {
        var tables = new DescribeRouteTablesRequest
        {
            Filters = [new Filter("vpc-id", [vpc]), new Filter("association.main", ["true"])],
        };
        var answer = await door.AskAsync(
            "DescribeRouteTables",
            ec2 => ec2.DescribeRouteTablesAsync(tables, token),
            token
        );
        if (answer.RouteTables is not [var main, ..])
        {
            throw new AdapterException(
                FailureKind.NotFound,
                $"The VPC '{vpc}' does not show its main route table yet."
            );
        }

        if (main.Routes?.Any(route => route.DestinationCidrBlock == Everywhere) == true)
        {
            return;
        }

        var request = new CreateRouteRequest
        {
            RouteTableId = main.RouteTableId,
            DestinationCidrBlock = Everywhere,
            GatewayId = gateway,
        };
        await door.AskAsync("CreateRoute", ec2 => ec2.CreateRouteAsync(request, token), token);
    }

    private async Task CloseAsync(string vpc, string gateway, CancellationToken token)
    {
        var detach = new DetachInternetGatewayRequest { InternetGatewayId = gateway, VpcId = vpc };
        await door.RemoveAsync("DetachInternetGateway", ec2 => ec2.DetachInternetGatewayAsync(detach, token), token);
        var delete = new DeleteInternetGatewayRequest { InternetGatewayId = gateway };
        await door.RemoveAsync("DeleteInternetGateway", ec2 => ec2.DeleteInternetGatewayAsync(delete, token), token);
    }

    private async Task<InternetGateway> AddGatewayAsync(Vpc vpc, OperationKey key, CancellationToken token)
    {
        var request = new CreateInternetGatewayRequest
        {
            TagSpecifications =
            [
                Keys.Specification(ResourceType.InternetGateway, Keys.NameOf(vpc.Tags, vpc.VpcId), key),
            ],
        };
        var answer = await door.AskAsync(
            "CreateInternetGateway",
            ec2 => ec2.CreateInternetGatewayAsync(request, token),
            token
        );
        return _gateways.Note(new NativeId(answer.InternetGateway.InternetGatewayId), key, answer.InternetGateway);
    }

    private async Task<IReadOnlyList<InternetGateway>> GatewaysAsync(Filter filter, CancellationToken token)
    {
        var request = new DescribeInternetGatewaysRequest { Filters = [filter] };
        var answer = await door.AskAsync(
            "DescribeInternetGateways",
            ec2 => ec2.DescribeInternetGatewaysAsync(request, token),
            token
        );
        return answer.InternetGateways ?? [];
    }
}

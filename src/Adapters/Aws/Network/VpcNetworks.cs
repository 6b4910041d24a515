using System.Runtime.CompilerServices;
using Amazon.EC2;
using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Network;

/// <summary>
/// Tenant networks: each a VPC with one subnet of the whole range in the pool's zone, and an internet gateway where the
/// settings want one. EC2 takes no token here, so a create first looks for the key's tag, which all parts bear.
/// </summary>
internal sealed class VpcNetworks(Ec2Door door, Places places, NetworkParts parts) : INetworkService
{
    private const string Action = "DescribeVpcs";

    private readonly KeyTurns _turns = new();
    private readonly JustMade<CloudNetwork> _made = new(door.MachineTime);

    public Task<CloudNetwork> CreateAsync(NetworkSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    /// <summary>Finds the network, and finishes it if its making was cut off.</summary>
    public async Task<CloudNetwork?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        await foreach (var vpc in ReadAsync([Keys.With(key)], cancellationToken).SelectMany(page => page))
        {
            return View(vpc, await CompletedAsync(vpc, key, cancellationToken));
        }

        return null;
    }

    /// <summary>The network by the id of its VPC; that of a subnet, as a mapping may name it, shows this one.</summary>
    public async Task<CloudNetwork> GetAsync(NativeId id, CancellationToken cancellationToken)
    {
        var subnet = Places.IsSubnet(id.Value)
            ? await places
                .ReadAsync([new Filter("subnet-id", [id.Value])], cancellationToken)
                .FirstOrDefaultAsync(cancellationToken)
                ?? throw Gone(id)
            : null;
        var request = new DescribeVpcsRequest { VpcIds = [subnet?.VpcId ?? id.Value] };
        var answer = await door.LookAsync(
            Action,
            ec2 => ec2.DescribeVpcsAsync(request, cancellationToken),
            cancellationToken
        );
        if (answer?.Vpcs is not [var vpc, ..])
        {
            return _made.Of(id) ?? throw Gone(id);
        }

        return subnet is not null
            ? View(vpc, subnet) with
            {
                Id = id,
                Name = Keys.NameOf(subnet.Tags, id.Value),
                Cidr = subnet.CidrBlock,
            }
            : View(vpc, await OwnSubnetAsync(vpc, cancellationToken));
    }

    /// <summary>Deletes the VPC with the subnet, group and gateway that were made for it, and nothing else.</summary>
    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        await parts.RemoveAsync(id.Value, cancellationToken);
        var request = new DeleteVpcRequest { VpcId = id.Value };
        await door.RemoveAsync(
            "DeleteVpc",
            ec2 => ec2.DeleteVpcAsync(request, cancellationToken),
            (_made, id),
            cancellationToken
        );
    }

    /// <summary>All VPCs, page by page; those of a page share one look for their subnets.</summary>
    public async IAsyncEnumerable<CloudNetwork> ListAsync([EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var page in ReadAsync([], token))
        {
            foreach (var some in page.Chunk(NetworkParts.MostFilterValues))
            {
                var subnets = (await places.OfAsync(some.Select(vpc => vpc.VpcId), token)).ToLookup(each => each.VpcId);
                foreach (var vpc in some)
                {
                    yield return View(vpc, subnets[vpc.VpcId].FirstOrDefault());
                }
            }
        }
    }

    private IAsyncEnumerable<IReadOnlyList<Vpc>> ReadAsync(List<Filter> filters, CancellationToken token) =>
        Pages.ReadAsync(
            Action,
            async next =>
            {
                var request = new DescribeVpcsRequest
                {
                    Filters = filters.Count > 0 ? filters : null,
                    MaxResults = Pages.Size,
                    NextToken = next,
                };
                var page = await door.AskAsync(Action, ec2 => ec2.DescribeVpcsAsync(request, token), token);
                return new Page<Vpc>(page.Vpcs, page.NextToken);
            },
            token
        );

    private async Task<CloudNetwork> FindOrCreateAsync(NetworkSpec spec, OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } found)
        {
            return found;
        }

        if (_made.Of(key) is { } made)
        {
            return await GetAsync(made.Id, token);
        }

        var request = new CreateVpcRequest
        {
            CidrBlock = spec.Cidr,
            TagSpecifications = [Keys.Specification(ResourceType.Vpc, spec.Name, key)],
        };
        var answer = await door.CreateAsync("CreateVpc", ec2 => ec2.CreateVpcAsync(request, token), token);
        var begun = View(answer.Vpc, null) with { State = CloudState.Pending };
        _made.Note(begun.Id, key, begun);
        try
        {
            return View(answer.Vpc, await CompletedAsync(answer.Vpc, key, token));
        }
        catch (AdapterException failure) when (!failure.IsTransient)
        {
            await UndoAsync(begun.Id, token);
            throw;
        }
    }

    /// <summary>A network that cannot be finished is of no use to anybody.</summary>
    private async Task UndoAsync(NativeId id, CancellationToken token)
    {
        try
        {
            await DeleteAsync(id, token);
        }
        catch (AdapterException)
        {
            // The failure that led here is the one to tell; what stays is found by its key.
        }
    }

    /// <summary>The VPC's subnet; one of ours is finished by that look.</summary>
    private async Task<Subnet?> OwnSubnetAsync(Vpc vpc, CancellationToken token)
    {
        if (Keys.Of(vpc.Tags) is { } key)
        {
            return await CompletedAsync(vpc, key, token);
        }

        return (await places.OfAsync([vpc.VpcId], token)).FirstOrDefault();
    }

    /// <summary>The subnet of a network that has all; null while some of EC2 does not know yet what was made just now.</summary>
    private async Task<Subnet?> CompletedAsync(Vpc vpc, OperationKey key, CancellationToken token)
    {
        try
        {
            return await parts.CompleteAsync(vpc, key, token);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            return null;
        }
    }

    private static CloudNetwork View(Vpc vpc, Subnet? subnet)
    {
        var key = Keys.Of(vpc.Tags);
        var isReady = vpc.State?.Value is "available" && (key is null || subnet?.State?.Value is "available");
        return new CloudNetwork
        {
            Id = new NativeId(vpc.VpcId),
            Name = Keys.NameOf(vpc.Tags, vpc.VpcId),
            State = isReady ? CloudState.Active : CloudState.Pending,
            Cidr = vpc.CidrBlock ?? "",
            Key = key,
        };
    }

    private static AdapterException Gone(NativeId id) => new(FailureKind.NotFound, $"There is no network '{id}'.");
}

using Amazon.EC2;
using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Network;

/// <summary>
/// Elastic addresses, which have no bandwidth of their own. EC2 takes no token here, so a create first looks for the
/// key's tag: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html
/// </summary>
internal sealed class ElasticAddresses(Ec2Door door) : IAddressService
{
    private const string Action = "DescribeAddresses";

    private readonly KeyTurns _turns = new();
    private readonly JustMade<CloudAddress> _made = new(door.MachineTime);

    public Task<CloudAddress> CreateAsync(AddressSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    public async Task<CloudAddress?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        var found = await ReadAsync([Keys.With(key)], cancellationToken);
        return found is [var address, ..] ? View(address) : null;
    }

    public async Task<CloudAddress> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        await FindBodyAsync(id, cancellationToken) is { } address
            ? View(address)
            : _made.Of(id) ?? throw new AdapterException(FailureKind.NotFound, $"There is no address '{id}'.");

    public async Task SetBandwidthAsync(NativeId id, int bandwidthMbps, CancellationToken cancellationToken)
    {
        await GetAsync(id, cancellationToken);
        throw new AdapterException(FailureKind.Unsupported, AwsNotes.NoBandwidth);
    }

    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        var request = new ReleaseAddressRequest { AllocationId = id.Value };
        await door.RemoveAsync(
            "ReleaseAddress",
            ec2 => ec2.ReleaseAddressAsync(request, cancellationToken),
            (_made, id),
            cancellationToken
        );
    }

    /// <summary>All addresses; EC2 gives them at once, some hundreds at most.</summary>
    public async IAsyncEnumerable<CloudAddress> ListAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token
    )
    {
        foreach (var address in await ReadAsync([], token))
        {
            yield return View(address);
        }
    }

    /// <summary>The address as EC2 has it; null if it is gone.</summary>
    public async Task<Address?> FindBodyAsync(NativeId id, CancellationToken token)
    {
        var request = new DescribeAddressesRequest { AllocationIds = [id.Value] };
        var answer = await door.LookAsync(Action, ec2 => ec2.DescribeAddressesAsync(request, token), token);
        return answer?.Addresses?.FirstOrDefault(each => each.AllocationId == id.Value);
    }

    private async Task<IReadOnlyList<Address>> ReadAsync(List<Filter> filters, CancellationToken token)
    {
        var request = new DescribeAddressesRequest { Filters = filters.Count > 0 ? filters : null };
        var answer = await door.AskAsync(Action, ec2 => ec2.DescribeAddressesAsync(request, token), token);
        return answer.Addresses ?? [];
    }

    private async Task<CloudAddress> FindOrCreateAsync(AddressSpec spec, OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } found)
        {
            return found;
        }

        if (_made.Of(key) is { } made)
        {
            return made;
        }

        var request = new AllocateAddressRequest
        {
            Domain = DomainType.Vpc,
            TagSpecifications = [Keys.Specification(ResourceType.ElasticIp, spec.Name, key)],
        };
        var answer = await door.CreateAsync("AllocateAddress", ec2 => ec2.AllocateAddressAsync(request, token), token);
        var address = new CloudAddress
        {
            Id = new NativeId(answer.AllocationId),
            Address = answer.PublicIp,
            // It is usable once a describe shows it.
            State = CloudState.Pending,
            Key = key,
        };
        return _made.Note(address.Id, key, address);
    }

    private static CloudAddress View(Address address) =>
        new()
        {
            // An address of before there were VPCs has no allocation id.
            Id = new NativeId(address.AllocationId ?? address.PublicIp),
            Address = address.PublicIp,
            State = CloudState.Active,
            BoundTo = address.InstanceId is { Length: > 0 } server ? new NativeId(server) : null,
            Key = Keys.Of(address.Tags),
        };
}

using System.Net;
using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Network;

/// <summary>
/// A tenant network is a VPC with one subnet of the same range. The key stands in the VPC's description, written by its
/// create; one whose making was cut off gets its subnet when it is found by its key.
/// </summary>
internal sealed class VpcNetworks(Vpc vpc, KnownNetworks known, Appearing appearing, string enterpriseProject)
    : INetworkService
{
    private const string Ready = "OK";

    private readonly KeyTurns _turns = new();

    public Task<CloudNetwork> CreateAsync(NetworkSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    public async Task<CloudNetwork?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        await MadeAsync(key, cancellationToken) is { } made ? await CompleteAsync(made, cancellationToken) : null;

    /// <summary>The network by its id; the one a pool's mapping leads to may be named instead.</summary>
    public async Task<CloudNetwork> GetAsync(NativeId id, CancellationToken cancellationToken)
    {
        var wanted =
            await known.TryIdAsync(id.Value, cancellationToken)
            ?? throw new AdapterException(FailureKind.NotFound, $"The project has no VPC '{id}'.");
        var body = await vpc.GetAsync(wanted, cancellationToken);
        return View(body, await SubnetAsync(body.Id, cancellationToken));
    }

    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        await Gone.IsSuccessAsync(RemoveAsync(id.Value, cancellationToken));

    /// <summary>All VPCs of the project, page by page; only those made here are asked for their subnet.</summary>
    public async IAsyncEnumerable<CloudNetwork> ListAsync([EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var body in vpc.ListAsync(token))
        {
            var isOurs = Keys.FromDescription(body.Description) is not null;
            yield return View(body, isOurs ? await SubnetAsync(body.Id, token) : null);
        }
    }

    private static CloudNetwork View(VpcBody body, SubnetBody? subnet)
    {
        var key = Keys.FromDescription(body.Description);
        return new CloudNetwork
        {
            Id = new NativeId(body.Id),
            Name = body.Name ?? "",
            State = State(body.Status, subnet, key is not null),
            Cidr = body.Cidr ?? "",
            Key = key,
            Fault =
                body.Status == "ERROR" ? "the VPC is in ERROR"
                : subnet?.Status == "ERROR" ? $"the subnet '{subnet.Id}' is in ERROR"
                : null,
        };
    }

    /// <summary>A new subnet is UNKNOWN until servers may join it.</summary>
    private static CloudState State(string? status, SubnetBody? subnet, bool needsSubnet) =>
        status == "ERROR" || subnet?.Status == "ERROR" ? CloudState.Error
        : status is not (Ready or null) ? CloudState.Pending
        : subnet is null ? (needsSubnet ? CloudState.Pending : CloudState.Active)
        : subnet.Status is "ACTIVE" or null ? CloudState.Active
        : CloudState.Pending;

    private async Task<SubnetBody?> SubnetAsync(string id, CancellationToken token) =>
        await vpc.SubnetsAsync(id, token).FirstOrDefaultAsync(token);

    /// <summary>Nothing keeps keys unique: of two VPCs made at once by two processes the one with the first id counts.</summary>
    private async Task<VpcBody?> MadeAsync(OperationKey key, CancellationToken token) =>
        await vpc.ListAsync(token)
            .Where(body => Keys.FromDescription(body.Description) == key)
            .OrderBy(body => body.Id, StringComparer.Ordinal)
            .FirstOrDefaultAsync(token);

    private async Task<CloudNetwork> FindOrCreateAsync(NetworkSpec spec, OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } made)
        {
            return made;
        }

        var request = new NewVpcRequest(new NewVpc(spec.Name, spec.Cidr, Keys.Describe(key), enterpriseProject));
        var body = await CreateAsync(request, token);
        return await CompleteAsync(body, token);
    }

    private async Task<VpcBody> CreateAsync(NewVpcRequest request, CancellationToken token)
    {
        try
        {
            return (await vpc.AskAsync<IVpcApi, VpcAnswer>((api, p) => api.CreateAsync(p, request, token), token)).Vpc;
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            throw HuaweiErrors.As(FailureKind.InvalidRequest, failure);
        }
    }

    /// <summary>Gives the VPC its subnet once it is ready for one; one that has it is left as it is.</summary>
    private async Task<CloudNetwork> CompleteAsync(VpcBody made, CancellationToken token)
    {
        if (await SubnetAsync(made.Id, token) is { } there)
        {
            return View(made, there);
        }

        var ready = await appearing.LookAsync(
            new Begun(CloudServices.Vpc, null, made.Id),
            async id => await vpc.GetAsync(id, token) is { Status: Ready or null or "ERROR" } settled ? settled : null,
            token
        );
        if (ready.Status == "ERROR")
        {
            return View(ready, null);
        }

        var range = IPNetwork.Parse(ready.Cidr!);
        var request = new NewSubnetRequest(
            new NewSubnet(ready.Name ?? ready.Id, ready.Cidr!, Gateway(range), ready.Id, ready.Description!)
        );
        var answer = await vpc.AskAsync<ISubnetApi, SubnetAnswer>(
            (api, p) => api.CreateAsync(p, request, token),
            token
        );
        return View(ready, answer.Subnet);
    }

    /// <summary>The first address of the range is the way out.</summary>
    private static string Gateway(IPNetwork range)
    {
        var bytes = range.BaseAddress.GetAddressBytes();
        bytes[^1]++;
        return new IPAddress(bytes).ToString();
    }

    /// <summary>Looks first whether servers use it: a network half removed would be of no use to them.</summary>
    private async Task RemoveAsync(string id, CancellationToken token)
    {
        var subnets = await vpc.SubnetsAsync(id, token).ToListAsync(token);
        foreach (var subnet in subnets)
        {
            var ports = vpc.PortsAsync(new VpcQuery { Network = subnet.Id }, token);
            if (await ports.FirstOrDefaultAsync(IsOfServer, token) is { } port)
            {
                throw new AdapterException(
                    FailureKind.Conflict,
                    $"The network '{id}' is in use by port '{port.Id}' of '{port.DeviceId}'."
                );
            }
        }

        foreach (var subnet in subnets)
        {
            await StateAsync(
                Gone.IsSuccessAsync(
                    vpc.TellAsync<ISubnetApi>((api, p) => api.DeleteAsync(p, id, subnet.Id, token), token)
                )
            );
        }

        await StateAsync(vpc.TellAsync<IVpcApi>((api, p) => api.DeleteAsync(p, id, token), token));
    }

    private static bool IsOfServer(PortBody port) =>
        port.DeviceOwner?.StartsWith("compute:", StringComparison.Ordinal) == true;

    /// <summary>A delete names nothing but the thing: what is refused as invalid is its state.</summary>
    private static async Task StateAsync(Task delete)
    {
        try
        {
            await delete;
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.InvalidRequest)
        {
            throw HuaweiErrors.As(FailureKind.Conflict, failure);
        }
    }
}

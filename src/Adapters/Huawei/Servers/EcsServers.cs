using CloudManager.Adapters.Huawei.Images;
using CloudManager.Adapters.Huawei.Network;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Servers;

/// <summary>
/// Servers. The key goes as X-Client-Token, which the cloud keeps unique, and as a tag of the server from its first
/// instant, by which it is found again.
/// </summary>
internal sealed class EcsServers(Ecs ecs, ServerParts parts, Appearing appearing, JobWatch watch) : IServerService
{
    private readonly KeyTurns _turns = new();

    public Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    /// <summary>The tag is asked for and checked: a cloud that passes over the filter lists all.</summary>
    public async Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        await ecs.ListAsync($"{Keys.Tag}={key}", cancellationToken)
            .FirstOrDefaultAsync(server => server.Key == key, cancellationToken);

    public async Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken)
    {
        if (watch.On(id) is not { } job)
        {
            return await ecs.GetAsync(id, cancellationToken);
        }

        var server = await ecs.TryGetAsync(id, cancellationToken);
        if (server is null)
        {
            return await MissingAsync(id, job, cancellationToken);
        }

        var isDone = job.Flavour is null ? server.State == CloudState.Active : server.Flavour == job.Flavour;
        if (isDone && server.State != CloudState.Pending)
        {
            watch.End(id);
            return server;
        }

        return server.State == CloudState.Pending
            ? server
            : server with
            {
                Fault = (await watch.FailureAsync(job, cancellationToken))?.Message ?? server.Fault,
            };
    }

    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        watch.End(id);
        var request = new DeleteServersRequest([new ServerName(id.Value)]);
        try
        {
            await ecs.BeginAsync<IEcsApi>(
                (api, p) => api.DeleteAsync(p, request, cancellationToken),
                cancellationToken
            );
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            // Gone is what was asked for.
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.Conflict)
        {
            if (await ecs.TryGetAsync(id, cancellationToken) is not null)
            {
                throw;
            }
        }
    }

    /// <summary>A server that was seen and vanished while its job ran: the job says why.</summary>
    private async Task<CloudServer> MissingAsync(NativeId id, Watched job, CancellationToken token)
    {
        if (job.Flavour is null && await watch.FailureAsync(job, token) is { } failure)
        {
            return job.Server with { State = CloudState.Error, Fault = failure.Message };
        }

        watch.End(id);
        throw new AdapterException(FailureKind.NotFound, $"ECS has no server '{id}'.");
    }

    private async Task<CloudServer> FindOrCreateAsync(ServerSpec spec, OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } made)
        {
            return made;
        }

        var request = new NewServerRequest(await BodyAsync(spec, key, token));
        var created = await OrderAsync(request, key, token);
        var begun = new Begun(CloudServices.Ecs, created.JobId, created.ServerIds is [var first, ..] ? first : null);
        var server = await appearing.LookAsync(begun, id => ecs.TryGetAsync(new NativeId(id), token), token);
        var mine = server with { Key = key };
        if (created.JobId is { } job)
        {
            watch.Begin(mine.Id, new Watched(job, mine, null));
        }

        return mine;
    }

    private async Task<CreatedServers> OrderAsync(NewServerRequest request, OperationKey key, CancellationToken token)
    {
        try
        {
            return await ecs.AskAsync((api, p) => api.CreateAsync(parts.Version, p, key.Value, request, token), token);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            // A create names nothing that exists but its parts: one of them went since it was looked up.
            parts.Forget();
            throw HuaweiErrors.As(FailureKind.InvalidRequest, failure);
        }
    }

    private async Task<NewServer> BodyAsync(ServerSpec spec, OperationKey key, CancellationToken token)
    {
        var flavour = await parts.Flavours.FindAsync(spec.Flavour, spec.Size, token);
        var image = await parts.Images.FindIdAsync(spec.Image, token);
        var (vpc, subnet) = await parts.Networks.ServerNetworkAsync(spec.Network, token);
        var group = await parts.Groups.EnsureAsync(token);
        return new NewServer(
            spec.Name,
            flavour.Id,
            image,
            vpc,
            [new NewNic(subnet)],
            new NewDisk(parts.SystemDiskType, spec.SystemDiskGiB)
        )
        {
            AvailabilityZone = await parts.Zones.GetAsync(token),
            SecurityGroups = group is null ? null : [new NewGroup(group)],
            ServerTags = [new NewTag(Keys.Tag, key.Value)],
            // Pay per use is a number to v1 and a word to v1.1.
            Charging = new NewServerCharging(parts.Version == "v1" ? 0 : "postPaid", parts.EnterpriseProject),
        };
    }
}

/// <summary>What servers are made of.</summary>
internal sealed record ServerParts(
    Flavours Flavours,
    ImsImages Images,
    KnownNetworks Networks,
    SecurityGroup Groups,
    Zones Zones
)
{
    /// <summary>The version of the call that creates: v1 or v1.1.</summary>
    public required string Version { get; init; }

    public required string SystemDiskType { get; init; }

    public required string EnterpriseProject { get; init; }

    /// <summary>Looks everything up anew.</summary>
    public void Forget()
    {
        Images.Forget();
        Networks.Forget();
        Groups.Forget();
    }
}

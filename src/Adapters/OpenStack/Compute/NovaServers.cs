using CloudManager.Adapters.OpenStack.Images;
using CloudManager.Adapters.OpenStack.Network;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Compute;

/// <summary>
/// Servers. The key is a tag of the server from its first instant, set by the create itself. Nova keeps no key
/// unique, so a create first looks for the tag: names only, some 15 ms beside the second that the create takes.
/// </summary>
internal sealed class NovaServers(Nova nova, ServerParts parts, ResizeWatch resizes) : IServerService
{
    private readonly KeyTurns _turns = new();

    public Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    public async Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        await foreach (var server in nova.ListAsync(new ServerQuery { Tags = key.Value }, cancellationToken))
        {
            if (ServerView.Bears(server, key) && ServerView.Of(server) is { } found)
            {
                return found with { Key = key };
            }
        }

        return null;
    }

    public async Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken)
    {
        var server = ServerView.Of(await nova.GetAsync(id, cancellationToken))!;
        return server with { Fault = server.Fault ?? await resizes.FaultAsync(server, cancellationToken) };
    }

    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        try
        {
            await nova.DeleteAsync(id, cancellationToken);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            // Gone is what was asked for.
        }
    }

    private async Task<CloudServer> FindOrCreateAsync(ServerSpec spec, OperationKey key, CancellationToken token)
    {
        var found = await nova.AskAsync(api => api.FindAsync(key.Value, token), token);
        if (found.Servers.Count > 0 && await FindAsync(key, token) is { } made)
        {
            return made;
        }

        var flavour = await parts.Flavours.FindAsync(spec.Flavour, spec.Size, token);
        var request = new CreateServerRequest(await BodyAsync(spec, key, flavour, token));
        try
        {
            var created = await nova.AskAsync(api => api.CreateAsync(request, token), token);
            return new CloudServer
            {
                Id = new NativeId(created.Server.Id),
                Name = spec.Name,
                State = CloudState.Pending,
                Size = ServerView.Size(flavour.Vcpus, flavour.Ram),
                Flavour = flavour.Name,
                Key = key,
            };
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.Forbidden)
        {
            throw await parts.Quota.ExplainAsync(failure, flavour, null, token);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            // A create names nothing that exists but its parts: one of them went since it was looked up.
            parts.Forget();
            throw new AdapterException(FailureKind.InvalidRequest, failure.Message)
            {
                ProviderCode = failure.ProviderCode,
                ProviderRequestId = failure.ProviderRequestId,
            };
        }
    }

    private async Task<NewServer> BodyAsync(
        ServerSpec spec,
        OperationKey key,
        FlavourBody flavour,
        CancellationToken token
    )
    {
        var image = await parts.Images.FindIdAsync(spec.Image, token);
        var network = await parts.Networks.ServerNetworkAsync(spec.Network, token);
        var group = await parts.Groups.EnsureAsync(token);

        // A larger system disk than the flavour brings is a volume of the ordered size that dies with the server.
        var needsVolume = spec.SystemDiskGiB > flavour.Disk;
        return new NewServer(spec.Name, flavour.Id, [new NewServerNetwork(network)])
        {
            ImageRef = needsVolume ? null : image,
            Disks = needsVolume ? [new NewServerDisk(image, spec.SystemDiskGiB)] : null,
            Tags = [ServerView.Mark, key.Value],
            AvailabilityZone = parts.AvailabilityZone,
            SecurityGroups = group is null ? null : [new NewServerGroup(group)],
        };
    }
}

/// <summary>What servers are made of.</summary>
internal sealed record ServerParts(
    Flavours Flavours,
    GlanceImages Images,
    KnownNetworks Networks,
    SecurityGroup Groups,
    ProjectQuota Quota
)
{
    /// <summary>Where servers are placed; null: where Nova likes.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Looks everything up anew.</summary>
    public void Forget()
    {
        Images.Forget();
        Networks.Forget();
        Groups.Forget();
    }
}

using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Mock.Watching;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Servers;

internal sealed class MockServers(MockCalls calls, Room room, TimeSpan createTime) : IServerService
{
    public Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        calls.AskAsync(MockOperations.CreateServer, tables => Create(tables, spec, key), cancellationToken);

    public Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        calls.AskAsync(
            MockOperations.FindServer,
            tables => tables.Servers.ByKey(key.Value) is { } row ? ServerView.Of(row, calls.Now) : null,
            cancellationToken
        );

    public Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.AskAsync(
            MockOperations.GetServer,
            tables => ServerView.Of(tables.Server(id), calls.Now),
            cancellationToken
        );

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.TellAsync(
            MockOperations.DeleteServer,
            tables =>
            {
                if (tables.Servers.TryGet(id.Value, out _))
                {
                    calls.Cloud.Commit(new RemoveServer(id.Value, calls.Cloud.Now));
                }
            },
            cancellationToken
        );

    private CloudServer Create(CloudTables tables, ServerSpec spec, OperationKey key)
    {
        if (tables.Servers.ByKey(key.Value) is { } made)
        {
            return ServerView.Of(made, calls.Now);
        }

        var size = Require(tables, spec);
        room.Require(tables.Taken, new Taken(size.Vcpus, size.MemoryGiB, spec.SystemDiskGiB));
        var number = tables.Made.Servers;
        var row = new ServerRow
        {
            Id = $"{calls.Cloud.Pool}-srv-{number + 1}",
            Key = key.Value,
            Name = spec.Name,
            Number = number,
            Flavour = spec.Flavour,
            Image = spec.Image,
            SystemDiskGiB = spec.SystemDiskGiB,
            Network = spec.Network?.Value,
            Address = Address(tables, spec.Network),
            ReadyAt = calls.Now + (long)createTime.TotalMilliseconds,
            ChangedAt = calls.Cloud.Now,
            Phases = [new Phase(calls.Cloud.Now, size.Vcpus, size.MemoryGiB, Running: true)],
        };
        calls.Cloud.Commit(new PutServer(row));
        return ServerView.Of(row, calls.Now) with { State = CloudState.Pending, Addresses = [] };
    }

    private static ServerSize Require(CloudTables tables, ServerSpec spec)
    {
        if (spec.Name.Length is < 1 or > 63)
        {
            throw MockErrors.Invalid("A server's name has 1 to 63 characters.");
        }

        if (spec.SystemDiskGiB is < 1 or > 2048)
        {
            throw MockErrors.Invalid($"A system disk has 1 to 2048 GiB, not {spec.SystemDiskGiB}.");
        }

        if (!Catalogue.HasImage(spec.Image))
        {
            throw MockErrors.Invalid($"There is no image '{spec.Image}'.");
        }

        if (spec.Network is { } network && !tables.Networks.TryGet(network.Value, out _))
        {
            throw MockErrors.Invalid($"There is no network '{network}'.");
        }

        return Catalogue.Size(spec.Flavour) ?? throw MockErrors.Invalid($"There is no flavour '{spec.Flavour}'.");
    }

    private static string Address(CloudTables tables, NativeId? network) =>
        tables.Range(network?.Value).Free()
        ?? throw MockErrors.NoCapacity($"The network '{network}' has no address left.");
}

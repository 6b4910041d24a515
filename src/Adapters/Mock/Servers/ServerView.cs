using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Servers;

/// <summary>What the cloud shows of a server.</summary>
internal static class ServerView
{
    /// <summary>The server as it is at this instant of machine time, Unix milliseconds.</summary>
    public static CloudServer Of(ServerRow row, long now)
    {
        var ready = now >= row.ReadyAt;
        return new CloudServer
        {
            Id = new NativeId(row.Id),
            Name = row.Name,
            State = ready ? PowerOf(row) : CloudState.Pending,
            Flavour = row.Flavour,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Phases[0].At),
            Size = new ServerSize(row.Now.Vcpus, row.Now.MemoryGiB),
            Addresses = ready ? [row.Address] : [],
            Key = row.Key is null ? null : new OperationKey(row.Key),
        };
    }

    /// <summary>The row of a server that must exist.</summary>
    /// <exception cref="AdapterException">It does not.</exception>
    public static ServerRow Server(this CloudTables tables, NativeId id) =>
        tables.Servers.TryGet(id.Value, out var row) ? row : throw MockErrors.NotFound("server", id.Value);

    private static CloudState PowerOf(ServerRow row) =>
        row.Before is not null ? CloudState.Resized
        : row.Now.Running ? CloudState.Active
        : CloudState.Stopped;
}

using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay.Services;

/// <summary>Servers through an agent: making, power, size and console.</summary>
internal sealed class RelayServers(PoolRelay relay) : IServerService, IServerPower, IServerResizing, IConsoleSource
{
    public Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Servers.Create, new(spec, key), cancellationToken);

    public Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Servers.Find, new(key), cancellationToken);

    public Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Servers.Get, new(id), cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Servers.Delete, new(id), cancellationToken);

    public Task StartAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Start, new(id), cancellationToken);

    public Task StopAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Stop, new(id), cancellationToken);

    public Task RebootAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Reboot, new(id), cancellationToken);

    public Task ResizeAsync(NativeId id, string flavour, ServerSize size, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Resize, new(id, flavour, size), cancellationToken);

    public Task ConfirmAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.ConfirmResize, new(id), cancellationToken);

    public Task RevertAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.RevertResize, new(id), cancellationToken);

    public Task<Uri> OpenAsync(NativeId server, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.OpenConsole, new(server), cancellationToken);
}

using CloudManager.Adapters.OpenInterface.Connection;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Services;

/// <summary>Servers, their power, size and screens.</summary>
internal sealed class OpenServers(ProviderDoor door) : IServerService, IServerPower, IServerResizing, IConsoleSource
{
    private static readonly Dictionary<string, object> Nothing = [];

    private readonly Collection<CloudServer, ServerSpec> _servers = new(
        door,
        new(OpenPaths.Servers, "server", it => it.Id, it => it.Key, Fit.Server)
    );

    public Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _servers.CreateAsync(spec, key, cancellationToken);

    public Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        _servers.FindAsync(key, cancellationToken);

    public Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        _servers.GetAsync(id, cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        _servers.DeleteAsync(id, cancellationToken);

    public Task StartAsync(NativeId id, CancellationToken cancellationToken) =>
        ActAsync(OpenPaths.Power, id, "start", cancellationToken);

    public Task StopAsync(NativeId id, CancellationToken cancellationToken) =>
        ActAsync(OpenPaths.Power, id, "stop", cancellationToken);

    public Task RebootAsync(NativeId id, CancellationToken cancellationToken) =>
        ActAsync(OpenPaths.Power, id, "reboot", cancellationToken);

    public Task ResizeAsync(NativeId id, string flavour, ServerSize size, CancellationToken cancellationToken) =>
        _servers.ActAsync(
            OpenPaths.Resizing,
            (id, "resize"),
            new Dictionary<string, object> { ["flavour"] = flavour, ["size"] = size },
            cancellationToken
        );

    public Task ConfirmAsync(NativeId id, CancellationToken cancellationToken) =>
        ActAsync(OpenPaths.Resizing, id, "confirm-resize", cancellationToken);

    public Task RevertAsync(NativeId id, CancellationToken cancellationToken) =>
        ActAsync(OpenPaths.Resizing, id, "revert-resize", cancellationToken);

    public async Task<Uri> OpenAsync(NativeId server, CancellationToken cancellationToken)
    {
        var api = await door.ClientAsync<IProviderApi>(OpenPaths.Console, cancellationToken);
        var answer = await api.OpenConsoleAsync(server.Value, cancellationToken);
        var isAddress = Uri.TryCreate(answer.Url, UriKind.Absolute, out var address);
        Fit.Unless(isAddress && address!.Scheme is "http" or "https", "the console's address is none for a browser");
        return address!;
    }

    private Task ActAsync(string service, NativeId id, string action, CancellationToken cancellationToken) =>
        _servers.ActAsync(service, (id, action), Nothing, cancellationToken);
}

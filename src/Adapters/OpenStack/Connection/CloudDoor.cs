using System.Collections.Concurrent;
using CloudManager.Adapters.OpenStack.Identity;
using CloudManager.Adapters.Sdk;
using Refit;

namespace CloudManager.Adapters.OpenStack;

/// <summary>
/// One pool's way into its cloud: token, catalogue, a Refit client per service. Whatever goes wrong comes out as an
/// <see cref="AdapterException"/> with the provider's code and request id, and never with a credential in it.
/// </summary>
internal sealed class CloudDoor : IDisposable
{
    private readonly ConcurrentDictionary<string, ServiceDoor> _doors = new();
    private readonly SocketsHttpHandler _transport;
    private readonly OpenStackErrors _errors;
    private readonly HttpClient _identity;

    public CloudDoor(OpenStackSettings settings, string? caFile, TimeProvider machineTime)
    {
        const string Service = "Keystone";
        MachineTime = machineTime;
        _errors = new OpenStackErrors(settings, machineTime);
        _transport = Transport.Create(caFile);
        _identity = ServiceDoor.Over(new CloudCalls(Service, null, _errors, _transport), settings.AuthUrl);
        var api = RestService.For<IKeystoneApi>(_identity, WireRules.Settings(Service));
        Tokens = new TokenSource(new Keystone(api, settings, machineTime), machineTime);
    }

    /// <summary>Machine time, for what is kept for a while.</summary>
    public TimeProvider MachineTime { get; }

    private TokenSource Tokens { get; }

    /// <summary>The pool's token now.</summary>
    public Task<CloudToken> TokenAsync(CancellationToken token) => Tokens.GetAsync(token);

    /// <summary>A client on the catalogue's endpoint of this service type.</summary>
    /// <exception cref="AdapterException">The catalogue does not have it, or the service is too old.</exception>
    public async Task<T> ClientAsync<T>(string serviceType, CancellationToken token) =>
        (await OpenAsync(serviceType, token)).Client<T>();

    /// <summary>Calls the service: token attached, renewed once where it is refused, failures translated.</summary>
    public async Task<TAnswer> CallAsync<TApi, TAnswer>(
        string serviceType,
        Func<TApi, Task<TAnswer>> call,
        CancellationToken token
    ) => await call(await ClientAsync<TApi>(serviceType, token));

    /// <summary>Calls the service where its answer says nothing.</summary>
    public async Task CallAsync<TApi>(string serviceType, Func<TApi, Task> call, CancellationToken token) =>
        await call(await ClientAsync<TApi>(serviceType, token));

    /// <summary>Whether the catalogue has the service in this region on this interface.</summary>
    public async Task<bool> HasAsync(string serviceType, CancellationToken token) =>
        (await Tokens.GetAsync(token)).Catalogue.Has(serviceType);

    /// <summary>The microversions agreed with the service; null for one that has none.</summary>
    public async Task<SpokenVersion?> VersionAsync(string serviceType, CancellationToken token) =>
        (await OpenAsync(serviceType, token)).Version;

    public void Dispose()
    {
        foreach (var door in _doors.Values)
        {
            door.Dispose();
        }

        _identity.Dispose();
        _transport.Dispose();
    }

    /// <summary>Made anew where the catalogue moved the service. A service that cannot be opened is asked again.</summary>
    private async Task<ServiceDoor> OpenAsync(string serviceType, CancellationToken token)
    {
        var current = await Tokens.GetAsync(token);
        var root = CloudServices.Root(serviceType, current.Catalogue.Find(serviceType));
        var door = _doors.GetOrAdd(serviceType, Make, root);
        if (door.Root != root)
        {
            door = _doors.AddOrUpdate(
                serviceType,
                Make,
                (type, old, at) => old.Root == at ? old : Make(type, at),
                root
            );
        }

        await door.AgreeAsync(token);
        return door;
    }

    private ServiceDoor Make(string serviceType, Uri root) => new(serviceType, root, Tokens, _errors, _transport);
}

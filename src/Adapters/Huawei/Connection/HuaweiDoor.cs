using System.Collections.Concurrent;
using CloudManager.Adapters.Huawei.Identity;
using CloudManager.Adapters.Huawei.Signing;
using CloudManager.Adapters.Sdk;
using Refit;

namespace CloudManager.Adapters.Huawei;

/// <summary>
/// One pool's way into its cloud: signature, project, a Refit client per service. Whatever goes wrong comes out as an
/// <see cref="AdapterException"/> with the provider's code and request id, and never with a credential in it.
/// </summary>
internal sealed class HuaweiDoor : IDisposable
{
    private readonly ConcurrentDictionary<(string, Type), object> _clients = new();
    private readonly Dictionary<string, HttpClient> _https = [];
    private readonly SocketsHttpHandler _transport;
    private readonly ProjectSource _project;

    public HuaweiDoor(HuaweiSettings settings, string? caFile, TimeProvider machineTime)
    {
        MachineTime = machineTime;
        _transport = Transport.Create(caFile);
        _project = new ProjectSource(settings, this);
        var errors = new HuaweiErrors(settings, machineTime);
        foreach (var service in CloudServices.All)
        {
            var isScoped = settings.Signer == ScopedSdkHmacSigner.Setting;
            IRequestSigner signer = isScoped
                ? new ScopedSdkHmacSigner(settings.Keys, settings.Region, service)
                : new SdkHmacSigner(settings.Keys);
            var calls = new HuaweiCalls(
                CloudServices.NameOf(service),
                new CallSigning(signer, settings.Keys, machineTime) { SignsProject = !isScoped },
                service == CloudServices.Iam ? _ => Task.FromResult(Domain(settings)) : ProjectAsync,
                errors,
                _transport
            );
            // How long a call may take is decided outside the adapter.
            _https[service] = new HttpClient(calls, disposeHandler: false)
            {
                BaseAddress = CloudServices.Root(service, settings),
                Timeout = Timeout.InfiniteTimeSpan,
            };
        }
    }

    /// <summary>Machine time, for what is kept for a while.</summary>
    public TimeProvider MachineTime { get; }

    /// <summary>Calls the service for the pool's project.</summary>
    public async Task<TAnswer> AskAsync<TApi, TAnswer>(
        string service,
        Func<TApi, string, Task<TAnswer>> call,
        CancellationToken token
    )
    {
        token.ThrowIfCancellationRequested();
        return await call(Client<TApi>(service), await _project.GetAsync(token));
    }

    /// <summary>Calls the service where its answer says nothing.</summary>
    public async Task TellAsync<TApi>(string service, Func<TApi, string, Task> call, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        await call(Client<TApi>(service), await _project.GetAsync(token));
    }

    /// <summary>A client on the service.</summary>
    public T Client<T>(string service) =>
        (T)
            _clients.GetOrAdd(
                (service, typeof(T)),
                _ => RestService.For<T>(_https[service], WireRules.Settings(CloudServices.NameOf(service)))!
            );

    public void Dispose()
    {
        foreach (var http in _https.Values)
        {
            http.Dispose();
        }

        _project.Dispose();
        _transport.Dispose();
    }

    private static (string, string)? Domain(HuaweiSettings settings) =>
        settings.DomainId is { } domain ? ("X-Domain-Id", domain) : null;

    private async Task<(string, string)?> ProjectAsync(CancellationToken token) =>
        ("X-Project-Id", await _project.GetAsync(token));
}

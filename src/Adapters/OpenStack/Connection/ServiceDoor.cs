using System.Collections.Concurrent;
using CloudManager.Adapters.OpenStack.Identity;
using CloudManager.Adapters.Sdk;
using Refit;

namespace CloudManager.Adapters.OpenStack;

/// <summary>The way into one service at one address: its clients, and the version agreed with it.</summary>
internal sealed class ServiceDoor : IDisposable
{
    private readonly ConcurrentDictionary<Type, object> _clients = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly string _type;
    private readonly string _service;
    private readonly VersionWish? _wish;
    private readonly CloudCalls _calls;
    private readonly HttpClient _http;

    public ServiceDoor(
        string serviceType,
        Uri root,
        TokenSource tokens,
        OpenStackErrors errors,
        HttpMessageHandler transport
    )
    {
        (_type, Root, _service) = (serviceType, root, CloudServices.NameOf(serviceType));
        _wish = _service switch
        {
            CloudServices.Nova => VersionWish.Nova,
            CloudServices.Cinder => VersionWish.Cinder,
            _ => null,
        };
        _calls = new CloudCalls(_service, tokens, errors, transport)
        {
            // Placement speaks this since Queens; the others have no microversions.
            Version = serviceType == CloudServices.Placement ? "placement 1.17" : null,
        };
        _http = Over(_calls, root);
    }

    /// <summary>Where its calls start.</summary>
    public Uri Root { get; }

    /// <summary>What was agreed; null for a service without microversions.</summary>
    public SpokenVersion? Version { get; private set; }

    /// <summary>A client on this service.</summary>
    public T Client<T>() =>
        (T)_clients.GetOrAdd(typeof(T), _ => RestService.For<T>(_http, WireRules.Settings(_service))!);

    /// <summary>Agrees on a version once.</summary>
    /// <exception cref="AdapterException">The service is too old, or does not answer.</exception>
    public async Task AgreeAsync(CancellationToken cancellationToken)
    {
        if (_wish is null || Version is not null)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (Version is null)
            {
                var spoken = await AskAsync(_wish, cancellationToken);
                _calls.Version = $"{(_service == CloudServices.Nova ? "compute" : "volume")} {spoken.Chosen}";
                Version = spoken;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _gate.Dispose();
    }

    /// <summary>A client over these calls. How long one may take is decided outside the adapter.</summary>
    public static HttpClient Over(CloudCalls calls, Uri root) =>
        new(calls, disposeHandler: false) { BaseAddress = root, Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The versions stand where the version begins: <c>…/v2.1</c>, whatever project follows.</summary>
    private async Task<SpokenVersion> AskAsync(VersionWish wish, CancellationToken cancellationToken)
    {
        var segments = Root.Segments.TakeWhile(segment => !IsVersion(segment)).Count() + 1;
        var path = string.Concat(Root.Segments.Take(segments)).TrimEnd('/');
        using var http = Over(_calls, new Uri(Root, path.Length == 0 ? "/" : path));
        var api = RestService.For<IVersionApi>(http, WireRules.Settings(_service));
        var answer = await api.GetAsync(cancellationToken);
        var bodies = answer.Version is { } one ? [one] : answer.Versions ?? [];
        var major = $"{wish.Wanted.Major}.";
        var most = bodies
            .Select(body => (Body: body, Most: Microversion.Parse(body.Version)))
            .Where(it => it.Most is not null);
        var spoken = most.FirstOrDefault(it => it.Body.Version!.StartsWith(major, StringComparison.Ordinal));
        if (spoken.Most is not { } newest)
        {
            throw new AdapterException(
                FailureKind.Unsupported,
                $"{_service} at {Root} speaks no microversions ('{_type}' must be at least {wish.Needed})."
            );
        }

        return wish.Choose(_service, Microversion.Parse(spoken.Body.MinVersion) ?? new(wish.Wanted.Major, 0), newest);
    }

    private static bool IsVersion(string segment) =>
        segment.Length > 1 && segment[0] == 'v' && char.IsAsciiDigit(segment[1]);
}

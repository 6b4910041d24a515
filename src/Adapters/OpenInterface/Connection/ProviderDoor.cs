using System.Collections.Concurrent;
using System.Text.Json;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;
using Refit;

namespace CloudManager.Adapters.OpenInterface.Connection;

/// <summary>
/// One pool's way to its provider. Before anything else is asked, the provider has described itself in a version we know;
/// a service it does not offer is not called.
/// </summary>
internal sealed class ProviderDoor : IDisposable
{
    private readonly ConcurrentDictionary<Type, object> _clients = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SocketsHttpHandler _transport;
    private readonly HttpClient _http;
    private volatile ProviderDescription? _described;

    public ProviderDoor(OpenInterfaceSettings settings, string? caFile, TimeProvider machineTime)
    {
        _transport = Transport.Create(caFile, settings.UseProxy);
        var calls = new WireCalls(settings.Key, new OpenErrors(settings.Key, machineTime), _transport);
        // How long a call may take is decided outside the adapter.
        _http = new HttpClient(calls, disposeHandler: false)
        {
            BaseAddress = settings.BaseUrl,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>What the provider last said of itself; null before it was asked.</summary>
    public ProviderDescription? Described => _described;

    /// <summary>A client, once the provider described itself and offers the service.</summary>
    /// <exception cref="AdapterException">It speaks another version, or does not offer the service.</exception>
    public async Task<T> ClientAsync<T>(string service, CancellationToken token)
    {
        var described = _described ?? await DescribeOnceAsync(token);
        if (described.Missing(service) is { } reason)
        {
            throw new AdapterException(FailureKind.Unsupported, $"The provider does not offer '{service}': {reason}");
        }

        return Client<T>();
    }

    /// <summary>Asks the provider what it is, again.</summary>
    public async Task<ProviderDescription> DescribeAsync(CancellationToken token)
    {
        var element = await Client<IProviderApi>().DescribeAsync(token);
        return _described = Descriptions.Read(element);
    }

    public void Dispose()
    {
        _http.Dispose();
        _transport.Dispose();
        _gate.Dispose();
    }

    private async Task<ProviderDescription> DescribeOnceAsync(CancellationToken token)
    {
        await _gate.WaitAsync(token);
        try
        {
            return _described ?? await DescribeAsync(token);
        }
        finally
        {
            _gate.Release();
        }
    }

    private T Client<T>() => (T)_clients.GetOrAdd(typeof(T), _ => RestService.For<T>(_http, WireRules.Settings)!);
}

/// <summary>Reads what a provider says of itself.</summary>
internal static class Descriptions
{
    private const int LongestReason = 300;

    /// <exception cref="AdapterException">It is another interface, another version, or does not fit the contract.</exception>
    public static ProviderDescription Read(JsonElement element)
    {
        var (name, version) = (Text(element, "interface"), Text(element, "version"));
        if (name != ProviderDescription.Name)
        {
            throw Refused(
                $"What answers is no open interface: it calls itself '{Short(name)}', not '{ProviderDescription.Name}'."
            );
        }

        if (version is null || version.Split('.')[0] != "1")
        {
            throw Refused(
                $"The provider speaks version '{Short(version)}' of the open interface; this platform speaks {ProviderDescription.Spoken}."
            );
        }

        try
        {
            return Checked(element.Deserialize<ProviderDescription>(OpenWire.Json)!);
        }
        catch (JsonException fault)
        {
            throw Refused($"The provider's description does not fit the contract: {fault.Message}");
        }
    }

    private static ProviderDescription Checked(ProviderDescription it)
    {
        var limits = it.Limits;
        Fit.Unless(limits.LargestVolumeGiB is null or > 0, $"the largest volume is {limits.LargestVolumeGiB} GiB");
        Fit.Unless(limits.SettleSeconds is >= 0 and <= 600, $"settleSeconds is {limits.SettleSeconds}");
        var unknown = limits.WithoutToken.FirstOrDefault(kind => CreatedKinds.Of(kind) == CreationKinds.None);
        Fit.Unless(unknown is null, $"withoutToken has '{Short(unknown)}', which is no kind that is created");
        Fit.Unless(limits.PageSize is >= 1 and <= 1000, $"pageSize is {limits.PageSize}");
        Fit.Unless(
            limits.ServersPerUsageQuery is >= 1 and <= 10_000,
            $"serversPerUsageQuery is {limits.ServersPerUsageQuery}"
        );
        Fit.Unless(
            it.Services.Values.All(offer => offer is not null && offer.Reason is null or { Length: <= LongestReason }),
            $"a reason has more than {LongestReason} characters"
        );
        Fit.Unless(it.Cloud.Name.Length <= 100 && it.Cloud.Version is null or { Length: <= 100 }, "the cloud's name");
        return it;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string? Short(string? text) => text is { Length: > 50 } ? text[..50] : text;

    private static AdapterException Refused(string message) =>
        new(FailureKind.Unsupported, message) { ProviderCode = Fit.Code };
}

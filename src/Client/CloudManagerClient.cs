using System.Net.Http.Headers;
using CloudManager.Client.Billing;
using CloudManager.Client.Catalogue;
using CloudManager.Client.DemoClock;
using CloudManager.Client.Findings;
using CloudManager.Client.Forecasts;
using CloudManager.Client.Inventory;
using CloudManager.Client.Jobs;
using CloudManager.Client.Metering;
using CloudManager.Client.Notifications;
using CloudManager.Client.Pools;
using CloudManager.Client.Reports;
using CloudManager.Client.Requests;
using CloudManager.Client.Resources;
using CloudManager.Client.Sessions;
using CloudManager.Client.Systems;
using CloudManager.Client.WorkOrders;
using Refit;

namespace CloudManager.Client;

/// <summary>How a client reaches the platform.</summary>
public sealed record ClientOptions
{
    /// <summary>Where the platform serves, e.g. <c>http://127.0.0.1:5080</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>The session's token; null for calls that need none.</summary>
    public string? Token { get; init; }

    /// <summary>How long one call may take; an advance of the demonstration's clock may take as long as it needs.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Is given the text of every answer that holds one, as it came.</summary>
    public Action<string>? Heard { get; init; }
}

/// <summary>
/// The platform's API, station by station. A call that the platform refuses throws <see cref="ApiRefusedException"/>,
/// one that does not get there <see cref="ApiUnreachableException"/>; no exception holds the token.
/// </summary>
public sealed class CloudManagerClient : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);
    private readonly RefitSettings _settings = WireRules.Settings();
    private readonly HttpClient _calls;
    private readonly HttpClient _longCalls;

    public CloudManagerClient(ClientOptions options)
    {
        var handler = new HeardHandler(options.Heard)
        {
            // A redirect would take the token to another server.
            InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = ConnectPatience },
        };
        _calls = Over(handler, options, options.Patience);
        _longCalls = Over(handler, options, Timeout.InfiniteTimeSpan);
    }

    public ISessionsApi Sessions => Of<ISessionsApi>();

    public ICatalogueApi Catalogue => Of<ICatalogueApi>();

    public ISystemsApi Systems => Of<ISystemsApi>();

    public IPoolsApi Pools => Of<IPoolsApi>();

    public IConformanceApi Conformance => Of<IConformanceApi>();

    public IRequestsApi Requests => Of<IRequestsApi>();

    public IRequestStepsApi Steps => Of<IRequestStepsApi>();

    public IAdviceApi Advice => Of<IAdviceApi>();

    public IWorkOrdersApi WorkOrders => Of<IWorkOrdersApi>();

    public ITasksApi Tasks => Of<ITasksApi>();

    public IResourcesApi Resources => Of<IResourcesApi>();

    public ISamplesApi Samples => Of<ISamplesApi>();

    public IUtilisationApi Utilisation => Of<IUtilisationApi>();

    public IMeteringFilesApi MeteringFiles => RestService.For<IMeteringFilesApi>(_longCalls, _settings);

    public ICollectionApi Collection => Of<ICollectionApi>();

    public IBillsApi Bills => Of<IBillsApi>();

    public IReportsApi Reports => Of<IReportsApi>();

    public ICircularsApi Circulars => Of<ICircularsApi>();

    public IPlansApi Plans => Of<IPlansApi>();

    public IForecastsApi Forecasts => Of<IForecastsApi>();

    public IFindingsApi Findings => Of<IFindingsApi>();

    public IInventoryApi Inventory => Of<IInventoryApi>();

    public ITakeoversApi Takeovers => Of<ITakeoversApi>();

    public IJobsApi Jobs => RestService.For<IJobsApi>(_longCalls, _settings);

    public IDemoClockApi DemoClock => RestService.For<IDemoClockApi>(_longCalls, _settings);

    public INotificationsApi Notifications => Of<INotificationsApi>();

    public void Dispose()
    {
        _calls.Dispose();
        _longCalls.Dispose();
    }

    private T Of<T>() => RestService.For<T>(_calls, _settings);

    private static HttpClient Over(HttpMessageHandler handler, ClientOptions options, TimeSpan patience)
    {
        var client = new HttpClient(handler, disposeHandler: true) { BaseAddress = options.Server, Timeout = patience };
        if (options.Token is { } token)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }
}

using System.Security.Cryptography;
using System.Text;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Samples.OpenProvider;

/// <summary>The open interface over one cloud.</summary>
internal static class Provider
{
    private const int PageSize = 1000;

    public static WebApplication Build(ICloudAdapter cloud, string key, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.ConfigureHttpJsonOptions(json => Wire.Set(json.SerializerOptions));
        var app = builder.Build();
        app.Use((context, next) => AnswerAsync(context, next, $"Bearer {key}"));
        var api = app.MapGroup("/open/v1");
        api.MapGet("", () => Describe(cloud.Info));
        MapServers(api, cloud);
        MapVolumes(api, cloud);
        MapNetworks(api, cloud);
        MapWatching(api, cloud);
        return app;
    }

    /// <summary>Who has no key gets nothing; every failure is a problem with a code.</summary>
    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, string authorization)
    {
        context.Response.Headers["X-Request-Id"] = context.TraceIdentifier;
        try
        {
            var given = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
            if (!CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(authorization)))
            {
                throw new AdapterException(FailureKind.Unauthenticated, "The key is missing or wrong.");
            }

            await next(context);
        }
        catch (AdapterException failure)
        {
            await ProblemAsync(context, failure);
        }
        catch (Exception bad) when (bad is BadHttpRequestException or ArgumentException)
        {
            await ProblemAsync(context, new AdapterException(FailureKind.InvalidRequest, bad.Message));
        }
    }

    private static Task ProblemAsync(HttpContext context, AdapterException failure)
    {
        var status = Wire.Status(failure.Kind);
        var problem = new
        {
            status,
            detail = failure.Message,
            code = failure.Kind,
            retryAfter = failure.RetryAfter?.TotalSeconds,
            failure.ProviderCode,
        };
        return Results.Json(problem, contentType: "application/problem+json", statusCode: status).ExecuteAsync(context);
    }

    private static object Describe(AdapterInfo info)
    {
        var services = typeof(ICloudAdapter).GetProperties().Where(it => it.Name != nameof(ICloudAdapter.Info));
        return new
        {
            @interface = "cloudmanager-open-interface",
            version = "1.0",
            cloud = new { name = "Sample", version = "1" },
            services = services.ToDictionary(it => it.Name.ToLowerInvariant(), _ => new { offered = true }),
            limits = new { info.Limits.LargestVolumeGiB, info.Limits.ResizeNeedsStop },
        };
    }

    private static void MapServers(RouteGroupBuilder api, ICloudAdapter cloud)
    {
        var (servers, power, resizing, all) = (cloud.Servers!, cloud.Power!, cloud.Resizing!, cloud.Inventory!);
        Make<CloudServer, ServerSpec>(api, "servers", servers.CreateAsync);
        Find(api, "servers", servers.FindAsync, all.ListServersAsync, it => it.Id);
        Look(api, "servers", servers.GetAsync, servers.DeleteAsync);
        Act(api, "servers/{id}/start", power.StartAsync);
        Act(api, "servers/{id}/stop", power.StopAsync);
        Act(api, "servers/{id}/reboot", power.RebootAsync);
        Act(api, "servers/{id}/confirm-resize", resizing.ConfirmAsync);
        Act(api, "servers/{id}/revert-resize", resizing.RevertAsync);
        Act<Resize>(api, "servers/{id}/resize", (id, it, ct) => resizing.ResizeAsync(id, it.Flavour, it.Size, ct));
        api.MapPost(
            "servers/{id}/console",
            async (string id, CancellationToken token) => new { url = await cloud.Console!.OpenAsync(new(id), token) }
        );
    }

    private static void MapVolumes(RouteGroupBuilder api, ICloudAdapter cloud)
    {
        var (volumes, snapshots, holding, all) = (
            cloud.Volumes!,
            cloud.Snapshots!,
            cloud.Attachment!,
            cloud.Inventory!
        );
        Make<CloudVolume, VolumeSpec>(api, "volumes", volumes.CreateAsync);
        Find(api, "volumes", volumes.FindAsync, all.ListVolumesAsync, it => it.Id);
        Look(api, "volumes", volumes.GetAsync, volumes.DeleteAsync);
        Act<Extend>(api, "volumes/{id}/extend", (id, it, token) => volumes.ExtendAsync(id, it.SizeGiB, token));
        Act<OnServer>(api, "volumes/{id}/attach", (id, it, token) => holding.AttachAsync(id, it.Server, token));
        Act(api, "volumes/{id}/detach", holding.DetachAsync);
        Make<CloudSnapshot, SnapshotSpec>(api, "snapshots", snapshots.CreateAsync);
        Find(api, "snapshots", snapshots.FindAsync, _ => AsyncEnumerable.Empty<CloudSnapshot>(), it => it.Id);
        Look(api, "snapshots", snapshots.GetAsync, snapshots.DeleteAsync);
    }

    private static void MapNetworks(RouteGroupBuilder api, ICloudAdapter cloud)
    {
        var (networks, addresses, binding, all) = (cloud.Networks!, cloud.Addresses!, cloud.Binding!, cloud.Inventory!);
        Make<CloudNetwork, NetworkSpec>(api, "networks", networks.CreateAsync);
        Find(api, "networks", networks.FindAsync, all.ListNetworksAsync, it => it.Id);
        Look(api, "networks", networks.GetAsync, networks.DeleteAsync);
        Make<CloudAddress, AddressSpec>(api, "addresses", addresses.CreateAsync);
        Find(api, "addresses", addresses.FindAsync, all.ListAddressesAsync, it => it.Id);
        Look(api, "addresses", addresses.GetAsync, addresses.DeleteAsync);
        Act<Bandwidth>(api, "addresses/{id}/bandwidth", (id, it, ct) => addresses.SetBandwidthAsync(id, it.Mbps, ct));
        Act<OnServer>(api, "addresses/{id}/bind", (id, it, token) => binding.BindAsync(id, it.Server, token));
        Act(api, "addresses/{id}/unbind", binding.UnbindAsync);
    }

    private static void MapWatching(RouteGroupBuilder api, ICloudAdapter cloud)
    {
        var offerings = cloud.Offerings!;
        List(api, "images", offerings.ListImagesAsync, it => it.Id);
        List(api, "flavours", offerings.ListFlavoursAsync, it => it.Flavour);
        List(api, "volume-types", offerings.ListVolumeTypesAsync, it => it.Type);
        api.MapGet("capacity", (CancellationToken token) => cloud.Capacity!.GetAsync(token));
        api.MapGet(
            "server-changes",
            (DateTimeOffset since, string? cursor, int? limit, CancellationToken token) =>
                PageAsync(cloud.Changes!.ListAsync(since, token), it => it.Id.Value, cursor, limit, token)
        );
        api.MapPost(
            "usage/query",
            async (UsageQuestion it, CancellationToken token) =>
            {
                var samples = cloud.Usage!.ReadAsync(it.Servers, it.From, it.Until, token).SelectMany(batch => batch);
                return new { items = await samples.Select(Series).ToListAsync(token) };
            }
        );
    }

    /// <summary>One slot is the shortest series; a cloud of many servers writes its runs of slots as one each.</summary>
    private static object Series(UsageSample it) =>
        new
        {
            it.Server,
            from = it.Slot,
            cpuPercent = new[] { it.CpuPercent },
            memoryPercent = new[] { it.MemoryPercent },
            diskPercent = new[] { it.DiskPercent },
            networkInBytes = new[] { it.NetworkInBytes },
            networkOutBytes = new[] { it.NetworkOutBytes },
        };

    private static void Make<T, TSpec>(RouteGroupBuilder api, string kind, Create<T, TSpec> create) =>
        api.MapPost(
            kind,
            async (TSpec spec, HttpContext context, CancellationToken token) =>
                Results.Json(await create(spec, new(context.Request.Headers["Operation-Key"]!), token), statusCode: 201)
        );

    private static void Find<T>(RouteGroupBuilder api, string kind, Find<T> find, Lister<T> list, Func<T, NativeId> id)
        where T : class =>
        api.MapGet(
            kind,
            async (string? key, string? cursor, int? limit, CancellationToken token) =>
                key is null
                    ? await PageAsync(list(token), it => id(it).Value, cursor, limit, token)
                    : new { items = new[] { await find(new(key), token) }.OfType<T>() }
        );

    private static void Look<T>(RouteGroupBuilder api, string kind, Look<T> get, Act delete)
    {
        api.MapGet($"{kind}/{{id}}", (string id, CancellationToken token) => get(new(id), token));
        api.MapDelete($"{kind}/{{id}}", (string id, CancellationToken token) => delete(new(id), token));
    }

    private static void Act(RouteGroupBuilder api, string path, Act act) =>
        api.MapPost(path, (string id, CancellationToken token) => act(new(id), token));

    private static void Act<T>(RouteGroupBuilder api, string path, Func<NativeId, T, CancellationToken, Task> act) =>
        api.MapPost(path, (string id, T body, CancellationToken token) => act(new(id), body, token));

    private static void List<T>(RouteGroupBuilder api, string kind, Lister<T> list, Func<T, string> name) =>
        api.MapGet(
            kind,
            (string? cursor, int? limit, CancellationToken token) => PageAsync(list(token), name, cursor, limit, token)
        );

    /// <summary>Pages in the order of the identifiers, each after the last of the one before.</summary>
    private static async Task<object> PageAsync<T>(
        IAsyncEnumerable<T> all,
        Func<T, string> id,
        string? after,
        int? limit,
        CancellationToken token
    )
    {
        var most = Math.Clamp(limit ?? PageSize, 1, PageSize);
        var rest = all.Where(it => string.CompareOrdinal(id(it), after) > 0).OrderBy(id, StringComparer.Ordinal);
        var items = await rest.Take(most + 1).ToListAsync(token);
        return items.Count <= most ? new { items } : new { items = items[..most], next = id(items[most - 1]) };
    }
}

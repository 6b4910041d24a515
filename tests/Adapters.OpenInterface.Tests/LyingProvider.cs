using System.Globalization;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Tests.Conformance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CloudManager.Adapters.OpenInterface.Tests;

/// <summary>A lie a provider may tell, and the check that finds it.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="Words">What its message says.</param>
/// <param name="Tell">How the cloud behind the interface lies.</param>
/// <param name="OnTheWire">How the interface itself lies.</param>
internal sealed record Lie(
    string Check,
    string Words,
    Func<ICloudAdapter, ICloudAdapter>? Tell = null,
    Func<HttpContext, RequestDelegate, Task>? OnTheWire = null
);

/// <summary>Providers that do not do what they say.</summary>
internal static class LyingProvider
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static IReadOnlyDictionary<string, Lie> All { get; } =
        new Dictionary<string, Lie>
        {
            ["says created and did not"] = new("servers.come-up", "NotFound", OnTheWire: CreatedNothingAsync),
            ["says created and did not, volumes"] = new("volumes.come-as-ordered", "NotFound", CreatedNoVolume),
            ["ignores the key"] = new("servers.come-up", "asked for the server of key", OnTheWire: WithoutKeyAsync),
            ["ignores the key and repeats it in its answers"] = new("idempotency.servers", "One key made", EchoesKey),
            ["finds another tenant's server by any key"] = new(
                "idempotency.servers",
                "A key nobody used finds",
                FindsOthers
            ),
            ["shows another tenant's server"] = new("servers.come-up", "it shows 'city-srv-", ShowsOthers),
            ["reports 300 % CPU"] = new("usage.percent-of-what-was-allocated", "300 % of its cores", Busy),
            ["pages for ever"] = new("inventory.comes-to-its-end", "did not end within", OnTheWire: PagesForEverAsync),
            ["says deleted and did not"] = new("errors.deleted-volumes-are-gone", "in vain", DeletesNothing),
            ["gives less than ordered"] = new("servers.run-the-ordered-size", "The size of the server", GivesLess),
        };

    public static async Task<CSharpProvider> StartAsync(Lie lie, ICloudAdapter cloud)
    {
        var lying = lie.Tell?.Invoke(cloud) ?? cloud;
        return await CSharpProvider.StartAsync(
            lying,
            app =>
            {
                if (lie.OnTheWire is { } wire)
                {
                    app.Use(wire);
                }
            }
        );
    }

    /// <summary>Answers a create with a server that nobody made.</summary>
    private static async Task CreatedNothingAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request is not { Method: "POST", Path.Value: "/open/v1/servers" })
        {
            await next(context);
            return;
        }

        var key = new OperationKey(context.Request.Headers[OpenWire.KeyHeader].ToString());
        var server = new CloudServer
        {
            Id = new NativeId($"air-{key}"),
            Name = key.Value,
            State = CloudState.Pending,
            Size = new ServerSize(2, 4),
            Key = key,
        };
        context.Response.StatusCode = 201;
        await context.Response.WriteAsJsonAsync(server, OpenWire.Json, None);
    }

    /// <summary>Makes what is asked for, and keeps no key.</summary>
    private static Task WithoutKeyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Method == "POST" && context.Request.Headers.ContainsKey(OpenWire.KeyHeader))
        {
            context.Request.Headers[OpenWire.KeyHeader] = $"{Guid.NewGuid()}";
        }

        return next(context);
    }

    /// <summary>Every page of servers has a new one, and says that another follows.</summary>
    private static async Task PagesForEverAsync(HttpContext context, RequestDelegate next)
    {
        var query = context.Request.Query;
        if (context.Request is not { Method: "GET", Path.Value: "/open/v1/servers" } || query.ContainsKey("key"))
        {
            await next(context);
            return;
        }

        var first = int.Parse($"0{query["cursor"]}", CultureInfo.InvariantCulture);
        var items = Enumerable.Range(first, 100).Select(number => Stray($"stray-{number}"));
        var page = new PageOf<CloudServer>([.. items], $"{first + 100}");
        await context.Response.WriteAsJsonAsync(page, OpenWire.Json, None);
    }

    private static CloudServer Stray(string id) =>
        new()
        {
            Id = new NativeId(id),
            Name = id,
            State = CloudState.Active,
            Size = new ServerSize(1, 1),
        };

    private static ICloudAdapter CreatedNoVolume(ICloudAdapter cloud) =>
        new TwistedCloud(cloud)
        {
            Volumes = Twist<IVolumeService>.Of(
                cloud.Volumes!,
                "CreateAsync",
                (arguments, _) =>
                    Task.FromResult(
                        new CloudVolume
                        {
                            Id = new NativeId($"air-{arguments[1]}"),
                            Name = ((VolumeSpec)arguments[0]!).Name,
                            State = CloudState.Active,
                            SizeGiB = ((VolumeSpec)arguments[0]!).SizeGiB,
                            Key = (OperationKey)arguments[1]!,
                        }
                    )
            ),
        };

    private static ICloudAdapter EchoesKey(ICloudAdapter cloud)
    {
        var calls = 0;
        var creating = Twist<IServerService>.Of(
            cloud.Servers!,
            "CreateAsync",
            (arguments, real) =>
            {
                var asked = (OperationKey)arguments[1]!;
                var fresh = Interlocked.Increment(ref calls);
                arguments[1] = fresh <= 2 ? asked : new OperationKey($"{asked}-{fresh}");
                return WithAsync((Task<CloudServer>)real()!, it => it with { Key = asked });
            }
        );
        return new TwistedCloud(cloud) { Servers = creating };
    }

    private static ICloudAdapter FindsOthers(ICloudAdapter cloud) =>
        new TwistedCloud(cloud)
        {
            Servers = Twist<IServerService>.Of(
                cloud.Servers!,
                "FindAsync",
                (arguments, real) => FoundAsync((Task<CloudServer?>)real()!, (OperationKey)arguments[0]!)
            ),
        };

    private static async Task<CloudServer?> FoundAsync(Task<CloudServer?> real, OperationKey key) =>
        await real ?? Stray("other-tenants") with { Key = key };

    private static ICloudAdapter ShowsOthers(ICloudAdapter cloud) =>
        new TwistedCloud(cloud)
        {
            Servers = Twist<IServerService>.Of(
                cloud.Servers!,
                "GetAsync",
                (arguments, real) =>
                {
                    var isKnown = ((NativeId)arguments[0]!).Value.StartsWith("city-srv-", StringComparison.Ordinal);
                    arguments[0] = isKnown ? new NativeId("city-srv-1") : arguments[0];
                    return real();
                }
            ),
        };

    private static ICloudAdapter Busy(ICloudAdapter cloud) =>
        new TwistedCloud(cloud)
        {
            Usage = Twist<IUsageSource>.Of(
                cloud.Usage!,
                "ReadAsync",
                (arguments, _) =>
                {
                    var server = ((IReadOnlyList<NativeId>)arguments[0]!)[0];
                    var slot = (DateTimeOffset)arguments[1]!;
                    var start = slot.AddTicks(
                        TimeSpan.FromMinutes(5).Ticks - (slot.UtcTicks % TimeSpan.FromMinutes(5).Ticks)
                    );
                    IReadOnlyList<UsageSample> batch =
                    [
                        new(server, start.ToUniversalTime(), 300, 40, null, null, null),
                    ];
                    return new[] { batch }.ToAsyncEnumerable();
                }
            ),
        };

    private static ICloudAdapter DeletesNothing(ICloudAdapter cloud) =>
        new TwistedCloud(cloud)
        {
            Volumes = Twist<IVolumeService>.Of(cloud.Volumes!, "DeleteAsync", (_, _) => Task.CompletedTask),
        };

    private static ICloudAdapter GivesLess(ICloudAdapter cloud) =>
        new TwistedCloud(cloud)
        {
            Servers = Twist<IServerService>.Of(
                cloud.Servers!,
                "CreateAsync",
                (arguments, real) =>
                {
                    arguments[0] = (ServerSpec)arguments[0]! with { Flavour = "m1-1" };
                    return real();
                }
            ),
        };

    private static async Task<T> WithAsync<T>(Task<T> answer, Func<T, T> change) => change(await answer);
}

using CloudManager.Labs.Aws.State;
using CloudManager.Labs.Aws.Wire;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CloudManager.Labs.Aws;

/// <summary>
/// A simulator of one region of Amazon EC2 (Query API 2016-11-15) and CloudWatch (2010-08-01) on one address, which
/// verifies every signature. State is in memory and ends with it.
/// </summary>
public static class Ec2Simulator
{
    /// <summary>Starts it; it listens when this returns.</summary>
    public static async Task<RunningSimulator> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Url);
        var app = builder.Build();
        var running = new RunningSimulator(app, options);
        running.Map(app);
        await app.StartAsync(cancellationToken);
        return running;
    }
}

/// <summary>A simulator that runs; disposing stops it.</summary>
public sealed class RunningSimulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Region _region;
    private readonly QueryEndpoint _endpoint;

    internal RunningSimulator(WebApplication app, SimulatorOptions options)
    {
        (_app, Options) = (app, options);
        _region = new Region(options);
        _endpoint = new QueryEndpoint(_region, Counters);
    }

    public SimulatorOptions Options { get; }

    public Counters Counters { get; } = new();

    /// <summary>The subnet that is there from the beginning.</summary>
    public static string Subnet => Region.HomeSubnet;

    /// <summary>An image that is there from the beginning.</summary>
    public static string Image => "ami-0000000000kylin10";

    /// <summary>Where it listens; EC2 and CloudWatch both.</summary>
    public Uri BaseUrl =>
        new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public Task WaitAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    internal void Map(WebApplication app)
    {
        app.MapPost("/", context => _endpoint.AnswerAsync(context));
        app.MapGet(
            "/_lab/counters",
            () =>
                Results.Json(
                    new
                    {
                        all = Counters.All,
                        signatureRefusals = Counters.SignatureRefusals,
                        calls = Counters.Calls,
                    }
                )
        );
        app.MapGet(
            "/_lab/things",
            () =>
            {
                lock (_region.Lock)
                {
                    _region.Sweep();
                    var things = new
                    {
                        instances = _region.Instances.Values.Count(each => each.Target != "terminated"),
                        volumes = _region.Volumes.Count,
                        snapshots = _region.Snapshots.Count,
                        vpcs = _region.Vpcs.Count,
                        subnets = _region.Subnets.Count,
                        groups = _region.Groups.Count,
                        gateways = _region.Gateways.Count,
                        addresses = _region.Addresses.Count,
                    };
                    return Results.Json(things);
                }
            }
        );
    }
}

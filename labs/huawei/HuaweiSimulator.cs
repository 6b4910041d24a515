using CloudManager.Labs.Huawei.Ces;
using CloudManager.Labs.Huawei.Control;
using CloudManager.Labs.Huawei.Ecs;
using CloudManager.Labs.Huawei.Evs;
using CloudManager.Labs.Huawei.Iam;
using CloudManager.Labs.Huawei.Ims;
using CloudManager.Labs.Huawei.Network;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei;

/// <summary>A Huawei Cloud of one process: IAM, ECS, EVS, VPC, EIP, IMS and CES on one address, state in memory.</summary>
public static class HuaweiSimulator
{
    /// <summary>Starts a cloud on a free port of 127.0.0.1.</summary>
    public static Task<RunningSimulator> StartAsync(SimulatorOptions options, CancellationToken cancellationToken) =>
        StartAsync(options, "http://127.0.0.1:0", cancellationToken);

    /// <summary>Starts a cloud on the address given; port 0 takes a free one.</summary>
    public static async Task<RunningSimulator> StartAsync(
        SimulatorOptions options,
        string url,
        CancellationToken cancellationToken
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        var cloud = new Cloud(options);
        app.UseRouting();
        app.Use(next => new Gateway(cloud, next).InvokeAsync);
        var routes = new RouteTable(app, cloud);
        IamRoutes.Map(routes);
        EcsRoutes.Map(routes);
        EvsRoutes.Map(routes);
        NetworkRoutes.Map(routes);
        ImsRoutes.Map(routes);
        CesRoutes.Map(routes);
        ControlRoutes.Map(routes);
        await app.StartAsync(cancellationToken);
        return new RunningSimulator(app, cloud);
    }
}

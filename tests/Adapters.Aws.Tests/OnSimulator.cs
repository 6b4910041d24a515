using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Labs.Aws;

namespace CloudManager.Adapters.Aws.Tests;

/// <summary>A simulated region and an adapter on it, both ended with the test.</summary>
internal sealed class OnSimulator : IAsyncDisposable
{
    public static readonly ServerSpec Server = new()
    {
        Name = "os-a",
        Flavour = "t3.small",
        Size = new ServerSize(2, 2),
        Image = RunningSimulator.Image,
        SystemDiskGiB = 20,
    };

    /// <summary>What a region holds that nobody touched, but for the group that the pool's own VPC keeps.</summary>
    public const string Untouched =
        """{"instances":0,"volumes":0,"snapshots":0,"vpcs":1,"subnets":1,"groups":1,"gateways":1,"addresses":0}""";

    private OnSimulator(RunningSimulator simulator, object? settings, TimeProvider? machineTime)
    {
        Simulator = simulator;
        Adapter = Open(settings ?? Settings(simulator), machineTime);
    }

    public RunningSimulator Simulator { get; }

    public ICloudAdapter Adapter { get; }

    public static async Task<OnSimulator> StartAsync(
        SimulatorOptions? options = null,
        Func<RunningSimulator, object>? settings = null,
        TimeProvider? machineTime = null
    )
    {
        var quick = new SimulatorOptions { Settle = TimeSpan.FromMilliseconds(60) };
        var simulator = await Ec2Simulator.StartAsync(options ?? quick, CancellationToken.None);
        return new OnSimulator(simulator, settings?.Invoke(simulator), machineTime);
    }

    public static ICloudAdapter Open(object settings, TimeProvider? machineTime = null) =>
        new AwsAdapterFactory().Create(
            new AdapterContext(
                "aws-sim",
                JsonSerializer.SerializeToElement(settings),
                ".",
                TimeProvider.System,
                machineTime ?? TimeProvider.System
            )
        );

    public static object Settings(RunningSimulator simulator) =>
        new
        {
            region = simulator.Options.Region,
            endpoint = simulator.BaseUrl.ToString(),
            monitoringEndpoint = simulator.BaseUrl.ToString(),
            accessKey = simulator.Options.AccessKey,
            secretKey = simulator.Options.SecretKey,
            subnet = RunningSimulator.Subnet,
            internetGateway = true,
            securityGroup = new
            {
                name = "cloudmanager",
                rules = new[]
                {
                    new
                    {
                        protocol = "tcp",
                        ports = "22-22",
                        from = "10.0.0.0/8",
                    },
                },
            },
        };

    public async Task<CloudServer> ServerInAsync(NativeId id, CloudState state)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var seen = await Adapter.Servers!.GetAsync(id, CancellationToken.None);
            if (seen.State == state)
            {
                return seen;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"'{id}' is not {state}.");
    }

    /// <summary>How many things of each kind the region holds.</summary>
    public async Task<string> ThingsAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return await http.GetStringAsync(new Uri(Simulator.BaseUrl, "/_lab/things"));
    }

    public static async Task UntilGoneAsync(Func<Task> look)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (await Record.ExceptionAsync(look) is AdapterException { Kind: FailureKind.NotFound })
            {
                return;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("It is not gone.");
    }

    public async ValueTask DisposeAsync()
    {
        await Adapter.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}

using System.Text.Json.Nodes;
using CloudManager.Labs.Aws;

namespace CloudManager.Clouds.Tests.Support;

/// <summary>The simulated region of Amazon EC2.</summary>
internal sealed class AwsCloud(RunningSimulator simulator) : IOtherCloud
{
    public static async Task<IOtherCloud> StartAsync() =>
        new AwsCloud(
            await Ec2Simulator.StartAsync(
                new SimulatorOptions { Usage = Course.At, MeasuresAlways = true },
                CancellationToken.None
            )
        );

    public IReadOnlyDictionary<string, JsonNode> Declare(JsonObject pool, string folder)
    {
        pool["adapter"] = "Aws";
        pool["settings"] = new JsonObject
        {
            ["region"] = simulator.Options.Region,
            ["endpoint"] = simulator.BaseUrl.ToString(),
            ["monitoringEndpoint"] = simulator.BaseUrl.ToString(),
            ["accessKey"] = Declared.Secret(folder, "aws.ak", simulator.Options.AccessKey),
            ["secretKey"] = Declared.Secret(folder, "aws.sk", simulator.Options.SecretKey),
            ["subnet"] = RunningSimulator.Subnet,
        };
        pool["mapping"] = Declared.Mapping(
            [(2, 4, "t3.medium"), (4, 8, "c6i.xlarge"), (8, 16, "c6i.2xlarge")],
            RunningSimulator.Image,
            "gp3"
        );
        return new Dictionary<string, JsonNode>();
    }

    public Task<int> CountServersAsync() => Task.FromResult(simulator.Servers);

    public ValueTask DisposeAsync() => simulator.DisposeAsync();
}

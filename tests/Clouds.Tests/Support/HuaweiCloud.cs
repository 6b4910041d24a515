using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei;

namespace CloudManager.Clouds.Tests.Support;

/// <summary>The simulated Huawei Cloud.</summary>
internal sealed class HuaweiCloud(RunningSimulator simulator) : IOtherCloud
{
    private static readonly string[] Services = ["iam", "ecs", "evs", "vpc", "ims", "ces"];

    public static async Task<IOtherCloud> StartAsync() =>
        new HuaweiCloud(
            await HuaweiSimulator.StartAsync(
                new SimulatorOptions
                {
                    Usage = Course.At,
                    AgentPercent = 100,
                    MeasuresAlways = true,
                },
                CancellationToken.None
            )
        );

    public IReadOnlyDictionary<string, JsonNode> Declare(JsonObject pool, string folder)
    {
        var url = simulator.BaseUrl.ToString().TrimEnd('/');
        pool["adapter"] = "Huawei";
        pool["settings"] = new JsonObject
        {
            ["region"] = simulator.Options.Region,
            ["accessKey"] = Declared.Secret(folder, "huawei.ak", simulator.Options.AccessKey),
            ["secretKey"] = Declared.Secret(folder, "huawei.sk", simulator.Options.SecretKey),
            ["endpoints"] = new JsonObject(Services.Select(s => KeyValuePair.Create(s, (JsonNode?)url))),
            ["vpc"] = simulator.DefaultVpc,
        };
        pool["mapping"] = Declared.Mapping(
            [(2, 4, "s6.large.2"), (4, 8, "s6.xlarge.2"), (8, 16, "s6.2xlarge.2")],
            RunningSimulator.Image(),
            "SSD"
        );
        return new Dictionary<string, JsonNode>();
    }

    public Task<int> CountServersAsync() => Task.FromResult(simulator.Servers);

    public ValueTask DisposeAsync() => simulator.DisposeAsync();
}

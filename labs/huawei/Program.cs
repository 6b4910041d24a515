using CloudManager.Labs.Huawei;
using CloudManager.Labs.Huawei.State;

// dotnet run --project labs/huawei -- --urls http://127.0.0.1:18080 [--PremadeServers 100000] [--JobTime 00:00:05] …
// Every option of SimulatorOptions may be given by its name.
var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
var options = new SimulatorOptions();
settings.Bind(options);
await using var simulator = await HuaweiSimulator.StartAsync(
    options,
    settings["urls"] ?? "http://127.0.0.1:18080",
    CancellationToken.None
);
Console.WriteLine($"A Huawei Cloud answers on {simulator.BaseUrl}");
Console.WriteLine($"  region {options.Region}, project {options.ProjectId}");
Console.WriteLine($"  VPC {simulator.DefaultVpc}, subnet {simulator.DefaultSubnet}");
for (var number = 1; number <= 6; number++)
{
    Console.WriteLine($"  image {Furniture.ImageId(number)}");
}

await simulator.WaitAsync(CancellationToken.None);

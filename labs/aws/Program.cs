using CloudManager.Labs.Aws;

var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
var defaults = new SimulatorOptions();
var options = defaults with
{
    Url = settings["urls"] ?? "http://127.0.0.1:18081",
    Region = settings["region"] ?? defaults.Region,
    AccessKey = settings["access-key"] ?? defaults.AccessKey,
    SecretKey = settings["secret-key"] ?? defaults.SecretKey,
    SessionToken = settings["session-token"],
    Settle = TimeSpan.FromMilliseconds(settings.GetValue("settle", 3_000)),
    Unseen = TimeSpan.FromMilliseconds(settings.GetValue("unseen", 0)),
    Latency = TimeSpan.FromMilliseconds(settings.GetValue("latency", 0)),
    ThrottleEvery = settings.GetValue("throttle-every", 0),
    PremadeServers = settings.GetValue("servers", 0),
    Seed = settings.GetValue("seed", 1),
};
await using var simulator = await Ec2Simulator.StartAsync(options, CancellationToken.None);
await Console.Out.WriteLineAsync($"EC2 and CloudWatch of {options.Region} on {simulator.BaseUrl}");
await simulator.WaitAsync(CancellationToken.None);

// A provider that serves the open interface (开放接口) of docs/open-interface/openapi.json. Your own cloud stands where the
// simulated one stands here. Run it: dotnet run --project samples/open-provider-csharp -- --port 18090 --key secret
using System.Text.Json;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Samples.OpenProvider;

var options = new ConfigurationBuilder().AddCommandLine(args).Build();
var context = new AdapterContext("open", JsonElement.Parse("{}"), ".", TimeProvider.System, TimeProvider.System);
await using var cloud = new MockAdapterFactory().Create(context);
await using var app = Provider.Build(
    cloud,
    options["key"] ?? "secret",
    $"http://127.0.0.1:{options["port"] ?? "18090"}"
);
await app.RunAsync();

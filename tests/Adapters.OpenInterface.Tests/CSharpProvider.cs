using System.Text.Json;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Samples.OpenProvider;
using Microsoft.AspNetCore.Builder;

namespace CloudManager.Adapters.OpenInterface.Tests;

/// <summary>The sample provider in C#, within the test on a free port.</summary>
internal sealed class CSharpProvider : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CSharpProvider(ICloudAdapter cloud, WebApplication app) => (Cloud, _app) = (cloud, app);

    /// <summary>The simulated cloud behind it.</summary>
    public ICloudAdapter Cloud { get; }

    public string Address => _app.Urls.Single();

    public static async Task<CSharpProvider> StartAsync(string mock = """{"createSeconds": 0.1}""")
    {
        var context = new AdapterContext(
            "city",
            JsonElement.Parse(mock),
            ".",
            TimeProvider.System,
            TimeProvider.System
        );
        return await StartAsync(new MockAdapterFactory().Create(context), _ => { });
    }

    /// <summary>The same over any cloud, with something between key and calls.</summary>
    public static async Task<CSharpProvider> StartAsync(ICloudAdapter cloud, Action<WebApplication> between)
    {
        var app = Provider.Build(cloud, OpenPool.Key, "http://127.0.0.1:0");
        between(app);
        await app.StartAsync(OpenPool.None);
        return new CSharpProvider(cloud, app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Cloud.DisposeAsync();
    }
}

using System.Reflection;
using System.Text.Json;
using CloudManager.Adapters.Sdk;
using Newtonsoft.Json.Linq;

namespace CloudManager.TestPlugins;

/// <summary>Works with a library that the host has too, in the version it brings itself.</summary>
public sealed class LibraryFactory : IAdapterFactory
{
    public string Kind => "OtherLibrary";

    public IReadOnlyList<SettingFault> Validate(JsonElement settings) => [];

    public ICloudAdapter Create(AdapterContext context) => new LibraryAdapter();
}

internal sealed class LibraryAdapter : ICloudAdapter
{
    /// <summary>The cloud's version is the library's, as this plug-in sees it.</summary>
    public AdapterInfo Info { get; } = new("OtherLibrary", Library(), new CloudLimits());

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Library() =>
        JToken.Parse("{}").GetType().Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version;
}

using CloudManager.Adapters.Hosting.Plugins;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Declaration;

/// <summary>
/// adapters.json: the resource pools (资源池, art. 14–16) of this installation, the adapter that reaches each, and how
/// catalogue items map onto it. Its published schema is docs/adapters.schema.json.
/// </summary>
public static class AdaptersFile
{
    /// <summary>Reads and checks the file.</summary>
    /// <param name="path">The file. Relative paths of secrets start from its folder.</param>
    /// <param name="factories">The adapters there are.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The pools and what reaches them. A plug-in that cannot be loaded is among it, with the reason.</returns>
    /// <exception cref="AdaptersFileException">The file has faults: all of them are listed.</exception>
    public static Task<DeclaredAdapters> LoadAsync(
        string path,
        IEnumerable<IAdapterFactory> factories,
        CancellationToken cancellationToken
    ) => LoadAsync(path, [.. factories], new WardLimits(), cancellationToken);

    internal static async Task<DeclaredAdapters> LoadAsync(
        string path,
        IReadOnlyList<IAdapterFactory> factories,
        WardLimits limits,
        CancellationToken cancellationToken
    )
    {
        var faults = new List<AdaptersFault>();
        var text = await ReadAsync(path, cancellationToken);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (StrictJson.Parse(text, faults) is not { } file)
        {
            throw new AdaptersFileException(path, faults);
        }

        await SchemaCheck.RunAsync(file, faults, cancellationToken);
        var known = factories.ToDictionary(factory => factory.Kind);
        PluginChecks.CheckKinds(file, known.Keys, faults);
        new PoolChecks(known, PluginChecks.Kinds(file), folder, faults).Run(file);
        OpenClients.Check(file, folder, faults);
        Refuse(path, faults);
        var loader = new PluginLoader(limits.LoadTime, AdapterContract.Version);
        var plugins = await loader.LoadAsync(PluginDeclaration.ReadAll(file, folder), cancellationToken);
        var byKind = plugins.ToDictionary(plugin => plugin.Kind);
        await PluginChecks.CheckSettingsAsync(file, byKind, limits.LoadTime, faults);
        Refuse(path, faults);
        var builds = plugins.ToDictionary(plugin => plugin.Kind, plugin => plugin.Declared.Build);
        var pools = file.GetProperty("pools").EnumerateArray().Select(pool => PoolReader.Read(pool, folder, builds));
        return new DeclaredAdapters([.. pools], [.. factories, .. plugins]);
    }

    private static void Refuse(string path, List<AdaptersFault> faults)
    {
        if (faults.Count > 0)
        {
            throw new AdaptersFileException(path, faults);
        }
    }

    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var fault = new AdaptersFault("(file)", null, $"a file that can be read: {failure.Message}");
            throw new AdaptersFileException(path, [fault]);
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>A plug-in (适配器插件, art. 16) as adapters.json declares it.</summary>
/// <param name="Kind">The adapter's name as pools write it.</param>
/// <param name="Assembly">The assembly's full path.</param>
/// <param name="Sha256">The assembly's SHA-256 in hexadecimal.</param>
/// <param name="Contract">The version of the adapter contract it was built against.</param>
/// <param name="Files">The SHA-256 of each other assembly in its folder, by the path within the folder.</param>
internal sealed record PluginDeclaration(
    string Kind,
    string Assembly,
    string Sha256,
    int Contract,
    IReadOnlyDictionary<string, string> Files
)
{
    /// <summary>The folder that holds the plug-in and what it brings.</summary>
    public string Folder => Path.GetDirectoryName(Assembly)!;

    /// <summary>What a report on a pool of this plug-in holds for: the hashes of all its code, in one.</summary>
    public string Build
    {
        get
        {
            var files = Files.OrderBy(it => it.Key, StringComparer.Ordinal).Select(it => $"{it.Key} {it.Value}");
            var all = string.Join('\n', files.Prepend(Sha256)).ToLowerInvariant();
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
        }
    }

    /// <summary>The plug-ins of a file without faults.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="folder">The folder of the file, from which relative paths start.</param>
    public static IReadOnlyList<PluginDeclaration> ReadAll(JsonElement file, string folder) =>
        file.TryGetProperty("plugins", out var plugins)
            ? [.. plugins.EnumerateArray().Select(plugin => Read(plugin, folder))]
            : [];

    private static PluginDeclaration Read(JsonElement plugin, string folder) =>
        new(
            plugin.GetProperty("kind").GetString()!,
            Path.GetFullPath(plugin.GetProperty("assembly").GetString()!, folder),
            plugin.GetProperty("sha256").GetString()!,
            (int)plugin.GetProperty("contract").GetDouble(),
            plugin.TryGetProperty("files", out var files)
                ? files.EnumerateObject().ToDictionary(it => it.Name, it => it.Value.GetString()!)
                : []
        );
}

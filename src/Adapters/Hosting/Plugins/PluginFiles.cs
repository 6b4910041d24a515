using System.Security.Cryptography;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>
/// The files of a plug-in against their declared hashes. All code in its folder must be declared: a hash over the plug-in
/// alone would say nothing of the libraries it calls.
/// </summary>
internal static class PluginFiles
{
    private static readonly string[] Code = [".dll", ".exe", ".so", ".dylib"];
    private static readonly string ContractFile = $"{typeof(ICloudAdapter).Assembly.GetName().Name}.dll";

    /// <summary>The plug-in's assembly, once it and all beside it have the declared hashes.</summary>
    /// <exception cref="PluginRefusedException">A file is missing, not declared, or not what was declared.</exception>
    public static byte[] Verify(PluginDeclaration plugin)
    {
        var bytes = ReadVerified(plugin, plugin.Assembly);
        foreach (var name in plugin.Files.Keys.Order(StringComparer.Ordinal))
        {
            ReadVerified(plugin, Path.GetFullPath(name, plugin.Folder));
        }

        var stray = Directory
            .EnumerateFiles(plugin.Folder, "*", SearchOption.AllDirectories)
            .Where(path => Code.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            .Select(path => NameOf(plugin, path))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault(name =>
                name != NameOf(plugin, plugin.Assembly) && name != ContractFile && !plugin.Files.ContainsKey(name)
            );
        return stray is null
            ? bytes
            : throw new PluginRefusedException(
                (
                    $"插件目录中的 {stray} 未在 files 中登记 SHA-256",
                    $"{stray} lies in the plug-in's folder without a SHA-256 under files"
                )
            );
    }

    /// <summary>The bytes of a declared file.</summary>
    /// <exception cref="PluginRefusedException">It is missing, not declared, or not what was declared.</exception>
    public static byte[] ReadVerified(PluginDeclaration plugin, string path)
    {
        var name = NameOf(plugin, path);
        var declared = path == plugin.Assembly ? plugin.Sha256 : plugin.Files.GetValueOrDefault(name);
        var bytes = Read(path, name);
        var found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return string.Equals(found, declared, StringComparison.OrdinalIgnoreCase)
            ? bytes
            : throw new PluginRefusedException(
                (
                    $"{name} 的 SHA-256 与登记不符：实际 {found}，登记 {declared ?? "无"}",
                    $"{name} is not the file that was declared: its SHA-256 is {found}, declared is {declared ?? "none"}"
                )
            );
    }

    private static string NameOf(PluginDeclaration plugin, string path) =>
        Path.GetRelativePath(plugin.Folder, path).Replace('\\', '/');

    private static byte[] Read(string path, string name)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var why = failure.GetType().Name;
            throw new PluginRefusedException(
                ($"无法读取文件 {name}（{why}）", $"the file {name} cannot be read ({why})")
            );
        }
    }
}

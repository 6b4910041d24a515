using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>Which version of the adapter contract an assembly was built against, read before any of its code runs.</summary>
internal static class PluginContract
{
    private static readonly string Contract = typeof(ICloudAdapter).Assembly.GetName().Name!;

    /// <exception cref="PluginRefusedException">The contract is higher than the platform's, or other than declared.</exception>
    public static void Check(PluginDeclaration plugin, byte[] assembly, int supported)
    {
        var built = BuiltAgainst(assembly);
        if (built is null)
        {
            throw new PluginRefusedException(
                (
                    "该程序集未引用适配器接口，不是适配器插件",
                    "the assembly does not use the adapter contract: it is no adapter plug-in"
                )
            );
        }

        if (built > supported)
        {
            throw new PluginRefusedException(
                (
                    $"插件按适配器接口第 {built} 版编译，本平台支持到第 {supported} 版，请升级平台或使用旧版插件",
                    $"it was built against version {built} of the adapter contract, this platform knows up to {supported}: update the platform or take an older plug-in"
                )
            );
        }

        if (built != plugin.Contract)
        {
            throw new PluginRefusedException(
                (
                    $"插件按适配器接口第 {built} 版编译，登记的却是第 {plugin.Contract} 版",
                    $"it was built against version {built} of the adapter contract, declared is {plugin.Contract}"
                )
            );
        }
    }

    private static int? BuiltAgainst(byte[] assembly)
    {
        try
        {
            using var file = new PEReader(new MemoryStream(assembly, writable: false));
            var reader = file.GetMetadataReader();
            return reader
                .AssemblyReferences.Select(reader.GetAssemblyReference)
                .Where(reference => reader.GetString(reference.Name) == Contract)
                .Select(reference => (int?)reference.Version.Major)
                .FirstOrDefault();
        }
        catch (Exception failure) when (failure is BadImageFormatException or InvalidOperationException)
        {
            throw new PluginRefusedException(("该文件不是 .NET 程序集", "the file is no .NET assembly"));
        }
    }
}

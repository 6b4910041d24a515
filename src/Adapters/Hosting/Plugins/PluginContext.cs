using System.Reflection;
using System.Runtime.Loader;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>
/// What one plug-in sees: its own libraries in its own versions, and the platform's contract. Every assembly is loaded
/// from the very bytes whose hash was verified.
/// </summary>
internal sealed class PluginContext(PluginDeclaration plugin) : AssemblyLoadContext(plugin.Kind)
{
    private static readonly Assembly Contract = typeof(ICloudAdapter).Assembly;

    private readonly AssemblyDependencyResolver _resolver = new(plugin.Assembly);

    public string Kind => plugin.Kind;

    public Assembly LoadPlugin(byte[] verified) => LoadFromStream(new MemoryStream(verified, writable: false));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == Contract.GetName().Name)
        {
            return Contract;
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path
            ? LoadFromStream(new MemoryStream(PluginFiles.ReadVerified(plugin, path), writable: false))
            : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        if (_resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is not { } path)
        {
            return nint.Zero;
        }

        // The system loads native code only from a file: its hash is verified as late as can be.
        PluginFiles.ReadVerified(plugin, path);
        return LoadUnmanagedDllFromPath(path);
    }
}

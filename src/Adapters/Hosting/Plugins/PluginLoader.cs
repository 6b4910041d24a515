using System.Reflection;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>
/// Takes plug-ins in, each in a context of its own and on threads that may be lost. One that cannot be taken in is told
/// why in words; it stops nothing else.
/// </summary>
internal sealed class PluginLoader(TimeSpan patience, int contract)
{
    /// <summary>All declared plug-ins, in the order of the file.</summary>
    public async Task<IReadOnlyList<Plugin>> LoadAsync(
        IReadOnlyList<PluginDeclaration> declared,
        CancellationToken cancellationToken
    ) => await Task.WhenAll(declared.Select(plugin => LoadAsync(plugin, cancellationToken)));

    private async Task<Plugin> LoadAsync(PluginDeclaration declared, CancellationToken cancellationToken)
    {
        var threads = new PluginThreads(declared.Kind);
        try
        {
            var loading = threads.RunAsync(() => Task.FromResult(Load(declared)));
            return await loading.WaitAsync(patience, cancellationToken);
        }
        catch (PluginRefusedException refused)
        {
            return Plugin.Refused(declared, refused.Reason);
        }
        catch (TimeoutException)
        {
            var seconds = patience.TotalSeconds;
            return Plugin.Refused(
                declared,
                ($"插件加载超过 {seconds:0.#} 秒未返回", $"loading it did not come back within {seconds:0.#} s")
            );
        }
    }

    private Plugin Load(PluginDeclaration declared)
    {
        try
        {
            var bytes = PluginFiles.Verify(declared);
            PluginContract.Check(declared, bytes, contract);
            var context = new PluginContext(declared);
            var factory = Made(TheFactory(context.LoadPlugin(bytes)));
            var kind = factory.Kind;
            if (kind != declared.Kind)
            {
                throw new PluginRefusedException(
                    (
                        $"插件的适配器名为 {kind}，登记的却是 {declared.Kind}",
                        $"its adapter is called {kind}, declared is {declared.Kind}"
                    )
                );
            }

            var plugin = Plugin.TakenIn(declared, factory);
            PluginCrashes.Contain(context, plugin);
            return plugin;
        }
#pragma warning disable CA1031 // The border of a plug-in: whatever its code throws is why it is not taken in.
        catch (Exception failure) when (failure is not PluginRefusedException)
#pragma warning restore CA1031
        {
            throw new PluginRefusedException(Words(failure));
        }
    }

    private static Type TheFactory(Assembly assembly)
    {
        var factories = assembly
            .GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IAdapterFactory)))
            .ToList();
        return factories switch
        {
            [var one] => one,
            [] => throw new PluginRefusedException(
                ("程序集中没有公开的 IAdapterFactory", "the assembly has no public IAdapterFactory")
            ),
            _ => throw new PluginRefusedException(
                (
                    $"程序集中有 {factories.Count} 个公开的 IAdapterFactory（{Names(factories)}），只能有一个",
                    $"the assembly has {factories.Count} public IAdapterFactory ({Names(factories)}), it may have one"
                )
            ),
        };
    }

    private static IAdapterFactory Made(Type type) =>
        type.GetConstructor(Type.EmptyTypes) is { } constructor
            ? (IAdapterFactory)
                constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, parameters: null, culture: null)
            : throw new PluginRefusedException(
                ($"{type.Name} 没有公开的无参构造函数", $"{type.Name} has no public constructor without parameters")
            );

    /// <summary>Type and file names only: a message of the plug-in's own may hold anything.</summary>
    private static Bilingual Words(Exception failure)
    {
        var real = failure is TypeInitializationException { InnerException: { } inner } ? inner : failure;
        return real switch
        {
            FileNotFoundException { FileName: { } missing } => ($"插件缺少 {missing}", $"the plug-in lacks {missing}"),
            FileLoadException { InnerException: PluginRefusedException refused } => refused.Reason,
            _ => (
                $"插件加载时抛出 {real.GetType().Name}",
                $"the plug-in threw {real.GetType().Name} when it was loaded"
            ),
        };
    }

    private static string Names(IEnumerable<Type> types) =>
        string.Join(", ", types.Select(type => type.Name).Order(StringComparer.Ordinal));
}

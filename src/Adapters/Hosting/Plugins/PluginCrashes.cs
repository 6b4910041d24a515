using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>
/// What escapes from a thread that a plug-in started itself would end the whole process. Where its trace passes through a
/// plug-in, that thread ends alone and the plug-in is told to be malfunctioning; all else ends the process as ever.
/// </summary>
internal static class PluginCrashes
{
    private static readonly ConcurrentDictionary<AssemblyLoadContext, Plugin> Contained = new();
    private static readonly Lock Gate = new();
    private static bool _listens;

    public static void Contain(AssemblyLoadContext context, Plugin plugin)
    {
        Contained[context] = plugin;
        lock (Gate)
        {
            if (!_listens)
            {
                ExceptionHandling.SetUnhandledExceptionHandler(IsContained);
                _listens = true;
            }
        }
    }

    private static bool IsContained(Exception failure)
    {
        var culprit = new StackTrace(failure)
            .GetFrames()
            .Select(frame => frame.GetMethod()?.Module.Assembly)
            .Select(assembly => assembly is null ? null : AssemblyLoadContext.GetLoadContext(assembly))
            .Select(context => context is null ? null : Contained.GetValueOrDefault(context))
            .FirstOrDefault(plugin => plugin is not null);
        culprit?.NoteCrash(failure);
        return culprit is not null;
    }
}

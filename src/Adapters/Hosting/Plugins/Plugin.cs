using System.Collections.Concurrent;
using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>
/// A declared plug-in, taken in or refused: an adapter kind like the built-in ones. Its factory is called only on the
/// plug-in's own threads.
/// </summary>
internal sealed class Plugin : IAdapterFactory
{
    private readonly IAdapterFactory? _factory;
    private readonly ConcurrentDictionary<string, Bilingual> _unusable = new();
    private volatile Bilingual? _crash;

    private Plugin(PluginDeclaration declared, IAdapterFactory? factory, Bilingual? refusal) =>
        (Declared, _factory, Refusal, Threads) = (declared, factory, refusal, new PluginThreads(declared.Kind));

    public PluginDeclaration Declared { get; }

    public string Kind => Declared.Kind;

    /// <summary>Why the plug-in is not taken in; null if it is.</summary>
    public Bilingual? Refusal { get; }

    /// <summary>What last escaped from a thread of the plug-in's own; null if nothing did.</summary>
    public Bilingual? Crash => _crash;

    public PluginThreads Threads { get; }

    public static Plugin TakenIn(PluginDeclaration declared, IAdapterFactory factory) => new(declared, factory, null);

    public static Plugin Refused(PluginDeclaration declared, Bilingual why) => new(declared, null, why);

    /// <summary>Why the plug-in does not serve this pool; null if it does.</summary>
    public Bilingual? WhyNot(string pool) => Refusal ?? _unusable.GetValueOrDefault(pool);

    /// <summary>The plug-in failed to check this pool's settings: the pool is not opened.</summary>
    public void Withhold(string pool, Bilingual why) => _unusable[pool] = why;

    /// <summary>Something escaped from a thread that the plug-in had started.</summary>
    public void NoteCrash(Exception failure)
    {
        var type = failure.GetType().Name;
        _crash = ($"插件自建线程抛出 {type}", $"a thread of the plug-in's own threw {type}");
    }

    /// <summary>A person has looked at it.</summary>
    public void ForgetCrash() => _crash = null;

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Validate(JsonElement settings) => _factory!.Validate(settings);

    /// <inheritdoc/>
    public ICloudAdapter Create(AdapterContext context) => _factory!.Create(context);
}

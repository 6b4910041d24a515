using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;

namespace CloudManager.Adapters.Hosting.Declaration;

/// <summary>What adapters.json declares.</summary>
/// <param name="Pools">The pools in the order of the file.</param>
/// <param name="Factories">The adapters that reach them: the built-in ones and the plug-ins.</param>
public sealed record DeclaredAdapters(IReadOnlyList<Pool> Pools, IReadOnlyList<IAdapterFactory> Factories)
{
    /// <summary>The upper installations that may use a pool of this one.</summary>
    public IReadOnlyList<OpenClient> Clients { get; init; } = [];
}

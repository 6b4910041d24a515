using CloudManager.Core.Kernel;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>A plug-in is not taken in, and why, in words an operator can act on.</summary>
#pragma warning disable CA1032 // Without its reason it would say nothing.
internal sealed class PluginRefusedException(Bilingual reason) : Exception(reason.ToString())
#pragma warning restore CA1032
{
    public Bilingual Reason { get; } = reason;
}

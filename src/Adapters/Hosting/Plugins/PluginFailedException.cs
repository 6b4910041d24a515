using CloudManager.Core.Kernel;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>
/// A plug-in broke the contract: it threw something else than the contract's exception, or answered nothing where
/// something is due. What it threw is kept as text that was read on the plug-in's own thread, never as the object: a
/// plug-in's exception may do anything when the log asks it for its message.
/// </summary>
#pragma warning disable CA1032 // Without its reason it would say nothing.
internal sealed class PluginFailedException(Bilingual reason, string detail) : Exception(reason.ToString())
#pragma warning restore CA1032
{
    /// <summary>What it did, without anything the plug-in said: that may hold a secret.</summary>
    public Bilingual Reason { get; } = reason;

    /// <summary>All of what the plug-in threw is for the log alone.</summary>
    public override string ToString() => $"{Reason}\n{detail}";

    /// <summary>The plug-in answered null where something is due.</summary>
    public static PluginFailedException Nothing(string operation) =>
        new(($"{operation} 未返回任何结果", $"{operation} returned nothing"), "null");

    /// <summary>The plug-in threw. To be called on a thread that may be lost.</summary>
    public static PluginFailedException Of(string operation, Exception failure)
    {
        var type = failure.GetType().Name;
        return new(($"{operation} 抛出 {type}", $"{operation} threw {type}"), Text(failure));
    }

    private static string Text(Exception failure)
    {
        try
        {
            return failure.ToString();
        }
#pragma warning disable CA1031 // The exception's own text fails: its type is all that can be told.
        catch (Exception)
#pragma warning restore CA1031
        {
            return $"{failure.GetType().FullName} (its text cannot be read)";
        }
    }
}

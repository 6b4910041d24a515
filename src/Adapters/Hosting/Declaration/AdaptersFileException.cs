namespace CloudManager.Adapters.Hosting.Declaration;

/// <summary>adapters.json cannot be used: everything wrong with it, in one go. The message is made for a console.</summary>
#pragma warning disable CA1032 // Without its faults it would say nothing.
public sealed class AdaptersFileException(string path, IReadOnlyList<AdaptersFault> faults)
    : Exception(Text(path, faults))
#pragma warning restore CA1032
{
    /// <summary>Every fault, in the order of the file where it has one.</summary>
    public IReadOnlyList<AdaptersFault> Faults { get; } = faults;

    private static string Text(string path, IReadOnlyList<AdaptersFault> faults) =>
        $"""
            {path} 有 {faults.Count} 处错误 / has {faults.Count} fault(s):
            {string.Join('\n', faults.Select(fault => $"  {fault}"))}
            """;
}

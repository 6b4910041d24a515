using CloudManager.Adapters.Hosting.Secrets;
using CloudManager.Storage;

namespace CloudManager.Api.Composition;

/// <summary>Reads where the samples stand: <c>--metrics</c>, else the environment, else DuckDB in the data folder.</summary>
internal static class MetricsOption
{
    public const string Name = "--metrics";

    /// <summary>The environment variable that stands for the option.</summary>
    public const string Variable = "CLOUDMANAGER_METRICS";

    private const string Expected = $"如 / such as {MetricsAddress.Form}, env:NAME, file:PATH";

    /// <summary>The engine's address; null for the embedded store, and with a fault, which never repeats a password.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="variable">The value of <see cref="Variable"/>; null or empty if it is not set.</param>
    /// <param name="faults">Where the fault goes.</param>
    public static MetricsAddress? Read(CommandLine options, string? variable, List<string> faults)
    {
        var (name, value) = options.Metrics is null ? (Variable, variable) : (Name, options.Metrics);
        if (value is null || (value.Length == 0 && options.Metrics is null))
        {
            return null;
        }

        var text = SecretText.Read(value, out var expected);
        if (text is null)
        {
            faults.Add($"{name}: {value}: 无法读取 / leads nowhere; expected is {expected}");
            return null;
        }

        try
        {
            return MetricsAddress.Of(text.Trim());
        }
        catch (FormatException)
        {
            faults.Add($"{name}: 指标引擎地址格式不正确 / is no address of the form expected; {Expected}");
            return null;
        }
    }
}

namespace CloudManager.Architecture.Tests;

internal static class Rule
{
    /// <summary>Fails with every violation, one a line, so that all can be mended at once.</summary>
    public static void None<T>(IEnumerable<T> violations)
    {
        var all = violations.Select(violation => $"{violation}").Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, string.Join(Environment.NewLine, [$"{all.Count} violations:", .. all]));
    }
}

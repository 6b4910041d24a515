using System.Globalization;

namespace CloudManager.Journey.Tests.Support;

/// <summary>
/// Real measured series, which are not part of the repository: in the folder that CLOUDMANAGER_TRACES names, else in
/// shared/data/traces-google-2011 of a folder above.
/// </summary>
internal static class Traces
{
    public const string Missing = "no shared/data/traces-google-2011 above the repository, and no CLOUDMANAGER_TRACES";

    /// <summary>The folder; null where there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The n-th file's columns: cpu, memory and disk, as they are written; null where nobody measured.</summary>
    public static IReadOnlyList<double?[]> Read(int number)
    {
        var file = Directory.GetFiles(Folder!).Order(StringComparer.Ordinal).ElementAt(number);
        return [.. File.ReadLines(file).Select(line => Array.ConvertAll(line.Split(' '), Value))];
    }

    private static double? Value(string text) => text == "-" ? null : double.Parse(text, CultureInfo.InvariantCulture);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CLOUDMANAGER_TRACES") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? Path.GetFullPath(named) : null;
        }

        for (var folder = new DirectoryInfo(Repository.Root); folder is not null; folder = folder.Parent)
        {
            var traces = Path.Combine(folder.FullName, "shared", "data", "traces-google-2011");
            if (Directory.Exists(traces))
            {
                return traces;
            }
        }

        return null;
    }
}

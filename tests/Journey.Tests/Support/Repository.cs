namespace CloudManager.Journey.Tests.Support;

/// <summary>Finds the repository's root from where the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CloudManager.sln")))
        {
            folder =
                folder.Parent
                ?? throw new DirectoryNotFoundException("CloudManager.sln is above no folder of this one");
        }

        return folder.FullName;
    }
}

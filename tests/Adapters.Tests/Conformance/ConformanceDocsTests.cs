using CloudManager.Adapters.Sdk.Testing;

namespace CloudManager.Adapters.Tests.Conformance;

/// <summary>The page on conformance lists the checks as they are; CLOUDMANAGER_WRITE_DOCS=1 writes the list anew.</summary>
public sealed class ConformanceDocsTests
{
    private const string Heading = "## The checks\n\n";

    [Fact]
    public void Art16_the_page_lists_every_check_with_its_article_and_what_it_proves()
    {
        var path = Path.Combine(Root(), "docs", "conformance.md");
        var page = File.ReadAllText(path);
        var start = page.IndexOf(Heading, StringComparison.Ordinal) + Heading.Length;
        if (Environment.GetEnvironmentVariable("CLOUDMANAGER_WRITE_DOCS") == "1")
        {
            page = page[..start] + Table();
            File.WriteAllText(path, page);
        }

        Assert.Equal(Table(), page[start..]);
    }

    private static string Table()
    {
        var rows = ConformanceSuite.Checks.Select(check =>
            $"| `{check.Id}` | {check.Article} | {check.Proves.Zh} / {check.Proves.En} |\n"
        );
        return $"| check | article | proves |\n|---|---|---|\n{string.Concat(rows)}";
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CloudManager.sln")))
        {
            folder = folder.Parent ?? throw new FileNotFoundException("no solution above the tests");
        }

        return folder.FullName;
    }
}

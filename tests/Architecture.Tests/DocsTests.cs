using System.Text.RegularExpressions;
using CloudManager.Core.Requests;

namespace CloudManager.Architecture.Tests;

/// <summary>
/// The pages under docs that say what the code says are written from it; CLOUDMANAGER_WRITE_DOCS=1 writes them anew.
/// </summary>
public sealed partial class DocsTests
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("CLOUDMANAGER_WRITE_DOCS") == "1";

    [Fact]
    public void The_page_on_requests_is_drawn_from_the_transition_table() =>
        AssertPage("docs/requests.md", RequestPage.Render(new ProcedurePolicy()));

    [Fact]
    public void The_glossary_is_written_from_the_summaries_of_core() =>
        AssertPage("docs/glossary.md", GlossaryPage.Render(GlossaryPage.Terms(House.Types)));

    [Fact]
    public void A_row_more_in_the_table_changes_the_page()
    {
        var policy = new ProcedurePolicy();
        var row = new Transition(
            RequestState.Draft,
            RequestAction.Expire,
            Party.Platform,
            Input.None,
            RequestState.Expired
        );

        var page = RequestPage.Section([.. Transitions.Provision, row], policy);

        Assert.NotEqual(RequestPage.Section(Transitions.Provision, policy), page);
        Assert.Contains("draft --> expired: expire (platform)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_on_requests_names_every_deadline_with_its_length()
    {
        var policy = new ProcedurePolicy { AcceptWorkingDays = 7, TestDays = 45 };

        var page = RequestPage.Render(policy);

        Assert.Contains("| accept: 7 WD |", page, StringComparison.Ordinal);
        Assert.Contains("| report: 45 days |", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a term in the first brackets", "Work order (工单, art. 19): what a provider does.", "工单", "19")]
    [InlineData("a term at the start", "测试工单 (art. 19(3)).", "测试工单", "19(3)")]
    [InlineData("several articles", "Region (行政区划, art. 14, 43): the province.", "行政区划", "14, 43")]
    [InlineData("a range of articles", "Organisation (单位, art. 5–10) of one kind.", "单位", "5–10")]
    [InlineData("a term without an article", "Provisioning task (编排任务): one step.", "编排任务", "")]
    [InlineData("a Chinese word later on explains, it names nothing", "Who acts. Staff follow 三员分立.", null, null)]
    public void The_glossary_reads_term_and_article(string because, string summary, string? term, string? article)
    {
        var read = GlossaryPage.Read(summary);

        Assert.True(term == read?.Term, $"{because}: {read}");
        Assert.True(article == read?.Article, $"{because}: {read}");
    }

    [Fact]
    public void Every_link_in_the_docs_leads_somewhere()
    {
        var pages = Pages();

        Assert.Contains(pages, page => Links(page).Any());
        Rule.None(
            from page in pages
            from link in Links(page)
            let target = Path.Combine(Path.GetDirectoryName(page)!, link)
            where !File.Exists(target) && !Directory.Exists(target)
            select $"{House.Name(page)} → {link}"
        );
    }

    [Fact]
    public void Both_readmes_give_the_same_commands()
    {
        var english = Commands("README.md");

        Assert.Equal("dotnet run --project src/Api -- --demo", english[0]);
        Assert.Equal("dotnet test", english[1]);
        Assert.Equal(english, Commands("README.zh-CN.md"));
    }

    private static void AssertPage(string name, string expected)
    {
        var path = Path.Combine(House.Root, name);
        if (Writes)
        {
            File.WriteAllText(path, expected);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == expected,
            $"{name} is not what the code says; write it anew with CLOUDMANAGER_WRITE_DOCS=1 and commit it"
        );
    }

    private static List<string> Pages() =>
        [
            .. Directory.EnumerateFiles(House.Root, "*.md"),
            .. Directory.EnumerateFiles(Path.Combine(House.Root, "docs"), "*.md", SearchOption.AllDirectories),
        ];

    private static IEnumerable<string> Links(string page) =>
        Link()
            .Matches(File.ReadAllText(page))
            .Select(match => match.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal));

    private static List<string> Commands(string readme) =>
        [
            .. Block()
                .Matches(File.ReadAllText(Path.Combine(House.Root, readme)))
                .SelectMany(block => block.Groups["text"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
        ];

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(
        "^```sh\n(?<text>.*?)^```$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex Block();
}

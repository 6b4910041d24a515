using System.Text.RegularExpressions;

namespace CloudManager.Architecture.Tests;

/// <summary>Sizes and what is left behind in the source: files, methods, open ends.</summary>
public sealed partial class SizeTests
{
    [Theory]
    [InlineData("src", 350)]
    [InlineData("tests", 500)]
    public void A_file_is_no_longer_than_the_style_allows(string folder, int most)
    {
        var sources = House.Sources(folder);

        Assert.NotEmpty(sources);
        Rule.None(TooLong(sources.Select(path => (House.Name(path), File.ReadLines(path).Count())), most));
    }

    [Fact]
    public void The_rule_finds_a_file_of_one_line_more() =>
        Assert.Equal(["long.cs: 351"], TooLong([("short.cs", 350), ("long.cs", 351)], 350));

    [Fact]
    public void Methods_of_more_than_forty_lines_are_warnings_and_warnings_are_errors()
    {
        var settings = File.ReadAllLines(Path.Combine(House.Root, ".editorconfig"));
        var cs = Section(settings, "[*.cs]");

        Assert.Contains("dotnet_diagnostic.MA0051.severity = warning", cs);
        Assert.Contains("MA0051.maximum_lines_per_method = 40", cs);
        Assert.Contains(
            "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>",
            File.ReadAllText(Path.Combine(House.Root, "Directory.Build.props"))
        );
        Assert.Contains("Meziantou.Analyzer", File.ReadAllText(Path.Combine(House.Root, "Directory.Build.props")));
    }

    [Fact]
    public void Nothing_in_src_gets_around_the_length_of_methods()
    {
        var settings = File.ReadAllLines(Path.Combine(House.Root, ".editorconfig"));
        var others = Sections(settings)
            .Where(name => name != "[*.cs]" && !name.StartsWith("[tests/", StringComparison.Ordinal));

        Assert.DoesNotContain(
            others.SelectMany(name => Section(settings, name)),
            line => line.Contains("MA0051", StringComparison.Ordinal)
        );
        Rule.None(
            House
                .Sources("src")
                .Concat(House.Projects.Values)
                .Where(path => File.ReadAllText(path).Contains("MA0051", StringComparison.Ordinal))
                .Select(House.Name)
        );
    }

    [Fact]
    public void What_is_left_open_in_src_names_its_issue() =>
        Rule.None(
            House
                .Sources("src")
                .SelectMany(path => OpenEnds(File.ReadLines(path)).Select(line => $"{House.Name(path)}: {line}"))
        );

    [Theory]
    [InlineData("// TODO: later", false)]
    [InlineData("// todo fix", false)]
    [InlineData("/* FIXME */", false)]
    [InlineData("// HACK around it", false)]
    [InlineData("// TODO(#12): when the pool has snapshots", true)]
    [InlineData("// TODO #12: when the pool has snapshots", true)]
    [InlineData("var todoList = 1;", true)]
    [InlineData("return Status.Todo;", true)]
    public void The_rule_tells_an_open_end_from_a_named_one(string line, bool fine) =>
        Assert.Equal(fine, !OpenEnds([line]).Any());

    private static IEnumerable<string> TooLong(IEnumerable<(string Name, int Lines)> files, int most) =>
        files.Where(file => file.Lines > most).Select(file => $"{file.Name}: {file.Lines}");

    private static IEnumerable<string> OpenEnds(IEnumerable<string> lines) =>
        lines.Where(line => OpenEnd().IsMatch(line)).Select(line => line.Trim());

    private static IEnumerable<string> Sections(IEnumerable<string> settings) =>
        settings.Where(line => line.StartsWith('['));

    private static IEnumerable<string> Section(IEnumerable<string> settings, string name) =>
        settings.SkipWhile(line => line != name).Skip(1).TakeWhile(line => !line.StartsWith('['));

    [GeneratedRegex(
        @"(//|/\*|\*).*\b(TODO|FIXME|HACK|XXX)\b(?!\s*\(?#\d+)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OpenEnd();
}

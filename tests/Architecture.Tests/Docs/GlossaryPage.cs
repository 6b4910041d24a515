using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CloudManager.Architecture.Tests;

/// <summary>A term of the field, the type that stands for it, and where the regulation speaks of it.</summary>
internal sealed record Term(string Station, string Chinese, string Type, string Article, string Meaning);

/// <summary>Writes the glossary from the summaries of Core's public types.</summary>
internal static partial class GlossaryPage
{
    private const string Core = "CloudManager.Core";

    public static IReadOnlyList<Term> Terms(IEnumerable<Type> types)
    {
        var summaries = XDocument
            .Load(Path.Combine(AppContext.BaseDirectory, $"{Core}.xml"))
            .Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")!));
        return
        [
            .. types
                .Where(type => type.IsPublic && type.Assembly.GetName().Name == Core)
                .SelectMany(type => Names(type).Select(name => TermOf(type, name, summaries)))
                .OfType<Term>()
                .OrderBy(term => term.Station, StringComparer.Ordinal)
                .ThenBy(term => term.Type, StringComparer.Ordinal),
        ];
    }

    /// <summary>The term and the article a summary opens with; null if it opens with none.</summary>
    public static (string Term, string Article)? Read(string summary)
    {
        var match = Opening().Match(summary);
        return match.Success ? (match.Groups["term"].Value, Articles().Match(summary).Groups["articles"].Value) : null;
    }

    public static string Render(IReadOnlyList<Term> terms)
    {
        var page = new StringBuilder(Head);
        foreach (var term in terms)
        {
            page.Append($"| {term.Chinese} | `{term.Type}` | {term.Article} | {term.Station} | {term.Meaning} |\n");
        }

        return page.ToString();
    }

    /// <summary>The type itself, then, of an enum, its values.</summary>
    private static IEnumerable<(string Key, string Shown)> Names(Type type)
    {
        yield return ($"T:{type.FullName}", type.Name);
        if (type.IsEnum)
        {
            foreach (var value in type.GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                yield return ($"F:{type.FullName}.{value.Name}", $"{type.Name}.{value.Name}");
            }
        }
    }

    private static Term? TermOf(Type type, (string Key, string Shown) name, Dictionary<string, string> summaries) =>
        summaries.TryGetValue(name.Key, out var summary) && Read(summary) is { } read
            ? new(Stations.Of(type.Namespace!)!, read.Term, name.Shown, read.Article, FirstSentence(summary))
            : null;

    private static string Plain(XElement summary)
    {
        foreach (var see in summary.Descendants("see").ToList())
        {
            see.ReplaceWith(see.Attribute("cref")?.Value.Split('.')[^1] ?? "");
        }

        return Blanks().Replace(summary.Value, " ").Trim();
    }

    private static string FirstSentence(string summary)
    {
        var end = SentenceEnd().Match(summary);
        return (end.Success ? summary[..(end.Index + 1)] : summary).Replace("|", "\\|", StringComparison.Ordinal);
    }

    private const string Head = """
        # Glossary

        Written from the summaries of the public types of [src/Core](../src/Core); do not edit it by hand.
        `CLOUDMANAGER_WRITE_DOCS=1 dotnet test --project tests/Architecture.Tests` writes it anew. A type opens its summary with the
        field's term and the article of the regulation (湘政办发〔2024〕24号) where there is one; only those stand here.

        | term | type | article | station | what it is |
        |---|---|---|---|---|

        """;

    [GeneratedRegex(
        @"^(?:[^:.(]*\()?(?<term>\p{IsCJKUnifiedIdeographs}[^,;:.()（]*?)(?= ?[,;:.()])",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Opening();

    [GeneratedRegex(
        @"\bart\. (?<articles>\d+(\(\d+\))?((, |–|-)(\d+(\(\d+\))?|\(\d+\)))*)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Articles();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(?<!\bart)\.(?= |$)", RegexOptions.None, 1000)]
    private static partial Regex SentenceEnd();
}

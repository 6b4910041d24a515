using System.Globalization;
using System.Net;
using System.Text;

namespace CloudManager.Documents.Html;

/// <summary>
/// Writes HTML and SVG. Text and attribute values go through <see cref="Text"/> and are encoded there; what is written
/// raw are literals of this project only.
/// </summary>
internal sealed class Markup
{
    private readonly StringBuilder _page = new();

    /// <summary>A literal.</summary>
    public Markup Raw(string literal)
    {
        _page.Append(literal).Append('\n');
        return this;
    }

    /// <summary>Markup whose holes are texts of any origin: each is encoded.</summary>
    public Markup Line(FormattableString markup)
    {
        _page.Append(Of(markup)).Append('\n');
        return this;
    }

    /// <summary>Markup with encoded holes, as a piece to put together.</summary>
    public static Piece Of(FormattableString markup) =>
        new(string.Format(CultureInfo.InvariantCulture, markup.Format, [.. markup.GetArguments().Select(Encoded)]));

    public override string ToString() => _page.ToString();

    /// <summary>The text as it may stand between tags and within double quotes; what XML cannot hold is left out.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(new string([.. text.Where(IsAllowed)]));

    private static object Encoded(object? hole) =>
        hole is Piece piece ? piece.Written : Text(Convert.ToString(hole, CultureInfo.InvariantCulture) ?? "");

    private static bool IsAllowed(char c) => c is '\n' or '\t' || !char.IsControl(c);
}

/// <summary>Markup that is encoded already.</summary>
internal sealed record Piece(string Written)
{
    public static Piece None { get; } = new("");

    public static Piece Join(IEnumerable<Piece> pieces) => new(string.Concat(pieces.Select(p => p.Written)));

    public override string ToString() => Written;
}

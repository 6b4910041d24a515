using CloudManager.Core.Kernel;

namespace CloudManager.Documents.Html;

/// <summary>Headings in Chinese with English beside.</summary>
internal static class Headings
{
    /// <summary>Both languages, the English smaller.</summary>
    public static Piece Both(Bilingual text) => Markup.Of($"{text.Zh} <span class=\"en\" lang=\"en\">{text.En}</span>");
}

namespace CloudManager.Api.Web;

/// <summary>Ids as they stand in paths.</summary>
internal static class Ids
{
    private const int Longest = 40;

    /// <summary>What somebody wrote in place of an id, short enough for an answer or the audit trail.</summary>
    public static string Shown(string text) => text.Length > Longest ? $"{text[..(Longest - 1)]}…" : text;
}

using System.Reflection;

namespace CloudManager.Documents.Reports;

/// <summary>The style sheet that every page carries in itself.</summary>
internal static class PageStyle
{
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("reports/page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

using System.Globalization;
using System.Text;

namespace CloudManager.Bench.Month;

/// <summary>Time and memory over the number of servers, both axes in powers of ten, as SVG.</summary>
internal static class LogLogPlot
{
    private const int Width = 420;
    private const int Height = 300;
    private const int Left = 60;
    private const int Top = 30;

    public static string Draw(IReadOnlyList<Result> results)
    {
        var svg = new StringBuilder();
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * (Width + Left + 30)} {Height + 100}" font-family="sans-serif" font-size="12">"""
        );
        svg.AppendLine("""<rect width="100%" height="100%" fill="white"/>""");
        Panel(svg, 0, ("seconds", results, r => r.Wall));
        Panel(svg, Width + Left + 30, ("most memory, MiB", results, r => r.PeakMiB));
        return svg.AppendLine("</svg>").ToString();
    }

    private static void Panel(
        StringBuilder svg,
        int shift,
        (string Title, IReadOnlyList<Result> Results, Func<Measure, double> Of) what
    )
    {
        var all = what.Results.SelectMany(r => new[] { what.Of(r.Own), what.Of(r.Bare) }).ToList();
        var x = new Axis(what.Results.Min(r => r.Servers), what.Results.Max(r => r.Servers), Width);
        var y = new Axis(all.Min(), all.Max(), Height);
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<g transform="translate({shift + Left},{Top})">""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="0" y="-10" font-weight="bold">{what.Title}</text>""");
        foreach (var power in x.Powers)
        {
            var at = x.At(power);
            Line(svg, (at, 0, at, Height));
            Text(svg, (at, Height + 16, "middle"), $"{power:N0}");
        }

        foreach (var power in y.Powers)
        {
            var at = Height - y.At(power);
            Line(svg, (0, at, Width, at));
            Text(svg, (-6, at + 4, "end"), $"{power:0.###}");
        }

        Text(svg, (Width / 2d, Height + 34, "middle"), "servers, a month of 31 days, three metrics");
        Curve(
            svg,
            ("#1f5fa8", "platform", 0),
            what.Results.Select(r => (x.At(r.Servers), Height - y.At(what.Of(r.Own))))
        );
        Curve(
            svg,
            ("#c05a00", "bare query", 1),
            what.Results.Select(r => (x.At(r.Servers), Height - y.At(what.Of(r.Bare))))
        );
        svg.AppendLine("</g>");
    }

    private static void Curve(
        StringBuilder svg,
        (string Colour, string Name, int Nth) style,
        IEnumerable<(double X, double Y)> points
    )
    {
        var all = points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:F1},{p.Y:F1}")).ToList();
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<polyline points="{string.Join(' ', all)}" fill="none" stroke="{style.Colour}" stroke-width="2"/>"""
        );
        foreach (var point in all.Select(p => p.Split(',')))
        {
            svg.AppendLine($"""<circle cx="{point[0]}" cy="{point[1]}" r="3.5" fill="{style.Colour}"/>""");
        }

        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<text x="{10 + (style.Nth * 90)}" y="{Height + 54}" fill="{style.Colour}">● {style.Name}</text>"""
        );
    }

    private static void Line(StringBuilder svg, (double X1, double Y1, double X2, double Y2) at) =>
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<line x1="{at.X1:F1}" y1="{at.Y1:F1}" x2="{at.X2:F1}" y2="{at.Y2:F1}" stroke="#ddd"/>"""
        );

    private static void Text(StringBuilder svg, (double X, double Y, string Anchor) at, string text) =>
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<text x="{at.X:F1}" y="{at.Y:F1}" text-anchor="{at.Anchor}">{text}</text>"""
        );

    /// <summary>Powers of ten from the one below the smallest to the one above the largest.</summary>
    private sealed class Axis(double least, double most, int length)
    {
        private readonly double _first = Math.Floor(Math.Log10(least) + 1e-9);
        private readonly double _last = Math.Max(
            Math.Ceiling(Math.Log10(most) - 1e-9),
            Math.Floor(Math.Log10(least)) + 1
        );

        public IEnumerable<double> Powers =>
            Enumerable.Range(0, (int)(_last - _first) + 1).Select(i => Math.Pow(10, _first + i));

        public double At(double value) => (Math.Log10(value) - _first) / (_last - _first) * length;
    }
}

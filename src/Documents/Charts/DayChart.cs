using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Documents.Html;

namespace CloudManager.Documents.Charts;

/// <summary>One line over the days; a day without a value interrupts it.</summary>
internal sealed record DayLine(string Colour, Bilingual Name, IReadOnlyList<double?> Values);

/// <summary>A threshold, drawn as a dashed line across.</summary>
internal sealed record DayBound(string Colour, double Value);

/// <summary>Lines of percentages over days on one axis: a panel of a drawing.</summary>
internal sealed record DayChart
{
    public const double Width = 720;
    public const double Height = 170;
    private const double Left = 40;
    private const double Right = 12;
    private const double Top = 30;
    private const double Bottom = 22;
    private const double Dot = 2.2;
    private const int MostLabels = 8;

    public required Bilingual Title { get; init; }

    /// <summary>The first day; each value stands a day after the one before.</summary>
    public required DateOnly From { get; init; }

    public required int Days { get; init; }

    public required IReadOnlyList<DayLine> Lines { get; init; }

    public required IReadOnlyList<DayBound> Bounds { get; init; }

    private Axis Scale =>
        Axis.For(Lines.SelectMany(l => l.Values).OfType<double>().Concat(Bounds.Select(b => b.Value)), 10, 1);

    public Piece Render(double top)
    {
        var (panel, scale) = (new Markup(), Scale);
        panel.Line($"<g transform=\"translate(0 {Px(top)})\">");
        DrawLegend(panel);
        DrawAxes(panel, scale);
        foreach (var bound in Bounds)
        {
            var y = Px(Y(scale, bound.Value));
            panel.Line(
                $"<line class=\"bound\" data-bound=\"{Px(bound.Value)}\" x1=\"{Px(Left)}\" x2=\"{Px(Width - Right)}\" y1=\"{y}\" y2=\"{y}\" stroke=\"{bound.Colour}\" stroke-dasharray=\"5 4\"/>"
            );
        }

        foreach (var line in Lines)
        {
            DrawLine(panel, scale, line);
        }

        return new Piece(panel.Raw("</g>").ToString());
    }

    private void DrawLegend(Markup panel)
    {
        panel.Line($"<text x=\"0\" y=\"13\" font-weight=\"bold\">{Title.Zh} {Title.En}</text>");
        var x = Width;
        foreach (var line in Lines.Reverse())
        {
            var name = $"{line.Name.Zh} {line.Name.En}";
            x -= Lettering.Width(name, Lettering.Small) + 34;
            panel.Line(
                $"<line x1=\"{Px(x)}\" x2=\"{Px(x + 16)}\" y1=\"9\" y2=\"9\" stroke=\"{line.Colour}\" stroke-width=\"2\"/>"
            );
            panel.Line($"<text x=\"{Px(x + 20)}\" y=\"13\" font-size=\"10.5\">{name}</text>");
        }
    }

    private void DrawAxes(Markup panel, Axis scale)
    {
        foreach (var tick in scale.Ticks)
        {
            var y = Y(scale, tick);
            panel.Line(
                $"<line x1=\"{Px(Left)}\" x2=\"{Px(Width - Right)}\" y1=\"{Px(y)}\" y2=\"{Px(y)}\" stroke=\"#ddd\"/>"
            );
            panel.Line(
                $"<text x=\"{Px(Left - 5)}\" y=\"{Px(y + 4)}\" font-size=\"10.5\" text-anchor=\"end\">{Px(tick)}</text>"
            );
        }

        var step = Math.Max(1, (int)Math.Ceiling((double)Days / MostLabels));
        for (var day = 0; day < Days; day += step)
        {
            panel.Line(
                $"<text x=\"{Px(X(day))}\" y=\"{Px(Height - 6)}\" font-size=\"10.5\" text-anchor=\"middle\">{From.AddDays(day).ToString("MM-dd", CultureInfo.InvariantCulture)}</text>"
            );
        }
    }

    private void DrawLine(Markup panel, Axis scale, DayLine line)
    {
        var run = new List<(double X, double Y)>();
        for (var day = 0; day <= line.Values.Count; day++)
        {
            if (day < line.Values.Count && line.Values[day] is { } value)
            {
                run.Add((X(day), Y(scale, value)));
                continue;
            }

            if (run.Count == 1)
            {
                panel.Line(
                    $"<circle cx=\"{Px(run[0].X)}\" cy=\"{Px(run[0].Y)}\" r=\"{Px(Dot)}\" fill=\"{line.Colour}\"/>"
                );
            }
            else if (run.Count > 1)
            {
                var points = string.Join(' ', run.Select(p => $"{Px(p.X)},{Px(p.Y)}"));
                panel.Line(
                    $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{line.Colour}\" stroke-width=\"1.8\"/>"
                );
            }

            run.Clear();
        }
    }

    private double X(int day) => Left + ((day + 0.5) / Days * (Width - Left - Right));

    private static double Y(Axis scale, double value) => Height - Bottom - scale.Place(value, Height - Top - Bottom);

    private static string Px(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

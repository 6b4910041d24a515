using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Documents.Html;

namespace CloudManager.Documents.Charts;

/// <summary>A kind of bar, with its colour class (a, b, c or bad) and its name in the legend.</summary>
internal sealed record Series(string Style, Bilingual Name);

/// <summary>One bar; without a value it says that there is no data.</summary>
/// <param name="Series">Its kind.</param>
/// <param name="Value">Its length in units of the axis.</param>
/// <param name="Label">What stands beside it.</param>
/// <param name="Track">A pale bar behind it, for a part of a whole.</param>
internal sealed record Bar(Series Series, double? Value, string Label, double? Track = null);

/// <summary>The bars of one thing, with its name above them so that long names never meet a bar.</summary>
internal sealed record BarGroup(string Name, IReadOnlyList<Bar> Bars);

/// <summary>Bars that lie, one group per thing, drawn as inline SVG.</summary>
internal sealed record BarChart
{
    private const double Width = 720;
    private const double Left = 28;
    private const double Plot = 484;
    private const double NameHeight = 18;
    private const double BarHeight = 11;
    private const double BarGap = 3;
    private const double GroupGap = 9;
    private const double LegendHeight = 26;
    private const double AxisHeight = 24;
    private const double Indent = 6;

    /// <summary>An id that no other chart of the page has.</summary>
    public required string Id { get; init; }

    public required Bilingual Title { get; init; }

    /// <summary>What a length means.</summary>
    public required Bilingual Unit { get; init; }

    public required Axis Axis { get; init; }

    public required IReadOnlyList<BarGroup> Groups { get; init; }

    private double Bottom => LegendHeight + Groups.Sum(HeightOf);

    public Piece Render()
    {
        var page = new Markup();
        var (height, titles) = (Px(Bottom + AxisHeight), $"{Id}-title {Id}-desc");
        page.Line($"<figure><figcaption>{Headings.Both(Title)}</figcaption>");
        page.Line($"<svg viewBox=\"0 0 {Px(Width)} {height}\" role=\"img\" aria-labelledby=\"{titles}\">");
        page.Line($"<title id=\"{Id}-title\">{Title.Zh} / {Title.En}</title>");
        page.Line($"<desc id=\"{Id}-desc\">{Unit.Zh} / {Unit.En}</desc>");
        DrawLegend(page);
        DrawAxis(page);
        var top = LegendHeight;
        foreach (var group in Groups)
        {
            DrawGroup(page, group, top);
            top += HeightOf(group);
        }

        return new Piece(page.Raw("</svg></figure>").ToString());
    }

    private static double HeightOf(BarGroup group) => NameHeight + (group.Bars.Count * (BarHeight + BarGap)) + GroupGap;

    private void DrawLegend(Markup page)
    {
        var x = 0d;
        foreach (var series in Groups.SelectMany(g => g.Bars).Select(b => b.Series).Distinct())
        {
            var name = $"{series.Name.Zh} {series.Name.En}";
            page.Line($"<rect class=\"bar {series.Style}\" x=\"{Px(x)}\" y=\"3\" width=\"11\" height=\"11\"/>");
            page.Line($"<text class=\"legend\" x=\"{Px(x + 16)}\" y=\"13\">{name}</text>");
            x += 16 + Lettering.Width(name, Lettering.Small) + 20;
        }

        page.Line($"<text class=\"unit\" x=\"{Px(Width)}\" y=\"13\">{Unit.Zh} {Unit.En}</text>");
    }

    private void DrawAxis(Markup page)
    {
        foreach (var tick in Axis.Ticks)
        {
            var label = tick.ToString("#,0.##;−#,0.##;0", CultureInfo.InvariantCulture);
            page.Line(
                $"<text class=\"tick\" data-tick=\"{Px(tick)}\" x=\"{Px(X(tick))}\" y=\"{Px(Bottom + 12)}\">{label}</text>"
            );
        }
    }

    /// <summary>Lines behind the bars of a group; they do not run through its name.</summary>
    private void DrawGrid(Markup page, double from, double until)
    {
        foreach (var tick in Axis.Ticks)
        {
            var (x, style) = (Px(X(tick)), tick == 0 ? "zero" : "grid");
            page.Line($"<line class=\"{style}\" x1=\"{x}\" y1=\"{Px(from)}\" x2=\"{x}\" y2=\"{Px(until)}\"/>");
        }
    }

    private void DrawGroup(Markup page, BarGroup group, double top)
    {
        var all = string.Join(", ", group.Bars.Select(b => $"{b.Series.Name.Zh} {b.Label}"));
        page.Line($"<g><title>{group.Name}: {all}</title>");
        var name = Lettering.Fit(group.Name, Width - Left, Lettering.Normal);
        page.Line($"<text class=\"name\" x=\"{Px(Left)}\" y=\"{Px(top + 13)}\">{name}</text>");
        var y = top + NameHeight;
        DrawGrid(page, y - BarGap, top + HeightOf(group) - GroupGap);
        foreach (var bar in group.Bars)
        {
            DrawBar(page, bar, y);
            y += BarHeight + BarGap;
        }

        page.Raw("</g>");
    }

    private void DrawBar(Markup page, Bar bar, double y)
    {
        var baseline = Px(y + BarHeight - 2);
        if (bar.Track is { } track)
        {
            page.Line($"<rect class=\"track\" {Box(track, y)}/>");
        }

        if (bar.Value is not { } value)
        {
            page.Line($"<text class=\"value none\" x=\"{Px(X(0) + Indent)}\" y=\"{baseline}\">{bar.Label}</text>");
            return;
        }

        var (style, written) = (bar.Series.Style, value.ToString("R", CultureInfo.InvariantCulture));
        page.Line($"<rect class=\"bar {style}\" data-value=\"{written}\" {Box(value, y)}/>");
        var end = Px(X(Math.Max(0, Math.Max(value, bar.Track ?? value))) + Indent);
        page.Line($"<text class=\"value\" x=\"{end}\" y=\"{baseline}\">{bar.Label}</text>");
    }

    /// <summary>The place of a bar from zero to its value.</summary>
    private Piece Box(double value, double y)
    {
        var (from, until) = (X(Math.Min(0, value)), X(Math.Max(0, value)));
        return Markup.Of($"x=\"{Px(from)}\" y=\"{Px(y)}\" width=\"{Px(until - from)}\" height=\"{Px(BarHeight)}\"");
    }

    private double X(double value) => Left + Axis.Place(value, Plot);

    private static string Px(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}

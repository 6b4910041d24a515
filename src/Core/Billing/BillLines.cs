using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Billing;

/// <summary>Charges as people and programs read them.</summary>
public static class BillLines
{
    /// <summary>The line of a charge.</summary>
    /// <param name="id">The line's id.</param>
    /// <param name="of">The resource and its system.</param>
    /// <param name="charge">The charge.</param>
    /// <param name="fen">Its amount, as it was charged.</param>
    public static BillLine Usage(string id, (ResourceId Resource, string System) of, Charge charge, long fen) =>
        new()
        {
            Id = id,
            Kind = BillLineKind.Usage,
            Resource = of.Resource,
            System = of.System,
            Item = charge.Rate.Item,
            Edition = charge.Rate.Edition,
            Contract = charge.Rate.Contract,
            Component = charge.Rate.Component,
            Unit = charge.Rate.Unit,
            Quantity = charge.Quantity,
            UnitPrice = Money.Price(charge.Rate.UnitPrice),
            From = charge.From,
            Until = charge.Until,
            Days = charge.Days,
            DaysInMonth = charge.Rate.Divisor,
            Amount = Money.Yuan(fen),
            StartedBy = charge.StartedBy.ToString(),
            EndedBy = charge.EndedBy?.ToString(),
            ServicePeriod = ServiceYear.Of(charge.From),
        };

    /// <summary>A resource's lines, numbered from <paramref name="firstNo"/>.</summary>
    public static IEnumerable<BillLine> Of(string bill, int firstNo, ResourceCharges use) =>
        use.Charges.Select((c, n) => Usage(IdOf(bill, firstNo + n), (use.Resource, use.System), c, c.Fen));

    public static string IdOf(string bill, int no) => string.Create(CultureInfo.InvariantCulture, $"{bill}.{no}");

    /// <summary>The service period that holds the day, by the year it ends.</summary>
    public static string ServicePeriodOf(DateOnly day) => ServiceYear.Of(day);

    /// <summary>The line's number in its bill.</summary>
    public static int NoOf(BillLine line) =>
        int.Parse(line.Id.AsSpan(line.Id.LastIndexOf('.') + 1), CultureInfo.InvariantCulture);
}

/// <summary>A place in a bill's lines, in the text form that a page starts after.</summary>
/// <param name="Resource">The resource of the last line shown; corrections come after every resource.</param>
/// <param name="FirstNo">The number of the first line of that resource, or of the first correction.</param>
/// <param name="No">The number of the last line shown.</param>
public readonly record struct LinePlace(long Resource, int FirstNo, int No)
{
    /// <summary>Stands for the corrections, which come after every resource.</summary>
    public const long Corrections = long.MaxValue;

    public static LinePlace Beginning => new(0, 1, 0);

    /// <summary>Reads the text form; the beginning for no text.</summary>
    public static LinePlace Parse(string? text)
    {
        if (text is null)
        {
            return Beginning;
        }

        var parts = text.Split('.');
        return new LinePlace(
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            int.Parse(parts[2], CultureInfo.InvariantCulture)
        );
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Resource}.{FirstNo}.{No}");
}

/// <summary>Collects one page of lines that come by in order of number.</summary>
public sealed class LinePage(PageRequest page)
{
    private readonly LinePlace _after = LinePlace.Parse(page.After);
    private readonly List<BillLine> _lines = [];
    private LinePlace _last;
    private bool _hasMore;

    /// <summary>Offers a line; false once the page is full and there is more.</summary>
    public bool Take(BillLine line, LinePlace place)
    {
        if (place.No <= _after.No)
        {
            return true;
        }

        if (_lines.Count == page.Limit)
        {
            _hasMore = true;
            return false;
        }

        _lines.Add(line);
        _last = place;
        return true;
    }

    public Page<BillLine> ToPage() => new(_lines, _hasMore ? _last.ToString() : null);
}

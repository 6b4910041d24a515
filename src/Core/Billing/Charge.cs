using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Billing;

/// <summary>Charge (计费明细, art. 40): one component over days [From, Until) at one price.</summary>
public readonly record struct Charge
{
    public required Rate Rate { get; init; }
    public required int Quantity { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; init; }
    public required RequestId StartedBy { get; init; }
    public required RequestId? EndedBy { get; init; }

    public int Days => Until.DayNumber - From.DayNumber;

    /// <summary>Quantity × price × days ÷ divisor, in fen.</summary>
    public long Fen => Money.Fen(Quantity, Rate.UnitPrice, Days, Rate.Divisor);
}

/// <summary>What a resource is charged over a month, or part of one.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Key">Its tenant and provider.</param>
/// <param name="System">Its system's code.</param>
/// <param name="Charges">By component and day.</param>
/// <param name="IsUnpriced">Whether it served on a day that has no price and is not free.</param>
public sealed record ResourceCharges(
    ResourceId Resource,
    BillKey Key,
    string System,
    IReadOnlyList<Charge> Charges,
    bool IsUnpriced
);

/// <summary>Amounts are whole fen, prices whole 1/10000 yuan, so that nothing is ever lost between them.</summary>
public static class Money
{
    private const decimal FenOfYuan = 100m;
    private const decimal PartsOfYuan = 10_000m;
    private const long PartsOfFen = 100;

    /// <summary>Quantity × price × days ÷ divisor, rounded half away from zero to one fen.</summary>
    /// <param name="quantity">Units, at least 0.</param>
    /// <param name="unitPrice">1/10000 yuan, at least 0.</param>
    /// <param name="days">Days charged, at least 0.</param>
    /// <param name="divisor">The days the price is for, at least 1.</param>
    public static long Fen(long quantity, long unitPrice, int days, int divisor)
    {
        var parts = checked(quantity * unitPrice * days * 2);
        var per = divisor * PartsOfFen;
        return (parts + per) / (2 * per);
    }

    /// <summary>Yuan with two places.</summary>
    public static decimal Yuan(long fen) => fen / FenOfYuan;

    /// <summary>Yuan with four places.</summary>
    public static decimal Price(long parts) => parts / PartsOfYuan;

    /// <summary>Yuan as fen.</summary>
    public static long ToFen(decimal yuan) => (long)(yuan * FenOfYuan);

    /// <summary>Yuan as 1/10000 yuan.</summary>
    public static long ToParts(decimal yuan) => (long)(yuan * PartsOfYuan);
}

/// <summary>Computes what resources are charged, by the rules of art. 40; it asks nobody anything.</summary>
public static class Charging
{
    /// <summary>One resource's charges in the tariff's month.</summary>
    /// <param name="intervals">The resource's intervals that touch the month, in order of ordinal; at least one.</param>
    /// <param name="tariff">The month's prices.</param>
    /// <param name="until">The day before which days are over; the month's end at the latest.</param>
    public static ResourceCharges Of(ReadOnlySpan<ServiceInterval> intervals, Tariff tariff, DateOnly until)
    {
        var first = intervals[0];
        var charges = new List<Charge>(4);
        var isUnpriced = false;
        foreach (var interval in intervals)
        {
            foreach (var prices in tariff.Of(interval.Provider, interval.Item))
            {
                isUnpriced |=
                    prices.Component == "once"
                        ? AddOnce(charges, interval, prices, (tariff.Month.First, until))
                        : AddDays(charges, interval, prices, (tariff.Month.First, until));
            }
        }

        if (intervals.Length > 1)
        {
            charges = Merge(charges);
        }

        return new ResourceCharges(
            first.Resource,
            new BillKey(first.Tenant, first.Provider),
            first.System,
            charges,
            isUnpriced
        );
    }

    /// <summary>The charges of each resource of a batch, which ends within none.</summary>
    public static List<ResourceCharges> OfAll(IReadOnlyList<ServiceInterval> batch, Tariff tariff, DateOnly until)
    {
        var intervals = batch as ServiceInterval[] ?? [.. batch];
        var all = new List<ResourceCharges>(intervals.Length);
        for (var from = 0; from < intervals.Length; )
        {
            var next = from + 1;
            while (next < intervals.Length && intervals[next].Resource == intervals[from].Resource)
            {
                next++;
            }

            all.Add(Of(intervals.AsSpan(from, next - from), tariff, until));
            from = next;
        }

        return all;
    }

    /// <summary>Whole, in the month of the confirmed completion, however long it then served.</summary>
    private static bool AddOnce(
        List<Charge> charges,
        ServiceInterval interval,
        ComponentPrices prices,
        (DateOnly From, DateOnly Until) span
    )
    {
        if (interval.Ordinal > 1 || interval.From < span.From || interval.From >= span.Until)
        {
            return false;
        }

        var day = (interval.From, Until: interval.From.AddDays(1));
        return Add(charges, interval with { Until = day.Until, EndedBy = null }, prices, day);
    }

    private static bool AddDays(
        List<Charge> charges,
        ServiceInterval interval,
        ComponentPrices prices,
        (DateOnly From, DateOnly Until) span
    )
    {
        var from = interval.From > span.From ? interval.From : span.From;
        var until = interval.Until < span.Until ? interval.Until.Value : span.Until;
        return from < until && Add(charges, interval, prices, (from, until));
    }

    /// <summary>Adds the days' charges; whether any day has no price.</summary>
    private static bool Add(
        List<Charge> charges,
        ServiceInterval interval,
        ComponentPrices prices,
        (DateOnly From, DateOnly Until) days
    )
    {
        var isUnpriced = false;
        var quantity = interval.Quantities.Of(prices.Component);
        foreach (var stretch in prices.Stretches)
        {
            var from = stretch.From > days.From ? stretch.From : days.From;
            var until = stretch.Until < days.Until ? stretch.Until : days.Until;
            if (from >= until || quantity == 0)
            {
                continue;
            }

            if (stretch.Rate is { } rate)
            {
                var charge = new Charge
                {
                    Rate = rate,
                    Quantity = quantity,
                    From = from,
                    Until = until,
                    StartedBy = interval.StartedBy,
                    EndedBy = interval.Until == until ? interval.EndedBy : null,
                };
                Append(charges, charge);
            }

            isUnpriced |= stretch is { Rate: null, IsFree: false };
        }

        return isUnpriced;
    }

    /// <summary>Neighbours alike in quantity, price and contract become one before anything is rounded.</summary>
    private static void Append(List<Charge> charges, Charge charge)
    {
        if (
            charges is [.., var last]
            && last.Until == charge.From
            && last.Quantity == charge.Quantity
            && last.Rate.Continues(charge.Rate)
        )
        {
            charges[^1] = last with { Until = charge.Until, EndedBy = charge.EndedBy };
        }
        else
        {
            charges.Add(charge);
        }
    }

    private static List<Charge> Merge(List<Charge> charges)
    {
        var merged = new List<Charge>(charges.Count);
        foreach (var charge in charges.OrderBy(c => Tariff.PlaceOf(c.Rate.Component)).ThenBy(c => c.From))
        {
            Append(merged, charge);
        }

        return merged;
    }
}

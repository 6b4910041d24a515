using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Billing;

/// <summary>One price as a month's lines carry it.</summary>
public sealed record Rate
{
    /// <summary>Its number in the month, from 1.</summary>
    public required int Number { get; init; }

    public required string Item { get; init; }

    /// <summary>The catalogue edition in force, or the last that held the item.</summary>
    public required string Edition { get; init; }

    public required string Contract { get; init; }
    public required string Component { get; init; }
    public required string Unit { get; init; }

    /// <summary>1/10000 yuan.</summary>
    public required long UnitPrice { get; init; }

    /// <summary>The days of the month; of the service year for a yearly price; 1 for what is charged once.</summary>
    public required int Divisor { get; init; }

    /// <summary>Whether days at this rate go on in a line at the other: same item, component, price and contract.</summary>
    public bool Continues(Rate other) =>
        ReferenceEquals(this, other)
        || (
            Item == other.Item
            && Component == other.Component
            && UnitPrice == other.UnitPrice
            && Contract == other.Contract
        );
}

/// <summary>Days [From, Until) of a month on which one component of an item has one price.</summary>
/// <param name="From">First day.</param>
/// <param name="Until">The day after the last.</param>
/// <param name="Rate">The price; null where there is none.</param>
/// <param name="IsFree">Whether a contract's transition makes these days free (art. 17).</param>
internal sealed record Stretch(DateOnly From, DateOnly Until, Rate? Rate, bool IsFree);

/// <summary>The stretches of one component over the month, in order.</summary>
internal sealed record ComponentPrices(string Component, IReadOnlyList<Stretch> Stretches);

/// <summary>
/// What everything costs in one month: per provider and item the prices in force day by day. An item dropped from the
/// catalogue stays chargeable with the last edition that held it (art. 11).
/// </summary>
public sealed class Tariff(Month month, IReadOnlyList<CatalogueEdition> editions, IReadOnlyList<Contract> contracts)
{
    private const int FreeMonths = 6;
    private static readonly List<string> Order = [.. PublishEdition.Units.Keys];
    private readonly Dictionary<(string Provider, string Item), IReadOnlyList<ComponentPrices>> _known = [];
    private readonly List<Rate> _rates = [];

    public Month Month { get; } = month;

    /// <summary>The rates asked for so far, in order of number.</summary>
    public IReadOnlyList<Rate> Rates => _rates;

    /// <summary>The place of the component in the order of the price list.</summary>
    internal static int PlaceOf(string component) => Order.IndexOf(component);

    /// <summary>The item's components in the order of the price list.</summary>
    internal IReadOnlyList<ComponentPrices> Of(string provider, string item)
    {
        if (!_known.TryGetValue((provider, item), out var prices))
        {
            prices = Read(provider, item);
            _known[(provider, item)] = prices;
        }

        return prices;
    }

    private List<ComponentPrices> Read(string provider, string item)
    {
        var stretches = new SortedDictionary<int, List<Stretch>>();
        for (var day = Month.First; day < Month.End; day = day.AddDays(1))
        {
            var edition = editions.LastOrDefault(e => e.EffectiveFrom <= day && e.Find(item) is not null);
            // An item that no edition holds has no price for anything: one stretch without a rate says so.
            var components = edition?.Find(item)!.Components ?? [new PriceComponent("instance", "", 0)];
            foreach (var component in components)
            {
                var place = Order.IndexOf(component.Name);
                stretches.TryAdd(place, []);
                Extend(stretches[place], On(day, (provider, item), component, edition?.Code));
            }
        }

        return [.. stretches.Select(s => new ComponentPrices(Order[s.Key], s.Value))];
    }

    private static void Extend(List<Stretch> stretches, Stretch day)
    {
        if (stretches is [.., var last] && last.Until == day.From && last.Rate == day.Rate && last.IsFree == day.IsFree)
        {
            stretches[^1] = last with { Until = day.Until };
        }
        else
        {
            stretches.Add(day);
        }
    }

    private Stretch On(DateOnly day, (string Provider, string Item) what, PriceComponent component, string? edition)
    {
        var own = contracts.Where(c => c.Provider == what.Provider).ToList();
        var live = own.Where(c => c.IsLiveOn(day)).ToList();
        var priced = live.OrderBy(c => c.From)
            .ThenBy(c => c.Number, StringComparer.Ordinal)
            .Select(c => (c.Number, Price: PriceOf(c, what.Item, component.Name)))
            .LastOrDefault(c => c.Price is not null);
        if (edition is null || priced.Price is not { } price)
        {
            var isFree = live.Count == 0 && own.Any(c => IsInTransition(c, day));
            return new Stretch(day, day.AddDays(1), null, isFree);
        }

        var rate = new Rate
        {
            Number = 0,
            Item = what.Item,
            Edition = edition,
            Contract = priced.Number,
            Component = component.Name,
            Unit = component.Unit,
            UnitPrice = (long)(price * 10_000m),
            Divisor = DivisorOf(component.Name, day),
        };
        return new Stretch(day, day.AddDays(1), Numbered(rate), IsFree: false);
    }

    /// <summary>
    /// Art. 17: six months from the day after the contract's last day. As every period in months they end on the day of
    /// the same number, or on the month's last.
    /// </summary>
    private static bool IsInTransition(Contract contract, DateOnly day)
    {
        var last = contract.Until.AddDays(-1);
        return last < day && day <= last.AddMonths(FreeMonths);
    }

    private Rate Numbered(Rate rate)
    {
        if (_rates.Find(r => r with { Number = 0 } == rate) is { } known)
        {
            return known;
        }

        var numbered = rate with { Number = _rates.Count + 1 };
        _rates.Add(numbered);
        return numbered;
    }

    private int DivisorOf(string component, DateOnly day) =>
        component switch
        {
            "year" => ServiceYear.DaysOf(day),
            "once" => 1,
            _ => Month.Days,
        };

    private static decimal? PriceOf(Contract contract, string item, string component) =>
        contract.Prices.FirstOrDefault(p => p.Item == item && p.Component == component)?.Price;
}

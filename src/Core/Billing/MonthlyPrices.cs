using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Billing;

/// <summary>What anything costs a whole month at one day's contract prices (合同价, art. 12, 40).</summary>
/// <param name="Yuan">Two places, each component rounded half away from zero as bills round it.</param>
/// <param name="IsPriced">Whether every component has a price that day.</param>
/// <param name="IsFree">Whether those without one are free that day, in a contract's transition (art. 17).</param>
public readonly record struct MonthlyPrice(decimal Yuan, bool IsPriced, bool IsFree)
{
    /// <summary>The price of quantities of an item on a day of the tariff's month; what is charged once is not in it.</summary>
    public static MonthlyPrice Of(
        Tariff tariff,
        DateOnly day,
        (string Provider, string Item) what,
        Quantities quantities
    )
    {
        var (fen, isPriced, isFree) = (0L, true, true);
        foreach (var component in tariff.Of(what.Provider, what.Item))
        {
            var stretch = component.Stretches.FirstOrDefault(s => s.From <= day && day < s.Until);
            if (stretch?.Rate is { } rate)
            {
                var days = component.Component == "once" ? 0 : tariff.Month.Days;
                fen += Money.Fen(quantities.Of(component.Component), rate.UnitPrice, days, rate.Divisor);
            }
            else if (stretch is not null)
            {
                isPriced = false;
                isFree &= stretch.IsFree;
            }
        }

        return new(Money.Yuan(fen), isPriced, isFree);
    }
}

/// <summary>Contract prices for what is advised; days that are free for now have no price.</summary>
public sealed class MonthlyPrices(ReadTariffs readTariffs) : IMonthlyPrices
{
    public async Task<IPriceList> OnAsync(ITransaction transaction, DateOnly day, CancellationToken cancellationToken)
    {
        var tariffs = await readTariffs.ExecuteAsync(transaction, cancellationToken);
        return new PriceList(tariffs.Of(Month.Of(day)), day);
    }

    private sealed class PriceList(Tariff tariff, DateOnly day) : IPriceList
    {
        public decimal? Monthly(string provider, string item, ItemKind kind, Spec spec) =>
            MonthlyPrice.Of(tariff, day, (provider, item), Quantities.Of(spec, kind)) is { IsPriced: true } price
                ? price.Yuan
                : null;
    }
}

using CloudManager.Client.Billing;
using CloudManager.Client.Catalogue;
using CloudManager.Client.Requests;
using CloudManager.Client.Resources;

namespace CloudManager.Cli.Story;

/// <summary>
/// A line of the bill as one computes it by hand: quantity × monthly price × days ÷ days in the month, rounded half
/// away from zero to the fen.
/// </summary>
internal sealed record HandLine(string Resource, string Component, decimal Quantity, decimal Price, Days Days)
{
    public decimal Amount => Math.Round(Quantity * Price * Days.Count / Days.InMonth, 2, MidpointRounding.AwayFromZero);

    /// <summary>Whether the platform charged just this.</summary>
    public bool IsAsOn(BillLine line) =>
        line.Quantity == Quantity
        && line.UnitPrice == Price
        && line.From == Days.From
        && line.Until == Days.Until
        && line.Days == Days.Count
        && line.DaysInMonth == Days.InMonth
        && line.Amount == Amount;
}

/// <summary>The days [From, Until) of one month.</summary>
internal sealed record Days(DateOnly From, DateOnly Until)
{
    public int Count => Until.DayNumber - From.DayNumber;

    public int InMonth => DateTime.DaysInMonth(From.Year, From.Month);
}

/// <summary>A bill as one computes it by hand from what runs, the price list and the days.</summary>
internal static class HandBill
{
    /// <summary>Whether a component is priced by the month and counted from a spec.</summary>
    public static bool CanCount(string component) =>
        component is "vcpu" or "memory" or "storage" or "bandwidth" or "instance";

    public static decimal? PriceOf(PriceComponent component, string provider) =>
        component.Prices.FirstOrDefault(p => p.Provider == provider)?.Price;

    /// <summary>A line for each component of each resource.</summary>
    public static IReadOnlyList<HandLine> Of(IReadOnlyList<Resource> resources, Edition edition, Days days)
    {
        var items = edition.Items.ToDictionary(i => i.Code);
        return
        [
            .. resources.SelectMany(
                resource => items[resource.Item].Components,
                (resource, component) =>
                    new HandLine(
                        resource.Id,
                        component.Name,
                        QuantityOf(component.Name, resource.Spec),
                        PriceOf(component, resource.Provider) ?? 0,
                        days
                    )
            ),
        ];
    }

    private static decimal QuantityOf(string component, Spec spec) =>
        component switch
        {
            "vcpu" => spec.Vcpus ?? 0,
            "memory" => spec.MemoryGiB ?? 0,
            "storage" => spec.SizeGiB ?? 0,
            "bandwidth" => spec.BandwidthMbps ?? 0,
            "instance" => 1,
            _ => throw new NotAsExpectedException(
                new($"计价项 {component} 不按月计", $"the component {component} is not priced by the month")
            ),
        };
}

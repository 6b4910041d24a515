using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Storage.Billing;

/// <summary>One row of the table bill_adjustment.</summary>
internal sealed class AdjustmentRow
{
    public const string Columns = """
        bill, no, resource, system, item, edition, contract, component, unit, quantity, unit_price, from_day, until_day,
        days, divisor, fen, started_by, ended_by, corrects, zh, en
        """;

    public long Bill { get; init; }
    public int No { get; init; }
    public long Resource { get; init; }
    public string System { get; init; } = "";
    public string Item { get; init; } = "";
    public string Edition { get; init; } = "";
    public string Contract { get; init; } = "";
    public string Component { get; init; } = "";
    public string Unit { get; init; } = "";
    public long Quantity { get; init; }
    public long UnitPrice { get; init; }
    public DateOnly FromDay { get; init; }
    public DateOnly UntilDay { get; init; }
    public int Days { get; init; }
    public int Divisor { get; init; }
    public long Fen { get; init; }
    public long StartedBy { get; init; }
    public long? EndedBy { get; init; }
    public string? Corrects { get; init; }
    public string Zh { get; init; } = "";
    public string En { get; init; } = "";

    /// <summary>The bill's month, tenant and provider, where they were read along.</summary>
    public string? Month { get; init; }
    public string Tenant { get; init; } = "";
    public string Provider { get; init; } = "";

    public static AdjustmentRow Of(long bill, BillLine line) =>
        new()
        {
            Bill = bill,
            No = BillLines.NoOf(line),
            Resource = line.Resource.Number,
            System = line.System,
            Item = line.Item,
            Edition = line.Edition,
            Contract = line.Contract,
            Component = line.Component,
            Unit = line.Unit,
            Quantity = (long)line.Quantity,
            UnitPrice = Money.ToParts(line.UnitPrice),
            FromDay = line.From,
            UntilDay = line.Until,
            Days = line.Days,
            Divisor = line.DaysInMonth,
            Fen = Money.ToFen(line.Amount),
            StartedBy = NumberOf(line.StartedBy)!.Value,
            EndedBy = NumberOf(line.EndedBy),
            Corrects = line.Corrects,
            Zh = line.Reason!.Zh,
            En = line.Reason.En,
        };

    public BillLine ToLine(string bill) =>
        new()
        {
            Id = BillLines.IdOf(bill, No),
            Kind = BillLineKind.Adjustment,
            Resource = new ResourceId(Resource),
            System = System,
            Item = Item,
            Edition = Edition,
            Contract = Contract,
            Component = Component,
            Unit = Unit,
            Quantity = Quantity,
            UnitPrice = Money.Price(UnitPrice),
            From = FromDay,
            Until = UntilDay,
            Days = Days,
            DaysInMonth = Divisor,
            Amount = Money.Yuan(Fen),
            StartedBy = new RequestId(StartedBy).ToString(),
            EndedBy = EndedBy is { } by ? new RequestId(by).ToString() : null,
            Corrects = Corrects,
            ServicePeriod = BillLines.ServicePeriodOf(FromDay),
            Reason = new Bilingual(Zh, En),
        };

    private static long? NumberOf(string? request) =>
        NumberedId.TryParse(RequestId.Prefix, request, out var number) ? number : null;
}

using System.Globalization;
using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.Billing;

internal sealed record BillView
{
    /// <summary>Month, tenant and provider, e.g. <c>2026-09.tenant-a.provider-a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>yyyy-MM.</summary>
    public required string Month { get; init; }
    public required string Tenant { get; init; }
    public required string Provider { get; init; }

    /// <summary>Open bills are computed to the days that are over; closed ones never change.</summary>
    public required BillState State { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Yuan with two places, over all lines.</summary>
    public required string Total { get; init; }
    public required int LineCount { get; init; }
    public required IReadOnlyList<BillLineView> Lines { get; init; }

    /// <summary>The cursor of the next lines, for GET /bills/{id}; null after the last.</summary>
    public required string? Next { get; init; }

    public static BillView Of(Bill bill, Page<BillLine> lines, string? next) =>
        new()
        {
            Id = bill.Id,
            Month = bill.Month.ToString(),
            Tenant = bill.Tenant,
            Provider = bill.Provider,
            State = bill.State,
            ClosedAt = bill.ClosedAt,
            Total = Yuan.Amount(bill.Total),
            LineCount = bill.LineCount,
            Lines = [.. lines.Items.Select(BillLineView.Of)],
            Next = next,
        };
}

/// <summary>One line of a bill; every member of it leads on to what it was computed from.</summary>
internal sealed record BillLineView
{
    public required string Id { get; init; }
    public required BillLineKind Kind { get; init; }
    public required string Resource { get; init; }
    public required string System { get; init; }
    public required string Item { get; init; }

    /// <summary>The catalogue edition in force on the first day.</summary>
    public required string Edition { get; init; }
    public required string Contract { get; init; }
    public required string Component { get; init; }
    public required string Unit { get; init; }
    public required decimal Quantity { get; init; }

    /// <summary>Yuan with four places.</summary>
    public required string UnitPrice { get; init; }

    /// <summary>First day charged.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last day charged.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Negative in a line that takes another back.</summary>
    public required int Days { get; init; }

    /// <summary>The divisor: days of the month, or of the service year for a yearly price; 1 for what is charged once.</summary>
    public required int DaysInMonth { get; init; }

    /// <summary>Yuan with two places.</summary>
    public required string Amount { get; init; }

    /// <summary>The request whose confirmation started the service.</summary>
    public required string StartedBy { get; init; }
    public required string? EndedBy { get; init; }

    /// <summary>The line it corrects.</summary>
    public required string? Corrects { get; init; }

    /// <summary>The service period by the year it ends.</summary>
    public required string ServicePeriod { get; init; }

    /// <summary>Why it was corrected; null for use.</summary>
    public required Bilingual? Reason { get; init; }

    public static BillLineView Of(BillLine line) =>
        new()
        {
            Id = line.Id,
            Kind = line.Kind,
            Resource = line.Resource.ToString(),
            System = line.System,
            Item = line.Item,
            Edition = line.Edition,
            Contract = line.Contract,
            Component = line.Component,
            Unit = line.Unit,
            Quantity = line.Quantity,
            UnitPrice = Yuan.Price(line.UnitPrice),
            From = line.From,
            Until = line.Until,
            Days = line.Days,
            DaysInMonth = line.DaysInMonth,
            Amount = Yuan.Amount(line.Amount),
            StartedBy = line.StartedBy,
            EndedBy = line.EndedBy,
            Corrects = line.Corrects,
            ServicePeriod = line.ServicePeriod,
            Reason = line.Reason,
        };
}

/// <summary>What a delivered resource will be charged once its tenant confirms.</summary>
internal sealed record ExpectedChargeView
{
    public required string Resource { get; init; }
    public required string System { get; init; }
    public required string Tenant { get; init; }
    public required string Provider { get; init; }
    public required string Request { get; init; }
    public required DateOnly DeliveredOn { get; init; }

    /// <summary>Days since the delivery that are over.</summary>
    public required int Days { get; init; }

    /// <summary>Yuan with two places, over these days.</summary>
    public required string Amount { get; init; }

    public static ExpectedChargeView Of(ExpectedCharge charge) =>
        new()
        {
            Resource = charge.Resource.Id.ToString(),
            System = charge.Resource.System,
            Tenant = charge.Resource.Tenant,
            Provider = charge.Resource.Provider,
            Request = charge.Resource.Request.ToString(),
            DeliveredOn = charge.DeliveredOn,
            Days = charge.Days,
            Amount = Yuan.Amount(charge.Amount),
        };
}

/// <summary>Money as the surface writes it.</summary>
internal static class Yuan
{
    public static string Amount(decimal yuan) => yuan.ToString("F2", CultureInfo.InvariantCulture);

    public static string Price(decimal yuan) => yuan.ToString("F4", CultureInfo.InvariantCulture);
}

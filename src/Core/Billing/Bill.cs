using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Billing;

/// <summary>What a bill's line is.</summary>
public enum BillLineKind
{
    /// <summary>Use in the bill's own month.</summary>
    Usage,

    /// <summary>A correction of a closed month, in the open one.</summary>
    Adjustment,

    /// <summary>A deduction by assessment (art. 39).</summary>
    Deduction,
}

/// <summary>Whether a bill can still change.</summary>
public enum BillState
{
    /// <summary>Computed on reading, to the days that are over.</summary>
    Open,

    /// <summary>Stored; it never changes again.</summary>
    Closed,
}

/// <summary>Charge (计费明细, art. 40): one component of one resource over some days of one month at one price.</summary>
public sealed record BillLine
{
    /// <summary>Its bill's id and its number in it, e.g. <c>2026-09.tenant-a.provider-a.17</c>.</summary>
    public required string Id { get; init; }

    public required BillLineKind Kind { get; init; }
    public required ResourceId Resource { get; init; }
    public required string System { get; init; }

    /// <summary>The catalogue item's code.</summary>
    public required string Item { get; init; }

    /// <summary>The catalogue edition in force on the line's first day.</summary>
    public required string Edition { get; init; }

    /// <summary>The number of the contract whose price it is.</summary>
    public required string Contract { get; init; }

    /// <summary>vcpu, memory, storage, bandwidth, instance, year or once.</summary>
    public required string Component { get; init; }

    /// <summary>The price's unit as the price list prints it.</summary>
    public required string Unit { get; init; }

    public required decimal Quantity { get; init; }

    /// <summary>Yuan with four places.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>First day charged.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last day charged.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Days charged; negative in a line that takes another back.</summary>
    public required int Days { get; init; }

    /// <summary>The divisor: the days of the month, or of the service year for a yearly price.</summary>
    public required int DaysInMonth { get; init; }

    /// <summary>Yuan with two places.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The confirmation that started the service (art. 40), e.g. <c>req-000001</c>.</summary>
    public required string StartedBy { get; init; }

    /// <summary>The confirmation that ended it; null while it runs.</summary>
    public string? EndedBy { get; init; }

    /// <summary>The line it corrects; null for use, and for a correction of something never charged.</summary>
    public string? Corrects { get; init; }

    /// <summary>The service period (服务周期, 1 Sep – 31 Aug) it belongs to, by the year it ends, e.g. <c>2027</c>.</summary>
    public required string ServicePeriod { get; init; }

    /// <summary>Why it was corrected; null for use.</summary>
    public Bilingual? Reason { get; init; }
}

/// <summary>Bill (账单, art. 40): what one tenant owes one provider for one month.</summary>
public sealed record Bill
{
    /// <summary>Month, tenant and provider, e.g. <c>2026-09.tenant-a.provider-a</c>.</summary>
    public string Id => $"{Month}.{Tenant}.{Provider}";

    public required Month Month { get; init; }
    public required string Tenant { get; init; }
    public required string Provider { get; init; }
    public required BillState State { get; init; }

    /// <summary>When it was closed; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Yuan with two places, over all lines.</summary>
    public required decimal Total { get; init; }

    public required int LineCount { get; init; }
}

/// <summary>Which bills a list shows; null members do not filter.</summary>
public sealed record BillFilter
{
    public Month? Month { get; init; }
    public string? Tenant { get; init; }
    public string? Provider { get; init; }

    /// <summary>The region of the tenants.</summary>
    public string? Region { get; init; }
}

/// <summary>Bills, closed ones from the books and open ones computed. Implemented by Billing.</summary>
public interface IBills
{
    /// <summary>Bills in order of id. With no month in the filter: all closed ones and those of the open months.</summary>
    Task<Page<Bill>> ListAsync(
        ITransaction transaction,
        BillFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>A page of the bill's lines in order of number.</summary>
    Task<Page<BillLine>> LinesAsync(
        ITransaction transaction,
        Bill bill,
        PageRequest page,
        CancellationToken cancellationToken
    );
}

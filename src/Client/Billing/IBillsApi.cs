using Refit;

namespace CloudManager.Client.Billing;

/// <summary>Bills (账单, art. 40).</summary>
public interface IBillsApi
{
    [Get("/api/v1/bills")]
    Task<Page<Bill>> ListAsync([Query] BillQuery query, CancellationToken cancellationToken);

    /// <summary>A bill with a page of its lines.</summary>
    [Get("/api/v1/bills/{id}")]
    Task<Bill> FindAsync(string id, [Query] PageQuery query, CancellationToken cancellationToken);

    /// <summary>The charges of delivered, unconfirmed resources, outside any bill.</summary>
    [Get("/api/v1/charges/expected")]
    Task<Page<ExpectedCharge>> ExpectedAsync([Query] ExpectedQuery query, CancellationToken cancellationToken);
}

/// <summary>Which bills a list shows; null members do not filter.</summary>
public sealed record BillQuery : PageQuery
{
    /// <summary>yyyy-MM.</summary>
    public string? Month { get; init; }
    public string? Tenant { get; init; }
    public string? Provider { get; init; }
}

/// <summary>Which expected charges a list shows; null members do not filter.</summary>
public sealed record ExpectedQuery : PageQuery
{
    public string? Tenant { get; init; }
    public string? Provider { get; init; }
}

/// <summary>Bill (账单): what one tenant owes one provider for one month.</summary>
/// <param name="Month">yyyy-MM.</param>
/// <param name="State">open or closed; a closed one never changes.</param>
/// <param name="Total">Yuan with two places, over all lines.</param>
/// <param name="Next">The cursor of the next page of lines; null on the last.</param>
public sealed record Bill(
    string Id,
    string Month,
    string Tenant,
    string Provider,
    string State,
    DateTimeOffset? ClosedAt,
    decimal Total,
    int LineCount,
    IReadOnlyList<BillLine> Lines,
    string? Next = null
);

/// <summary>Charge (计费明细): one component of one resource over some days at one price.</summary>
/// <param name="Kind">usage, adjustment or deduction.</param>
/// <param name="UnitPrice">Yuan with four places.</param>
/// <param name="From">First day charged.</param>
/// <param name="Until">The day after the last day charged.</param>
/// <param name="Days">Days charged; negative in a line that takes another back.</param>
/// <param name="Amount">Yuan with two places.</param>
/// <param name="StartedBy">The request whose confirmation started the service.</param>
/// <param name="Corrects">The line it corrects; null for use and for what was never charged.</param>
/// <param name="ServicePeriod">The service period (服务周期) by the year it ends.</param>
public sealed record BillLine(
    string Id,
    string Kind,
    string Resource,
    string System,
    string Item,
    string Edition,
    string Contract,
    string Component,
    string Unit,
    decimal Quantity,
    decimal UnitPrice,
    DateOnly From,
    DateOnly Until,
    int Days,
    int DaysInMonth,
    decimal Amount,
    string StartedBy,
    string? EndedBy,
    string? Corrects,
    string ServicePeriod,
    Bilingual? Reason = null
);

/// <summary>What a delivered, unconfirmed resource would cost so far.</summary>
public sealed record ExpectedCharge(
    string Resource,
    string System,
    string Tenant,
    string Provider,
    string Request,
    DateOnly DeliveredOn,
    int Days,
    decimal Amount
);

using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Billing;

/// <summary>Writes the bills of a month that is being closed; nothing of them ever changes again.</summary>
public interface IBillWriter
{
    /// <summary>Writes what resources used; in order of bill and resource.</summary>
    Task AddUsageAsync(
        ITransaction transaction,
        Month month,
        IReadOnlyList<BilledUse> batch,
        CancellationToken cancellationToken
    );

    /// <summary>Writes corrections of closed months; the number of the line is the last part of its id.</summary>
    Task AddAdjustmentsAsync(
        ITransaction transaction,
        long bill,
        IReadOnlyList<BillLine> lines,
        CancellationToken cancellationToken
    );

    /// <summary>Writes the bill itself.</summary>
    Task AddBillAsync(ITransaction transaction, ClosedBill bill, CancellationToken cancellationToken);

    /// <summary>Writes the prices that the month's usage speaks of.</summary>
    Task AddRatesAsync(
        ITransaction transaction,
        Month month,
        IReadOnlyList<Rate> rates,
        CancellationToken cancellationToken
    );

    /// <summary>Notes that a month's close is blocked by a set of resources; false if it was noted before.</summary>
    Task<bool> NoteBlockAsync(
        ITransaction transaction,
        Month month,
        string resources,
        CancellationToken cancellationToken
    );
}

/// <summary>One resource's use in a bill.</summary>
/// <param name="Bill">The bill's number in the books.</param>
/// <param name="FirstNo">The number of the first of its lines.</param>
/// <param name="Use">What it is charged; at least one charge.</param>
public readonly record struct BilledUse(long Bill, int FirstNo, ResourceCharges Use);

/// <summary>A bill as it is closed.</summary>
/// <param name="Number">Its number in the books.</param>
/// <param name="Bill">The bill.</param>
/// <param name="Region">The region of its tenant.</param>
public sealed record ClosedBill(long Number, Bill Bill, string Region);

/// <summary>Reads closed bills.</summary>
public interface IBillReader
{
    /// <summary>Closed bills in order of id.</summary>
    Task<Page<Bill>> ListAsync(
        ITransaction transaction,
        BillFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>A page of a closed bill's lines in order of number; pages start after a <see cref="LinePlace"/>.</summary>
    Task<Page<BillLine>> LinesAsync(
        ITransaction transaction,
        Bill bill,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// What a resource was charged for the closed month: use in its own bill and corrections in later ones, oldest first.
    /// </summary>
    Task<IReadOnlyList<BillLine>> OfResourceAsync(
        ITransaction transaction,
        Month month,
        BillKey key,
        ResourceId resource,
        CancellationToken cancellationToken
    );
}

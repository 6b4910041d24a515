using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>Requests in the books.</summary>
public interface IRequestStore
{
    Task<ServiceRequest?> FindAsync(ITransaction transaction, RequestId id, CancellationToken cancellationToken);

    Task AddAsync(ITransaction transaction, ServiceRequest request, CancellationToken cancellationToken);

    /// <summary>Replaces the request, adding what is new of its history and deadlines.</summary>
    Task SaveAsync(ITransaction transaction, ServiceRequest request, CancellationToken cancellationToken);

    /// <summary>Requests that the filter lets through, newest first.</summary>
    Task<Page<ServiceRequest>> ListAsync(
        ITransaction transaction,
        RequestFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>Requests in the state whose named deadline runs and was due before the instant, oldest first.</summary>
    Task<IReadOnlyList<ServiceRequest>> DueAsync(
        ITransaction transaction,
        RequestState state,
        string step,
        DateTimeOffset before,
        CancellationToken cancellationToken
    );
}

/// <summary>Which requests a list shows; null members do not filter.</summary>
public sealed record RequestFilter
{
    public string? Tenant { get; init; }
    public string? Region { get; init; }
    public RequestState? State { get; init; }
    public RequestType? Type { get; init; }
    public string? System { get; init; }
}

/// <summary>Issues and mends the work orders of a request. Implemented by WorkOrders.</summary>
public interface IWorkOrderDesk
{
    /// <summary>Issues the orders of the request's state, one per pool (art. 19(3), (4)).</summary>
    Task<Result<Done>> IssueAsync(
        ITransaction transaction,
        ServiceRequest request,
        string by,
        CancellationToken cancellationToken
    );

    /// <summary>The orders that failed and wait for a decision.</summary>
    Task<IReadOnlyList<FailedOrder>> FailedAsync(
        ITransaction transaction,
        RequestId request,
        CancellationToken cancellationToken
    );

    /// <summary>Issues a new order in place of a failed one, for the lines as they now stand.</summary>
    Task<Result<Done>> ReissueAsync(
        ITransaction transaction,
        ServiceRequest request,
        FailedOrder failed,
        string by,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Gives up what the failed orders did not complete and has its test resources removed; returns the lines that are
    /// complete. Refused while another order is at work, or if nothing was completed.
    /// </summary>
    Task<Result<IReadOnlyList<RequestLine>>> KeepCompletedAsync(
        ITransaction transaction,
        ServiceRequest request,
        string by,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Cancels what is under way and removes all test resources (withdrawal, expiry); what is in service is given back as it
    /// was. Refused while another order of a change is at work.
    /// </summary>
    Task<Result<Done>> RemoveAllAsync(
        ITransaction transaction,
        ServiceRequest request,
        string by,
        CancellationToken cancellationToken
    );
}

/// <summary>An order that failed and waits for a decision.</summary>
/// <param name="WorkOrder">Its number in text form.</param>
/// <param name="Pool">Its pool.</param>
/// <param name="LineNumbers">The lines it was for.</param>
/// <param name="Reason">Why it failed.</param>
public sealed record FailedOrder(string WorkOrder, PoolId Pool, IReadOnlyList<int> LineNumbers, Bilingual Reason);

/// <summary>What happens to a request's resources beside orders. Implemented by Resources and Provisioning.</summary>
public interface IRequestResources
{
    /// <summary>
    /// Puts the delivered resources in service (art. 40): from the day that was agreed or decided, or, if that is null,
    /// each from the day on which its own order was completed.
    /// </summary>
    Task EnterServiceAsync(
        ITransaction transaction,
        RequestId request,
        DateOnly? decided,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Ends the service of what the request's orders reclaimed (art. 21(2), 40): on the day named, or, if that is null, each
    /// on the day on which it was reclaimed; never after that.
    /// </summary>
    Task EndServiceAsync(
        ITransaction transaction,
        RequestId request,
        DateOnly? on,
        CancellationToken cancellationToken
    );

    /// <summary>Stops the test resources; they are kept (art. 19(3)).</summary>
    Task StopTestAsync(ITransaction transaction, ServiceRequest request, CancellationToken cancellationToken);

    /// <summary>The days that a confirmation may name, of the delivery, the change or the reclaim.</summary>
    Task<DeliveryDays> DeliveryDaysAsync(
        ITransaction transaction,
        RequestId request,
        CancellationToken cancellationToken
    );
}

/// <summary>
/// What the orders of a deregistration wait for (art. 21(2)): nothing is deleted before the tenant confirmed its backup
/// and then the clean-up. Implemented by WorkOrders.
/// </summary>
public interface IReclaimDesk
{
    /// <summary>The tenant's data are backed up; it now destroys them.</summary>
    Task BackedUpAsync(ITransaction transaction, RequestId request, CancellationToken cancellationToken);

    /// <summary>The tenant's data may be destroyed: what the orders are for is removed.</summary>
    Task CleanedAsync(ITransaction transaction, RequestId request, CancellationToken cancellationToken);
}

/// <summary>When the delivery, change or reclaim was ordered and completed. An order that completed no line counts for nothing.</summary>
/// <param name="Ordered">The day of the first order.</param>
/// <param name="ByLine">The day on which each line's own order was completed, by the line's number.</param>
public sealed record DeliveryDays(DateOnly Ordered, IReadOnlyDictionary<int, DateOnly> ByLine)
{
    /// <summary>The day on which the last of the orders was completed.</summary>
    public DateOnly Completed => ByLine.Values.Max();
}

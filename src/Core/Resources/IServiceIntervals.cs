using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Resources;

/// <summary>
/// Keeps from which confirmed day to which a resource served at which size (art. 40). Implemented by Billing.
/// </summary>
public interface IServiceIntervals
{
    /// <summary>
    /// The resource serves at its spec from the confirmed day on. Said again by the same request, it moves the day and
    /// the size; of several on one day the last counts.
    /// </summary>
    Task ServeAsync(
        ITransaction transaction,
        Resource resource,
        ConfirmedDay since,
        CancellationToken cancellationToken
    );

    /// <summary>Service ended on the confirmed day, which is not charged; said again, it moves the day.</summary>
    Task EndAsync(ITransaction transaction, Resource resource, ConfirmedDay on, CancellationToken cancellationToken);
}

/// <summary>A day as the tenant confirmed it.</summary>
/// <param name="Day">The day.</param>
/// <param name="By">The request whose confirmation it is.</param>
public readonly record struct ConfirmedDay(DateOnly Day, RequestId By);

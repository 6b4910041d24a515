using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Billing;

/// <summary>
/// Writes what was in service when (art. 40). A change that reaches into a closed month is noted, so that the next close
/// corrects what was charged.
/// </summary>
public sealed class KeepServiceIntervals(
    IServiceIntervalStore intervals,
    ILateServices late,
    IJobPeriods periods,
    TimeProvider businessTime
) : IServiceIntervals
{
    public Task ServeAsync(
        ITransaction transaction,
        Resource resource,
        ConfirmedDay since,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            transaction,
            resource,
            history => ServiceHistory.Serve(history, resource, since),
            cancellationToken
        );

    public Task EndAsync(
        ITransaction transaction,
        Resource resource,
        ConfirmedDay on,
        CancellationToken cancellationToken
    ) => ChangeAsync(transaction, resource, history => ServiceHistory.End(history, on), cancellationToken);

    private async Task ChangeAsync(
        ITransaction transaction,
        Resource resource,
        Func<IReadOnlyList<ServiceInterval>, IReadOnlyList<ServiceInterval>> change,
        CancellationToken cancellationToken
    )
    {
        var key = new BillKey(resource.Tenant, resource.Provider);
        var before = await intervals.OfAsync(transaction, key, resource.Id, cancellationToken);
        var after = change(before);
        if (ServiceHistory.Differ(before, after) is not { } day)
        {
            return;
        }

        await intervals.SaveAsync(transaction, resource, after, businessTime.GetUtcNow(), cancellationToken);
        var closed = await periods.DoneAsync(transaction, CloseMonth.Job, cancellationToken);
        if (closed.Contains(Month.Of(day).ToString()))
        {
            await late.NoteAsync(transaction, new LateService(key, resource.Id, day), cancellationToken);
        }
    }
}

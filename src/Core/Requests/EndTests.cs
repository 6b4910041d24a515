using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests;

/// <summary>
/// Art. 19(3): ends the tests whose 30 days are over without a report, and lets those expire whose grace period is over
/// too. Each request is a change of its own; run again it finds nothing left to do.
/// </summary>
public sealed class EndTests(IBooks books, IRequestStore requests, ActOnRequest act, TimeProvider businessTime)
    : IJobWork
{
    public const string Job = "end-tests";

    public async Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        var now = businessTime.GetUtcNow();
        var overdue = await DueAsync(Deadlines.Report, now, cancellationToken);
        var toEnd = overdue.Where(r => r.Deadlines.All(d => d.Step != Deadlines.Grace)).ToList();
        foreach (var request in toEnd)
        {
            await TakeAsync(request.Id, RequestAction.EndTest, cancellationToken);
        }

        var expired = await DueAsync(Deadlines.Grace, now, cancellationToken);
        foreach (var request in expired)
        {
            await TakeAsync(request.Id, RequestAction.Expire, cancellationToken);
        }

        return toEnd.Count + expired.Count == 0
            ? Look.Nothing
            : new Look(
                LookOutcome.Done,
                [],
                (
                    $"结束到期测试 {toEnd.Count} 项，到期失效 {expired.Count} 项",
                    $"{toEnd.Count} test(s) ended, {expired.Count} expired"
                )
            );
    }

    private Task<IReadOnlyList<ServiceRequest>> DueAsync(
        string step,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        books.ReadAsync(
            (transaction, token) => requests.DueAsync(transaction, RequestState.Testing, step, now, token),
            cancellationToken
        );

    private Task TakeAsync(RequestId id, RequestAction action, CancellationToken cancellationToken) =>
        books.ChangeAsync(
            new Intent(Origin.Platform, $"request.{Words.Camel(action)}", new Subject("request", id.ToString())),
            (transaction, token) => act.ByPlatformAsync(transaction, id, action, null, token),
            cancellationToken
        );
}

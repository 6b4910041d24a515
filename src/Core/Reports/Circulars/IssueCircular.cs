using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Reports.Circulars;

/// <summary>
/// The authority issues a circular (通报, art. 22(1)), with its opinion or without: from then on the tenant sees it.
/// </summary>
public sealed class IssueCircular(ICircularStore circulars, INotifications notifications, TimeProvider businessTime)
{
    private const int LongestOpinion = 2000;

    public async Task<Result<CircularHead>> ExecuteAsync(
        ITransaction transaction,
        Actor actor,
        (string Id, string? Opinion) asked,
        CancellationToken cancellationToken
    )
    {
        var check = new Check();
        check.OptionalText("opinion", asked.Opinion, LongestOpinion, lines: true);
        if (!check.IsClean)
        {
            return check.Refusal();
        }

        if (
            await circulars.FindAsync(transaction, asked.Id, cancellationToken) is not { Head: var draft }
            || (!actor.SeesAllRegions && actor.Organisation?.Region != draft.Region)
        )
        {
            return CircularRefusals.NotFound(asked.Id);
        }

        if (draft.IssuedAt is not null)
        {
            return new Conflict(
                "circular.issued",
                ($"通报 {draft.Id} 已发布", $"circular {draft.Id} was issued already")
            );
        }

        var now = businessTime.GetUtcNow();
        var issued = draft with { IssuedAt = now, IssuedBy = actor.Account, Opinion = asked.Opinion };
        await circulars.IssueAsync(transaction, issued, cancellationToken);
        transaction.Record(new("circular.issue", new("circular", draft.Id), draft, issued));
        await notifications.TellAsync(transaction, Word(draft, now), cancellationToken);
        return issued;
    }

    private static Notification Word(CircularHead issued, DateTimeOffset at) =>
        new()
        {
            Organisation = issued.Tenant,
            Code = "circular.issued",
            Subject = new("circular", issued.Id),
            Text = CircularWords.Issued(issued.Month),
            At = at,
        };
}

/// <summary>Refusals about circulars.</summary>
public static class CircularRefusals
{
    /// <summary>Also where the caller may not know of it.</summary>
    public static NotFound NotFound(string id) =>
        new("circular.notFound", ($"没有通报 {id}", $"there is no circular {id}"));
}

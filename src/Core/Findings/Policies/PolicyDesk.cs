using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Findings.Policies;

/// <summary>One wish about a policy that stands.</summary>
/// <param name="Actor">Who wishes.</param>
/// <param name="Region">The policy's region.</param>
/// <param name="Version">Its version.</param>
/// <param name="Seen">The revision that the caller has seen; null if it does not say.</param>
public sealed record PolicyWish(Actor Actor, string Region, int Version, int? Seen);

/// <summary>
/// Monitoring policies (监测标准, art. 22, 43) from draft to approval: the technical department drafts, the authority
/// approves with the effective day and the document; a city's each for its own region. What is approved never changes.
/// </summary>
public sealed class PolicyDesk(IPolicyStore policies, IRegionStore regions, TimeProvider businessTime)
{
    private const int LongestNumber = 60;
    private const int LongestTitle = 200;

    /// <summary>Drafts the region's next version.</summary>
    public async Task<Result<MonitoringPolicy>> DraftAsync(
        ITransaction transaction,
        Actor actor,
        (string Region, PolicyNumbers Numbers) wanted,
        CancellationToken cancellationToken
    )
    {
        var check = new Check();
        var known = await regions.AllAsync(transaction, cancellationToken);
        if (!known.Any(r => r.Code == wanted.Region))
        {
            check.Fault("region", wanted.Region, ("已登记的行政区划代码", "the code of a registered region"));
        }

        PolicyRules.Examine(wanted.Numbers, check);
        if (!check.IsClean)
        {
            return check.Refusal("policy.invalid");
        }

        if (!IsOf(actor, wanted.Region))
        {
            return PolicyRefusals.NotYourRegion;
        }

        var before = await policies.AllAsync(transaction, wanted.Region, cancellationToken);
        var draft = new MonitoringPolicy
        {
            Region = wanted.Region,
            Version = before.Count == 0 ? 1 : before.Max(p => p.Version) + 1,
            Numbers = wanted.Numbers,
        };
        await SaveAsync(transaction, "policy.draft", null, draft, cancellationToken);
        return draft;
    }

    /// <summary>Puts other numbers into a draft.</summary>
    public async Task<Result<MonitoringPolicy>> ReviseAsync(
        ITransaction transaction,
        PolicyWish wish,
        PolicyNumbers numbers,
        CancellationToken cancellationToken
    )
    {
        var check = new Check();
        PolicyRules.Examine(numbers, check);
        var found = await DraftOfAsync(transaction, wish, cancellationToken);
        if (found.Refusal is not null || !check.IsClean)
        {
            return found.Refusal is { } refusal ? refusal : check.Refusal("policy.invalid");
        }

        var revised = found.Value with { Numbers = numbers, Revision = found.Value.Revision + 1 };
        await SaveAsync(transaction, "policy.revise", found.Value, revised, cancellationToken);
        return revised;
    }

    /// <summary>Approves a draft from a day on that is not over; a judgement already made stays.</summary>
    public async Task<Result<MonitoringPolicy>> ApproveAsync(
        ITransaction transaction,
        PolicyWish wish,
        (DateOnly From, PolicyDocument Document) approval,
        CancellationToken cancellationToken
    )
    {
        var found = await DraftOfAsync(transaction, wish, cancellationToken);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var check = Examined(approval);
        if (!check.IsClean)
        {
            return check.Refusal("policy.invalid");
        }

        var others = await policies.AllAsync(transaction, wish.Region, cancellationToken);
        if (
            others.FirstOrDefault(p => p.State == PolicyState.Approved && p.EffectiveFrom == approval.From) is { } other
        )
        {
            return PolicyRefusals.DayTaken(other);
        }

        var approved = found.Value with
        {
            State = PolicyState.Approved,
            EffectiveFrom = approval.From,
            Document = approval.Document,
            Revision = found.Value.Revision + 1,
        };
        await SaveAsync(transaction, "policy.approve", found.Value, approved, cancellationToken);
        return approved;
    }

    /// <summary>Withdraws a draft.</summary>
    public async Task<Result<MonitoringPolicy>> WithdrawAsync(
        ITransaction transaction,
        PolicyWish wish,
        CancellationToken cancellationToken
    )
    {
        var found = await DraftOfAsync(transaction, wish, cancellationToken);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var withdrawn = found.Value with { State = PolicyState.Withdrawn, Revision = found.Value.Revision + 1 };
        await SaveAsync(transaction, "policy.withdraw", found.Value, withdrawn, cancellationToken);
        return withdrawn;
    }

    /// <summary>The province's departments handle every region's, a city's its own.</summary>
    public static bool IsOf(Actor actor, string region) => actor.SeesAllRegions || actor.Organisation?.Region == region;

    private Check Examined((DateOnly From, PolicyDocument Document) approval)
    {
        var check = new Check();
        check.Text("document.number", approval.Document.Number, LongestNumber);
        check.Text("document.title", approval.Document.Title, LongestTitle);
        var today = businessTime.Today();
        if (approval.From < today)
        {
            check.Fault(
                "effectiveFrom",
                approval.From,
                ($"不早于 {today:yyyy-MM-dd}", $"not before {today:yyyy-MM-dd}")
            );
        }

        return check;
    }

    private async Task<Result<MonitoringPolicy>> DraftOfAsync(
        ITransaction transaction,
        PolicyWish wish,
        CancellationToken cancellationToken
    )
    {
        var policy = await policies.FindAsync(transaction, wish.Region, wish.Version, cancellationToken);
        return policy is null ? PolicyRefusals.NotFound($"{wish.Region}-v{wish.Version}")
            : !IsOf(wish.Actor, policy.Region) ? PolicyRefusals.NotYourRegion
            : policy.State != PolicyState.Draft ? PolicyRefusals.NotDraft(policy)
            : wish.Seen is { } seen && seen != policy.Revision ? PolicyRefusals.Stale(policy)
            : policy;
    }

    private async Task SaveAsync(
        ITransaction transaction,
        string action,
        MonitoringPolicy? before,
        MonitoringPolicy after,
        CancellationToken cancellationToken
    )
    {
        await policies.SaveAsync(transaction, after, cancellationToken);
        transaction.Record(new(action, new("policy", after.Name), before, after));
    }
}

using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings;

/// <summary>What the owner declared of a resource.</summary>
/// <param name="Resource">The server's number, e.g. <c>res-000042</c>.</param>
/// <param name="Ground">The official ground.</param>
/// <param name="Statement">What the owner said.</param>
public sealed record ZombieDeclaration(string Resource, ZombieGround Ground, string Statement);

/// <summary>
/// The technical department's word on findings (art. 22): it raises a zombie on the owner's declaration whatever was
/// measured, and closes findings of use with an opinion.
/// </summary>
public sealed class RaiseFinding(
    IFindingStore findings,
    IResourceStore resources,
    ICounters counters,
    IRightSizes sizes,
    TimeProvider businessTime
)
{
    private const int LongestText = 2_000;

    public async Task<Result<Finding>> RaiseAsync(
        ITransaction transaction,
        Actor actor,
        ZombieDeclaration declared,
        CancellationToken cancellationToken
    )
    {
        var check = new Check();
        check.Text("statement", declared.Statement, LongestText, lines: true);
        var server = NumberedId.TryParse(ResourceId.Prefix, declared.Resource, out var number)
            ? await resources.FindAsync(transaction, new ResourceId(number), cancellationToken)
            : null;
        if (server is null || !Sees(actor, server.Region))
        {
            check.Fault(
                "resource",
                declared.Resource,
                ("云服务器的编号", "the number of a server"),
                "resource.notFound"
            );
        }
        else if (server is not { Kind: ItemKind.Server, ServiceStart: not null, ServiceEnd: null })
        {
            check.Fault(
                "resource",
                declared.Resource,
                ("在用的云服务器", "a server in service"),
                "resource.notInService"
            );
        }

        if (!check.IsClean)
        {
            return check.Refusal("finding.invalid");
        }

        var open = await findings.OpenOfAsync(transaction, server!.Pool, [declared.Resource], cancellationToken);
        if (open.FirstOrDefault(f => f.Kind == FindingKind.Zombie) is { } known)
        {
            return new Conflict(
                "finding.exists",
                ($"该云服务器已有僵尸资源问题 {known.Id}", $"the server has an open zombie finding, {known.Id}")
            );
        }

        return await OpenAsync(transaction, (server, actor, declared), open, cancellationToken);
    }

    public async Task<Result<Finding>> CloseAsync(
        ITransaction transaction,
        Actor actor,
        FindingId id,
        string opinion,
        CancellationToken cancellationToken
    )
    {
        var check = new Check();
        check.Text("opinion", opinion, LongestText, lines: true);
        var finding = await findings.FindAsync(transaction, id, cancellationToken);
        if (finding is null || !Sees(actor, finding.Scope.Region))
        {
            return FindingRefusals.NotFound(id.ToString());
        }

        if (!check.IsClean)
        {
            return check.Refusal("finding.invalid");
        }

        if (finding.State == FindingState.Closed)
        {
            return FindingRefusals.Closed(id);
        }

        if (finding.LastHeldOn is null)
        {
            return FindingRefusals.OfInventory(id);
        }

        var closing = new Closing(ClosingReason.Decided, opinion, actor.Account);
        var closed = KeepVerdicts.Close(transaction, finding, closing, businessTime.GetUtcNow());
        await findings.SaveAsync(transaction, closed, cancellationToken);
        return closed;
    }

    private static bool Sees(Actor actor, string region) =>
        actor.SeesAllRegions || actor.Organisation?.Region == region;

    private async Task<Finding> OpenAsync(
        ITransaction transaction,
        (Resource Server, Actor Actor, ZombieDeclaration Declared) of,
        IReadOnlyList<Finding> open,
        CancellationToken cancellationToken
    )
    {
        var now = businessTime.GetUtcNow();
        foreach (var weaker in open.Where(f => JudgedSubject.Strengths.Contains(f.Kind)))
        {
            var closed = KeepVerdicts.Close(transaction, weaker, new Closing(ClosingReason.Superseded), now);
            await findings.SaveAsync(transaction, closed, cancellationToken);
        }

        var back = await sizes.GivenBackAsync([of.Server], cancellationToken);
        var finding = new Finding
        {
            Id = new(await counters.TakeAsync(transaction, FindingId.Prefix, 1, cancellationToken)),
            Kind = FindingKind.Zombie,
            Subject = JudgeServers.SubjectOf(of.Server),
            Scope = JudgeServers.ScopeOf(of.Server),
            Evidence = new Evidence(null, null) { Reasons = [RuleWords.Of(of.Declared.Ground)] },
            State = FindingState.Open,
            OpenedAt = now,
            LastSeenAt = now,
            LastHeldOn = China.Day(now),
            Recommendation = back.GetValueOrDefault(of.Server.Id),
            Declaration = new Declaration(of.Declared.Ground, of.Declared.Statement, of.Actor.Account),
        };
        await findings.SaveAsync(transaction, finding, cancellationToken);
        transaction.Record(new("finding.raise", new("finding", finding.Id.ToString()), null, finding.Declaration));
        return finding;
    }
}

/// <summary>Refusals about findings.</summary>
public static class FindingRefusals
{
    public static NotFound NotFound(string shown) =>
        new("finding.notFound", ($"没有问题 {shown}", $"there is no finding {shown}"));

    public static Conflict Closed(FindingId id) =>
        new("finding.closed", ($"问题 {id} 已关闭", $"the finding {id} is closed"));

    public static Conflict OfInventory(FindingId id) =>
        new(
            "finding.ofInventory",
            (
                $"问题 {id} 由盘点发现，账实一致后自动关闭",
                $"the finding {id} is the inventory's and closes by itself once it is mended"
            )
        );
}

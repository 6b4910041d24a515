using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings.Judging;

/// <summary>A page of volumes and addresses with what the inventory knows of them.</summary>
public sealed record ThingPage(IReadOnlyList<Resource> Things, ILookup<string, Finding> Inventory, string? Next);

/// <summary>Judges volumes and addresses that are attached or bound to nothing (art. 22).</summary>
public sealed class JudgeThings(IJudgedResources resources, AdviseVerdicts advise)
{
    public async Task<ThingPage> ReadAsync(
        ITransaction transaction,
        JudgedScope scope,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var things = await resources.ThingsAsync(transaction, scope, page, cancellationToken);
        var ids = things.Items.Select(s => s.Id.ToString()).ToList();
        var inventory = await resources.InventoryAsync(transaction, ids, scope.Day, cancellationToken);
        return new ThingPage(things.Items, inventory.ToLookup(f => f.Subject.Id), things.Next);
    }

    public async Task<IReadOnlyList<JudgedSubject>> ExecuteAsync(
        ThingPage page,
        JudgingTerms terms,
        CancellationToken cancellationToken
    )
    {
        var judged = page.Things.Select(t => (Thing: t, Verdict: Of(t, page, terms))).ToList();
        var back = await advise.GivenBackAsync(
            [.. judged.Where(j => j.Verdict.Holds).Select(j => j.Thing)],
            cancellationToken
        );
        return
        [
            .. judged.Select(j => new JudgedSubject(
                JudgeServers.SubjectOf(j.Thing),
                JudgeServers.ScopeOf(j.Thing),
                terms.PolicyOf(j.Thing.Region).Name,
                [j.Verdict with { Recommendation = j.Verdict.Holds ? back.GetValueOrDefault(j.Thing.Id) : null }]
            )),
        ];
    }

    private static RuleVerdict Of(Resource thing, ThingPage page, JudgingTerms terms)
    {
        var orphan = page.Inventory[thing.Id.ToString()].FirstOrDefault(f => f.Kind == FindingKind.Orphan);
        var facts = orphan is null ? null : LastingFacts.Of(orphan, terms.Day);
        var numbers = terms.PolicyOf(thing.Region).Numbers;
        return thing.Kind == ItemKind.Volume
            ? IdleVolume.Judge(facts, terms.Day, numbers)
            : IdleAddress.Judge(facts, terms.Day, numbers);
    }
}

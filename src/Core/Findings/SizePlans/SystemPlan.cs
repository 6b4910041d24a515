using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings.SizePlans;

/// <summary>What is done to a resource.</summary>
public enum PlannedAction
{
    /// <summary>变更规格.</summary>
    Resize,

    /// <summary>退回.</summary>
    GiveBack,
}

/// <summary>One change of a plan; it depends on no other.</summary>
/// <param name="Resource">What is changed.</param>
/// <param name="Action">How.</param>
/// <param name="Recommendation">To what, with its saving and why.</param>
/// <param name="Finding">The finding it rests on; null for a size computed now.</param>
public sealed record PlannedChange(
    Resource Resource,
    PlannedAction Action,
    Recommendation Recommendation,
    FindingId? Finding
)
{
    /// <summary>Yuan a month that this and all changes before it save; null where its own saving is unknown.</summary>
    public decimal? RunningTotal { get; init; }
}

/// <summary>A resource of which nothing can be said.</summary>
/// <param name="Resource">Which.</param>
/// <param name="Verdict">Too young or not in service, or too few data; determined where nothing can be gained.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record LeftOut(ResourceId Resource, Verdict Verdict, Bilingual Reason);

/// <summary>
/// System plan (优化方案, art. 22): the changes of a system that save money, the largest saving first, so that the first n of
/// them are the n changes that save most.
/// </summary>
public sealed record SystemPlan
{
    /// <summary>The share of the whole saving that is enough, 0 to 1.</summary>
    public const decimal EnoughShare = 0.9m;

    /// <summary>The system's code.</summary>
    public required string System { get; init; }

    /// <summary>First day looked at.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>What saves, the most first; then what cannot be priced.</summary>
    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>What is too small and costs more; no part of the saving.</summary>
    public required IReadOnlyList<PlannedChange> Growth { get; init; }

    /// <summary>Nothing is said of these, and why.</summary>
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    /// <summary>Yuan a month that all changes save.</summary>
    public decimal Saving => Changes.Max(c => c.RunningTotal) ?? 0;

    /// <summary>The fewest changes that reach <see cref="EnoughShare"/> of the saving; 0 where nothing is saved.</summary>
    public int Enough => Saving == 0 ? 0 : Changes.TakeWhile(c => c.RunningTotal < EnoughShare * Saving).Count() + 1;

    /// <summary>Sorts what is proposed into a plan.</summary>
    internal static (IReadOnlyList<PlannedChange> Changes, IReadOnlyList<PlannedChange> Growth) Sort(
        IEnumerable<PlannedChange> proposed
    )
    {
        var all = proposed.ToLookup(c => c.Recommendation.MonthlySaving < 0);
        var ordered = all[false]
            .OrderByDescending(c => c.Recommendation.MonthlySaving is not null)
            .ThenByDescending(c => c.Recommendation.MonthlySaving)
            .ThenBy(c => c.Resource.Id.Number);
        var total = 0m;
        return (
            [
                .. ordered.Select(c =>
                    c with
                    {
                        RunningTotal = c.Recommendation.MonthlySaving is { } yuan ? total += yuan : null,
                    }
                ),
            ],
            [.. all[true].OrderBy(c => c.Resource.Id.Number)]
        );
    }
}

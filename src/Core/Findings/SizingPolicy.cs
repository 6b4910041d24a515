namespace CloudManager.Core.Findings;

/// <summary>The numbers of right-sizing. No official threshold is published: they are the province's policy (art. 22, 43).</summary>
public sealed record SizingPolicy
{
    /// <summary>The p95 demand stays under so many percent of the size.</summary>
    public double TargetPercent { get; init; } = 80;

    /// <summary>Under this share of measured slots, 0 to 1, nothing is said.</summary>
    public double LeastCoverage { get; init; } = 0.8;
}
